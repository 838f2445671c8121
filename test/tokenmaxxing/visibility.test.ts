import type { Random } from '../../src/statistics/random.ts'
import { visibility } from '../../src/tokenmaxxing/visibility.ts'
import { type DraftWindow, draftCalendar, draftWindows, WEEK } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly subjects?: number
  readonly before?: number
  /** Of the log of what all use in a week. */
  readonly shock?: number
  readonly trend?: number
  /** By how much of their use those who watch the board use less once it is gone. */
  readonly drop?: number
}

const HIDDEN = 10

/** Subjects of unequal levels over weeks, 0 to 9 shown and 10 to 13 not. */
function story(random: Random, { subjects = 25, before = HIDDEN, shock = 0.03, trend = 0, drop = 0 }: Story = {}) {
  const drafts: DraftWindow[] = []
  const shocks = Array.from({ length: HIDDEN + 4 }, () => shock * random.normal())
  for (let subject = 0; subject < subjects; subject++) {
    const level = 1000 * Math.exp(random.normal())
    const watches = random.next() < 0.7
    for (let at = HIDDEN - before; at < HIDDEN + 4; at++) {
      const left = at >= HIDDEN && watches ? 1 - drop : 1
      const counted = level * left * Math.exp(trend * at + shocks[at]! + 0.5 * random.normal())
      drafts.push({ subject, at, counted: Math.round(counted), target: at < HIDDEN ? 100 : null })
    }
  }
  const date = new Date(HIDDEN * WEEK).toISOString().slice(0, 10)
  return { windows: draftWindows(drafts), calendar: draftCalendar(`public until ${date}`) }
}

testPattern(visibility, {
  draw: (random) => story(random),
  plant: (random) => story(random, { drop: 0.5 }),
  power: 0.65,
  traps: {
    'common-shock': (random) => story(random, { shock: 0.3 }),
    decline: (random) => story(random, { trend: -0.1 }),
  },
  untestable: {
    'in 8 windows before that date': (random) => story(random, { before: 5 }),
    'the date at which it was shown no more': (random) => ({ ...story(random), calendar: draftCalendar('public') }),
  },
})
