import { beforeAll, describe, expect, it } from 'vitest'
import type { Rate } from '../../src/records/context.ts'
import type { Facts, TableName } from '../../src/records/index.ts'
import { patterns } from '../../src/tokenmaxxing/index.ts'
import type { PatternTest } from '../../src/tokenmaxxing/pattern-test.ts'
import { type PatternOutcome, runPatterns } from '../../src/tokenmaxxing/run-patterns.ts'
import { withLedger } from '../support/ledger-with.ts'
import { buyData, DROP, WEEK } from '../support/ocean-buyers.ts'

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
