import { beforeAll, describe, expect, it } from 'vitest'
import type { Facts } from '../../src/records/index.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'
import type { PatternOutcome } from '../../src/tokenmaxxing/run-patterns.ts'
import { metamorphoses } from '../support/metamorphosis.ts'
import { buyData } from '../support/ocean-buyers.ts'
import { officialClaim, outcomesOf } from '../support/run-patterns.ts'

type World = {
  readonly name: string
  readonly facts: Facts
  readonly ids: readonly string[]
  readonly isShown: boolean
}

const ocean = buyData()
const { facts: company } = marketOf(simulateScenario({ scenario: 'amazon', seed: 1, records: 20_000, share: 0.2 }))
/** Worlds in which each of these tests can be made; in one the end is a date in words, which no shift of time moves. */
const worlds: readonly World[] = [
  {
    ...{ name: 'buyers of data', ids: ['H5', 'H8', 'H9', 'H10'], isShown: false },
    facts: { ...ocean, claims: [officialClaim(ocean.usage_events![0]!.protocol)] },
  },
  { name: 'a company', facts: company, ids: ['H5', 'H6', 'H7', 'H8'], isShown: true },
]

/** What must stay: numbers to ten digits, as sums of doubles depend on the order of subjects. */
function numbersOf(outcomes: readonly PatternOutcome[]) {
  return outcomes.map(({ test, result, fired }) => {
    if (result.status !== 'tested') throw new Error(`${test.id} was not tested`)
    const { value, low, high } = result.effect
    const numbers = [result.pValue, value, low!, high!].map((one) => one.toPrecision(10))
    return { id: test.id, fired, numbers, sizes: result.groups.map(({ size }) => size) }
  })
}

describe.each(worlds)('the tests of the pattern in the world of $name', ({ facts, ids, isShown }) => {
  let before: ReturnType<typeof numbersOf>
  beforeAll(async () => {
    before = numbersOf(await outcomesOf(facts, ids))
  }, 60_000)

  const kept = metamorphoses.filter(({ name }) => !(isShown && name === 'another time'))
  it.each(kept)('say the same with $name', async ({ facts: change }) => {
    expect(before).toHaveLength(ids.length)
    expect(numbersOf(await outcomesOf(change(facts), ids))).toEqual(before)
  })
})
