import { describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { collapse } from '../../src/tokenmaxxing/collapse.ts'
import { cutAt, type DraftedUse, type DraftReward, draftPanel } from '../support/draft-panel.ts'
import { poisson } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly rewarded?: number
  readonly others?: number
  readonly weeks?: number
  /** Of the log of what all use in a week, and of what the rewarded use. */
  readonly shock?: number
  /** Share of the rewarded and of the others that leaves each week for good. */
  readonly leaving?: readonly [number, number]
  readonly drop?: number
  /** Share of all usage of the rewarded that one subject has, who leaves at the date. */
  readonly large?: boolean
}

const CUT = 10

/** Weeks 0 to 9 rewarded, then not; subjects of very unequal levels, whose uses are worth very unequal amounts. */
function story(random: Random, told: Story = {}) {
  const { rewarded = 30, others = 50, weeks = 12, shock = 0.05, leaving = [0.03, 0.03], drop = 0 } = told
  const uses: DraftedUse[] = []
  const rewards: DraftReward[] = []
  const shocks = Array.from({ length: weeks }, () => [shock * random.normal(), shock * random.normal()] as const)
  for (let subject = 0; subject < rewarded + others; subject++) {
    const isRewarded = subject < rewarded
    const level = told.large === true && subject === 0 ? 500 : 6 * Math.exp(random.normal())
    for (let week = 0; week < weeks; week++) {
      if (random.next() < leaving[isRewarded ? 0 : 1]) break
      if (told.large === true && subject === 0 && week >= CUT) break
      const left = isRewarded && week >= CUT ? 1 - drop : 1
      const mean = level * left * Math.exp(shocks[week]![0] + (isRewarded ? shocks[week]![1] : 0))
      const count = Math.min(600, poisson(random, Math.min(mean, 600)))
      for (let k = 0; k < count; k++)
        uses.push({ subject, day: 7 * (week + random.next()), counted: Math.exp(1.5 * random.normal()) })
      if (isRewarded && week < CUT && random.next() < 0.8) rewards.push({ subject, day: 7 * week + 7 })
    }
  }
  return { panels: [draftPanel({ subjects: rewarded + others, uses, rewards, cuts: [cutAt(7 * CUT, 0.2)] })] }
}

testPattern(collapse, {
  draw: (random) => story(random),
  plant: (random) => story(random, { rewarded: 60, others: 80, drop: 0.6 }),
  power: 0.75,
  traps: {
    'common-shock': (random) => story(random, { shock: 0.3 }),
    decline: (random) => story(random, { leaving: [0.1, 0.02] }),
    'large-users': (random) => story(random, { large: true }),
  },
  untestable: {
    'usage from 49 days before': (random) => story(random, { rewarded: 5 }),
    'the date at which it ended': (random) => ({ panels: story(random).panels.map((one) => ({ ...one, cuts: [] })) }),
  },
})

describe('H8', () => {
  it('holds the planted change within its interval 19 times of 20', () => {
    let held = 0
    const draws = 60
    for (let seed = 1; seed <= draws; seed++) {
      const inputs = story(randomStream(seed, 'planted change'), { drop: 0.5 })
      const result = collapse.measure(inputs, { options: collapse.options, random: randomStream(1, 'H8') })
      if (result.status !== 'tested') throw new Error('not tested')
      if (result.effect.low! <= -0.5 && result.effect.high! >= -0.5) held++
    }
    expect(held).toBeGreaterThanOrEqual(54)
  })
})
