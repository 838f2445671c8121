import { beforeAll, describe, expect, it } from 'vitest'
import type { Facts } from '../../src/records/index.ts'
import type { Reward } from '../../src/records/reward.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'
import { randomStream } from '../../src/statistics/random.ts'
import type { PatternOutcome } from '../../src/tokenmaxxing/run-patterns.ts'
import { officialClaim, outcomesOf } from '../support/run-patterns.ts'

/** A market whose programme pays every customer a tenth of what it spent in the week. */
const { facts } = marketOf(simulateScenario({ scenario: 'market', seed: 3, records: 15_000 }))
const claims = [officialClaim(facts.usage_events![0]!.protocol)]
const withRewards = (change: (reward: Reward) => Reward): Facts => ({
  ...{ ...facts, claims },
  rewards: (facts.rewards as readonly Reward[]).map(change),
})

const random = randomStream(1, 'lots')
/** A tenth as always, thirty times as much, and what a lot gives each. */
const markets = {
  tenth: withRewards((reward) => reward),
  threefold: withRewards((reward) => ({ ...reward, amount: reward.amount! * 30n })),
  lots: withRewards((reward) => ({ ...reward, amount: 1_000_000n + BigInt(random.below(1_000_000)) })),
}

const outcomes: { [market: string]: PatternOutcome[] } = {}
beforeAll(async () => {
  for (const [name, market] of Object.entries(markets)) outcomes[name] = await outcomesOf(market, ['H9', 'H10'])
}, 60_000)

function tested(market: keyof typeof markets, place: 0 | 1) {
  const { fired, result } = outcomes[market]![place]!
  if (result.status !== 'tested') throw new Error('not tested')
  return { ...result, fired }
}

describe('a market whose programme pays by what is spent', () => {
  it('pays more to who uses more, whatever is said of it, in proportion', () => {
    const { fired, effect, statement } = tested('tenth', 0)
    expect(fired).toBe(true)
    expect(effect.low).toBeGreaterThan(0.8)
    expect(statement).toMatch(/1 % more usage goes with (0\.9|1)\d* % \[.*“Figures of usage do not count\.” \(https:/)
    expect(tested('threefold', 0).effect).toEqual(effect)
    const lots = tested('lots', 0)
      .statement.match(/goes with (\S+) % \[(\S+), (\S+)\]/)!
      .map(Number)
    expect(lots[2]).toBeLessThan(0)
    expect(lots[3]).toBeGreaterThan(0)
  })

  it('does not pay for itself at a tenth, and does at three times the price', () => {
    expect(tested('tenth', 1)).toMatchObject({ fired: false, effect: { value: 0 } })
    const { fired, effect, statement } = tested('threefold', 1)
    expect(fired).toBe(true)
    expect(effect.low).toBeGreaterThan(0.9)
    expect(statement).toMatch(/^99 % \[.*were rewarded with \d+ USD for usage that cost \d+ to others/)
  })
})
