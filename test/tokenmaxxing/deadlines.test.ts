import { describe } from 'vitest'
import type { Random } from '../../src/statistics/random.ts'
import { deadlines } from '../../src/tokenmaxxing/deadlines.ts'
import { type DraftWindow, draftUsage, draftWindows, WEEK } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly subjects?: number
  /** Weeks in which nothing is to be gained, after those in which something is. */
  readonly idle?: number
  /** Share of uses that are put off to the end of weeks that count. */
  readonly late?: number
  /** When in a week a subject works, as a share of it. */
  readonly moment?: (random: Random, habit: number) => number
}

const AIMED = 5

function story(random: Random, { subjects = 20, idle = 0, late = 0, moment = anyTime }: Story = {}) {
  const windows: DraftWindow[] = []
  const uses: { subject: number; time: number }[] = []
  for (let subject = 0; subject < subjects; subject++) {
    const count = 3 + Math.floor(6 * random.exponential())
    const habit = random.next()
    for (let at = 0; at < AIMED + idle; at++) {
      windows.push({ subject, at, counted: count, target: at < AIMED ? 5 : null })
      for (let k = 0; k < count; k++) {
        const isLate = at < AIMED && random.next() < late
        const place = isLate ? 0.9 + 0.0999 * random.next() : moment(random, habit)
        uses.push({ subject, time: (at + place) * WEEK })
      }
    }
  }
  return { windows: draftWindows(windows), usage: draftUsage(subjects, uses) }
}

const anyTime = (random: Random) => random.next()
const ownTime = (random: Random, habit: number) => (habit + 0.05 * random.next()) % 1
/** Most work is done on the day on which windows end. */
const calendar = (random: Random) => (random.next() < 0.5 ? 0.86 + 0.139 * random.next() : random.next())
const untestable = { 'of 8 subjects': (random: Random) => story(random, { subjects: 5 }) }

describe('without windows that count for nothing', () => {
  testPattern(deadlines, {
    draw: (random) => story(random),
    plant: (random) => story(random, { late: 0.25 }),
    power: 0.9,
    traps: { habit: (random) => story(random, { moment: ownTime }) },
    untestable,
    draws: 1_000,
  })
})

describe('beside windows that count for nothing', () => {
  testPattern(deadlines, {
    draw: (random) => story(random, { idle: 3, moment: calendar }),
    plant: (random) => story(random, { idle: 3, moment: calendar, late: 0.3 }),
    power: 0.8,
    traps: { habit: (random) => story(random, { idle: 3, moment: ownTime }) },
    untestable,
  })
})
