import { describe, expect, it } from 'vitest'
import type { Calendar, ProtocolClaim } from '../../src/features/programmes.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { officialWord } from '../../src/tokenmaxxing/official-word.ts'
import { type DraftedUse, type DraftReward, draftPanel } from '../support/draft-panel.ts'
import { poisson } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly subjects?: number
  /** Of the log of reward on the log of usage. */
  readonly elasticity?: number
  /** Of the log of a week: what all use, and what all are paid. */
  readonly busy?: number
  /** Of the log of what a subject is paid in every week, beside what differs from week to week. */
  readonly own?: number
  /** One subject uses more than all others, and another one is paid more. */
  readonly whale?: boolean
  readonly claims?: readonly ProtocolClaim[]
  readonly hasAmounts?: boolean
}

const claim: ProtocolClaim = {
  ...{ protocol: 'acme', metric: 'usage-counts', value: '0', url: 'https://acme.example/word' },
  ...{ quote: 'Token counts do not enter reviews.', date: '1970-01-01' },
}

const WEEKS = 6

/** Weeks in which two of three subjects use something and most of all are paid; subjects come late and leave early. */
function story(random: Random, told: Story = {}) {
  const { subjects = 40, elasticity = 0, busy = 0, own = 0.5, whale = false } = told
  const uses: DraftedUse[] = []
  const rewards: DraftReward[] = []
  const weeks = Array.from({ length: WEEKS }, () => Math.exp(busy * random.normal()))
  for (let subject = 0; subject < subjects; subject++) {
    const level = whale && subject === 0 ? 200 : 4 * Math.exp(random.normal())
    const usual = whale && subject === 1 ? 1e6 : Math.exp(own * random.normal())
    const [from, to] = [random.below(3), WEEKS - random.below(3)]
    for (let week = from; week < to; week++) {
      const mean = level * weeks[week]!
      const count = random.next() < 2 / 3 ? poisson(random, Math.min(mean, 400)) : 0
      for (let k = 0; k < count; k++) uses.push({ subject, day: 7 * (week + random.next()) })
      const pay = usual * weeks[week]! * Math.exp(random.normal()) * Math.max(1, count) ** elasticity
      const amount = told.hasAmounts === false ? Number.NaN : Math.round(1e6 * pay)
      if (random.next() < 0.8) rewards.push({ subject, day: 7 * (week + 1), amount })
    }
  }
  const { claims = [claim] } = told
  return { panels: [draftPanel({ subjects, uses, rewards, cuts: [] })], calendar: calendarOf(claims) }
}

const calendarOf = (claims: readonly ProtocolClaim[]): Calendar => ({ programmes: [], rates: [], claims })

testPattern(officialWord, {
  draw: (random) => story(random),
  plant: (random) => story(random, { subjects: 60, elasticity: 0.6 }),
  power: 0.9,
  traps: {
    'busy-weeks': (random) => story(random, { busy: 1 }),
    'one-whale': (random) => story(random, { whale: true }),
    'same-every-week': (random) => story(random, { own: 3 }),
  },
  untestable: {
    'metric usage-counts, value 0, with its quote, URL and date': (random) => story(random, { claims: [] }),
    'a programme, and the claim': (random) => story(random, { claims: [{ ...claim, value: '1' }] }),
    'the claim of its protocol': (random) => story(random, { claims: [{ ...claim, quote: null }] }),
    'rewards with amounts that differ': (random) => story(random, { hasAmounts: false }),
    'in which 10 subjects used anything': (random) => story(random, { subjects: 8 }),
  },
})

describe('H9', () => {
  const measure = (inputs: ReturnType<typeof story>) => {
    const result = officialWord.measure(inputs, { options: officialWord.options, random: randomStream(1, 'H9') })
    if (result.status !== 'tested') throw new Error('not tested')
    return result
  }

  it('quotes the word with its date, and says the slope that was planted', () => {
    const { statement, effect } = measure(story(randomStream(1, 'word'), { subjects: 200, elasticity: 0.5 }))
    expect(statement).toMatch(
      /^In 6 weeks of weekly, usage and reward of 1\d\d subjects have a rank correlation of 0\./,
    )
    expect(statement).toContain(
      '; the word of 1970-01-01 is “Token counts do not enter reviews.” (https://acme.example/word).',
    )
    const [, slope, low, high] = statement.match(/1 % more usage goes with (\S+) % \[(\S+), (\S+)\] more/)!.map(Number)
    expect(Math.abs(slope! - 0.5)).toBeLessThan(0.1)
    expect(low).toBeLessThan(0.5)
    expect(high).toBeGreaterThan(0.5)
    expect(effect.low).toBeGreaterThan(0)
  })

  it('takes rewards in two assets for two groups', () => {
    const { panels, calendar } = story(randomStream(1, 'assets'))
    const [panel] = panels
    const asset = panel!.rewards.asset.map((_, row) => row % 2)
    const result = measure({ panels: [{ ...panel!, rewards: { ...panel!.rewards, asset } }], calendar })
    expect(result.groups.map(({ group }) => group).sort()).toEqual(['weekly, asset 1 of 2', 'weekly, asset 2 of 2'])
  })
})
