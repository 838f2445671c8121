import { describe } from 'vitest'
import type { Random } from '../../src/statistics/random.ts'
import { racing } from '../../src/tokenmaxxing/racing.ts'
import { type DraftWindow, draftCalendar, draftUsage, draftWindows, WEEK } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly subjects?: number
  readonly epochs?: number
  /** How much of what it used before a subject adds after it fell in rank. */
  readonly answer?: number
  /** How much more those from rank 6 to 8 use in the last tenth of an epoch. */
  readonly sprint?: number
  readonly rankCut?: number | null
  /** Spread of the log of a subject's use from epoch to epoch. */
  readonly noise?: number
  /** Whether each subject has a share of its own that it does at the end of an epoch. */
  readonly late?: boolean
}

function story(random: Random, given: Story = {}) {
  const { subjects = 12, epochs = 12, answer = 0, sprint = 0, rankCut = null, noise = 0.4, late = false } = given
  const levels = Array.from({ length: subjects }, () => 40 * Math.exp(0.4 * random.normal()))
  const ends = levels.map(() => (late ? 0.4 * random.next() : 0.1))
  const windows: DraftWindow[] = []
  const uses: { subject: number; time: number; units: number }[] = []
  let ranks = levels.map(() => 0)
  let fell = levels.map(() => false)
  for (let at = 0; at < epochs; at++) {
    const standing = levels.map(
      (level, s) => level * (1 - ends[s]!) * Math.exp(noise * random.normal()) * (fell[s] ? 1 + answer : 1),
    )
    const place = rankOf(standing)
    const counted = standing.map((count, subject) => {
      const last = ((count * ends[subject]!) / (1 - ends[subject]!)) * Math.exp(0.3 * random.normal())
      const ending = last * (place[subject]! >= 5 && place[subject]! < 8 ? 1 + sprint : 1)
      uses.push(
        { subject, time: (at + 0.4) * WEEK, units: count },
        { subject, time: (at + 0.95) * WEEK, units: ending },
      )
      return count + ending
    })
    const next = rankOf(counted)
    fell = next.map((rank, s) => at > 0 && rank > ranks[s]!)
    ranks = next
    counted.forEach((count, subject) => {
      windows.push({ subject, at, counted: count, target: 1 })
    })
  }
  const drafted = draftWindows(windows)
  const programmes = drafted.programmes.map((one) => ({ ...one, counts: 'units' as const }))
  const usage = draftUsage(subjects, uses)
  return { windows: { ...drafted, programmes }, usage, calendar: draftCalendar('public', rankCut) }
}

function rankOf(values: readonly number[]): number[] {
  return values.map((value) => values.filter((other) => other > value).length)
}

const untestable = { 'in 6 epochs': (random: Random) => story(random, { epochs: 4 }) }
/** Fewer draws of the null than by default, which makes the test no more lenient. */
const quick = { ...racing, options: { ...racing.options, draws: 199 } }

describe('after being overtaken', () => {
  testPattern(quick, {
    draw: (random) => story(random),
    plant: (random) => story(random, { answer: 0.8 }),
    power: 0.7,
    traps: {
      recovery: (random) => story(random, { noise: 0.9 }),
      'late-workers': (random) => story(random, { late: true }),
    },
    untestable,
  })
})

describe('at a rank that is paid', () => {
  testPattern(quick, {
    draw: (random) => story(random, { rankCut: 5 }),
    plant: (random) => story(random, { rankCut: 5, sprint: 1 }),
    power: 0.8,
    traps: {
      recovery: (random) => story(random, { rankCut: 5, noise: 0.9 }),
      'late-workers': (random) => story(random, { rankCut: 5, late: true }),
    },
    untestable,
    draws: 1_000,
  })
})
