import { describe, expect, it } from 'vitest'
import { unmerged } from '../../src/clusters/entity-map.ts'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { networkScore, scoreEntities } from '../../src/signals/network-score.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { testNullModel } from '../support/test-null-model.ts'

testNullModel(networkScore, {
  draw(random) {
    const economy = economyOf(draftEconomy(random, { funders: 30 }))
    return { economy, entities: entitiesOf(economy) }
  },
  plant(random) {
    const draft = draftEconomy(random, { funders: 30 })
    const planted = [0, 1, 2, 3, 4]
    const ring = draft.payers + 1
    draft.payments = draft.payments.filter(({ payer, payee }) => !planted.includes(payer) && payee !== ring)
    for (let i = 0; i < 50; i += 1) {
      const payer = planted[i % 5]!
      draft.payments.push({ payer, payee: ring, time: 1 + i, amount: 1e7, service: 1 })
      draft.transfers.push({ from: ring, to: payer, time: 1.5 + i, amount: 1e7, isNative: false })
    }
    const economy = economyOf(draft)
    return { economy, entities: entitiesOf(economy), planted }
  },
  power: 0.9,
  traps: { boutique: ['boutique'], gateway: ['gateway'] },
})

describe('scoreEntities', () => {
  it('gives by hand what it gives for two payers of one payee', () => {
    const paid = { payer: Int32Array.of(0, 1), payee: Int32Array.of(2, 2), value: Float64Array.of(3, 1) }
    const pairs = pairsOf(paid, unmerged(3))
    const nothing = new Float64Array(3).fill(Number.NaN)
    const signs = () => ({ returned: Float64Array.of(0.9, 0.1, Number.NaN), inside: nothing, closeness: nothing })
    const { observed, relative } = scoreEntities(pairs, signs, randomStream(1, 'by hand'), { own: 0.5, replicates: 0 })
    // The first payer has more of the sign than half of the two, the other than none, the payee has none of it.
    expect([...observed.start]).toEqual([0.5, 0, 0])
    // x0 = (1/2 + x2) / 2, x1 = x2 / 2 and x2 = (3/4 x0 + 1/4 x1) / 2, so x2 (1 - 1/4) = 3/32.
    const x2 = 0.09375 / (1 - 0.25)
    const expected = [(0.5 + x2) / 2, x2 / 2, x2]
    for (let node = 0; node < 3; node += 1) {
      expect(observed.opinions[node]).toBeCloseTo(expected[node]!, 4)
      expect(observed.opinions[node]).toBeCloseTo((observed.start[node]! + observed.neighbours[node]!) / 2, 12)
    }
    expect(observed.iterations).toBeLessThanOrEqual(17)
    expect(relative).toBeLessThanOrEqual(25)
  })
})
