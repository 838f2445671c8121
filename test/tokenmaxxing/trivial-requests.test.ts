import { describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { trivialRequests } from '../../src/tokenmaxxing/trivial-requests.ts'
import { type CutStory, cutStory, type Subject, unequalShare } from '../support/cut-story.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = CutStory & {
  /** Share of their requests that the rewarded pad with trivial ones until the date. */
  readonly padding?: number
  /** By how much the share of everybody moves at the date. */
  readonly common?: number
  readonly tell?: 'payload' | 'units' | 'value' | 'nothing'
}

/** Requests of unequal sizes; of each subject some are alike, from a stock of its own. */
function story(random: Random, { padding = 0, common = 0, tell = 'payload', ...cut }: Story = {}) {
  let fresh = 1_000_000
  const asks = ({ number, isRewarded, isLarge }: Subject) => {
    const repeating = unequalShare(random, 0.25)
    const stock = 1 + random.below(8)
    const probes = Array.from({ length: 8 }, () => random.next())
    return (isAfter: boolean, week: number) => {
      const share = isLarge ? probes[week]! : Math.max(0, repeating + (isAfter ? common : 0))
      const isPadded = isRewarded && !isAfter && random.next() < padding
      const isSmall = isPadded || (tell !== 'payload' && random.next() < 0.3 * share)
      const size = isSmall ? 10 : 10 + Math.ceil(1_000 * Math.exp(1.5 * random.normal()))
      if (tell === 'nothing') return {}
      if (tell !== 'payload') return { [tell]: size }
      if (isPadded) return { payload: number }
      return { payload: random.next() < share ? 1_000 + 10 * number + random.below(stock) : fresh++ }
    }
  }
  return cutStory(random, asks, cut)
}

testPattern(trivialRequests, {
  draw: (random) => story(random, { tell: random.pick(['payload', 'units', 'value']) }),
  plant: (random) => story(random, { padding: 0.4, drop: 0.3 }),
  power: 0.95,
  traps: {
    'fewer-requests': (random) => story(random, { drop: 0.6 }),
    'common-change': (random) => story(random, { common: -0.2 }),
    'one-program': (random) => story(random, { large: 100 }),
  },
  untestable: {
    'requests whose payload or size is known': (random) => story(random, { tell: 'nothing' }),
    'of 10 subjects each': (random) => story(random, { rewarded: 5 }),
    'the date at which it ended': (random) => story(random, { cuts: [] }),
  },
})

describe('H5', () => {
  const measure = (inputs: ReturnType<typeof story>) =>
    trivialRequests.measure(inputs, { options: trivialRequests.options, random: randomStream(1, 'H5') })

  it('holds what was planted within its interval 19 times of 20, and says both shares', () => {
    let held = 0
    for (let seed = 1; seed <= 60; seed++) {
      const result = measure(story(randomStream(seed, 'planted share'), { padding: 0.4, tell: 'units' }))
      if (result.status !== 'tested') throw new Error('not tested')
      // Of requests that were not small already, 0.4 × (1 − 0.3 × the mean share of a subject).
      if (result.effect.low! <= 0.368 && result.effect.high! >= 0.368) held++
      expect(result.statement).toMatch(
        /^In the 14 days before and after the fall of rate .* on \d{4}-\d{2}-\d{2}, \d+ % and/,
      )
    }
    expect(held).toBeGreaterThanOrEqual(54)
  })

  it('sees the same by sizes as by payloads', () => {
    for (const tell of ['units', 'value'] as const) {
      const result = measure(story(randomStream(1, tell), { padding: 0.4, tell }))
      expect(result.status === 'tested' && result.pValue).toBeLessThan(0.001)
    }
  })
})
