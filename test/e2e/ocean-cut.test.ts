import { beforeAll, describe, expect, it } from 'vitest'
import { ocean } from '../../src/protocols/ocean.ts'
import { DATA_FARMING } from '../../src/protocols/ocean-deployments.ts'
import type { Rate } from '../../src/records/context.ts'
import type { Facts, TableName } from '../../src/records/index.ts'
import type { Reward } from '../../src/records/reward.ts'
import { contextRows } from '../../src/sources/protocol-rows.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { patterns } from '../../src/tokenmaxxing/index.ts'
import type { PatternTest } from '../../src/tokenmaxxing/pattern-test.ts'
import { type PatternOutcome, runPatterns } from '../../src/tokenmaxxing/run-patterns.ts'
import { poisson } from '../support/draft-windows.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const CHAIN = 'eip155:1'
const OCEAN = '0x967da4048cd07ab37855c090aaf366e4ce1b9f48'
const WEEK = 7 * 86_400_000
/** Week 29 of Data Farming, in which an asset was rewarded at 0.001 of its consume volume and no more at 0.0785. */
const CUT = Date.parse('2023-03-16')
const [BEFORE, AFTER] = [14, 3]
const REWARDED = 80
const OTHERS = 160
const DROP = 0.7

/** Buyers of data over the weeks around the cut, of whom a third are rewarded for what they buy until then. */
function buyData(): Facts {
  const random = randomStream(1, 'data farming')
  const usage_events: Facts['usage_events'] & object[] = []
  const payments: Facts['payments'] & object[] = []
  const rewards: Reward[] = []
  for (let buyer = 0; buyer < REWARDED + OTHERS; buyer++) {
    const wallet = `0x${(0xb000000 + buyer).toString(16).padStart(40, '0')}`
    const level = 4 * Math.exp(0.8 * random.normal())
    for (let week = -BEFORE; week < AFTER; week++) {
      const left = buyer < REWARDED && week >= 0 ? 1 - DROP : 1
      const spent = Math.round(1e6 * Math.exp(random.normal()))
      for (let k = poisson(random, Math.min(200, level * left)); k > 0; k--) {
        const at = CUT + (week + random.next()) * WEEK
        const datatoken = `0x${(0xd000000 + random.below(20)).toString(16).padStart(40, '0')}`
        const place = {
          ...{ chain: CHAIN, protocol: ocean.id, timestamp: Math.floor(at), block_number: Math.floor(at / 12_000) },
          ...{ tx_hash: `0x${usage_events.length.toString(16).padStart(64, '0')}`, usage_id: `${usage_events.length}` },
        }
        usage_events.push(usageEvent({ ...place, consumer: wallet, provider: datatoken, service: datatoken }))
        payments.push(
          payment({ ...place, from: wallet, to: datatoken, asset: OCEAN, amount: BigInt(spent) * 10n ** 12n }),
        )
      }
      if (buyer < REWARDED && week < 0) rewards.push(rewardOf(wallet, CUT + (week + 1) * WEEK, rewards.length))
    }
  }
  const { protocols, assets, programmes, rates } = contextRows(ocean, CHAIN)
  return { usage_events, payments, rewards, protocols, assets, programmes, rates } as Facts
}

function rewardOf(recipient: string, timestamp: number, row: number): Reward {
  return {
    ...{ chain: CHAIN, tx_hash: `0x${row.toString(16).padStart(64, 'f')}`, log_index: 0, sub_index: 0 },
    ...{ protocol: ocean.id, programme: DATA_FARMING, block_number: Math.floor(timestamp / 12_000), timestamp },
    ...{ recipient, subject: null, asset: OCEAN, amount: 10n ** 18n, epoch: null, basis: null, source: 'test' },
  }
}

/** The same with every fall of the multiplier four weeks earlier: a date at which nothing happened. */
function fourWeeksEarlier({ rates = [], ...facts }: Facts): Facts {
  const earlier = (time: number) => time - 4 * WEEK
  const moved = (rate: Rate): Rate => ({
    ...{ ...rate, from_time: earlier(rate.from_time) },
    to_time: rate.to_time === null ? null : earlier(rate.to_time),
  })
  return { ...facts, rates: (rates as readonly Rate[]).map(moved) }
}

function eventStudy(facts: Facts): Promise<PatternOutcome> {
  const filled = new Set(Object.keys(facts) as TableName[])
  return withLedger(
    facts,
    async ({ context }) => (await runPatterns([...patterns].filter(isH8), context, filled, 1))[0]!,
  )
}

const isH8 = ({ id }: PatternTest) => id === 'H8'

let [cut, placebo]: PatternOutcome[] = []
beforeAll(async () => {
  const facts = buyData()
  cut = await eventStudy(facts)
  placebo = await eventStudy(fourWeeksEarlier(facts))
}, 120_000)

describe('the multiplier of Ocean Data Farming falls to almost nothing', () => {
  it('the event study holds the planted fall within its interval', () => {
    if (cut!.result.status !== 'tested') throw new Error('not tested')
    const { effect, groups, statement } = cut!.result
    expect(cut!.fired).toBe(true)
    expect(groups.map(({ group }) => group)).toEqual(['data-farming, 2023-03-16'])
    expect(effect.low).toBeLessThan(-DROP)
    expect(effect.high).toBeGreaterThan(-DROP)
    expect(effect.high! - effect.low!).toBeLessThan(0.5)
    expect(statement).toMatch(
      /^In the 14 days after the fall of multiplier of consume volume from 0\.0785 to 0\.001 in data-farming on 2023-03-16, usage of \d+ subjects that it had rewarded changed by -\d+ % \[.*an elasticity of 0\.\d+/,
    )
  })

  it('and does not fire at a placebo date', () => {
    if (placebo!.result.status !== 'tested') throw new Error('not tested')
    expect(placebo!.fired).toBe(false)
    expect(placebo!.result.groups.map(({ group }) => group)).toEqual(['data-farming, 2023-02-16'])
  })
})
