import { describe, expect, it } from 'vitest'
import { unmerged } from '../../src/clusters/entity-map.ts'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { paymentsOfPairs } from '../../src/clusters/pair-payments.ts'
import { actsOf } from '../../src/clusters/payer-acts.ts'
import { payerMatches } from '../../src/clusters/payer-matches.ts'

const HOUR = 3_600_000

/** Payments [payer, payee, hour] of four parties. */
function market(rows: readonly (readonly [number, number, number])[]) {
  const column = (i: 0 | 1) => Int32Array.from(rows, (row) => row[i])
  const pairs = pairsOf({ payer: column(0), payee: column(1), value: new Float64Array(rows.length) }, unmerged(5))
  const payments = paymentsOfPairs(
    pairs,
    Float64Array.from(rows, (row) => row[2] * HOUR),
  )
  return { pairs, payments, acts: actsOf(pairs, payments, HOUR) }
}

describe('actsOf', () => {
  it('takes the payments of an hour for one act, and puts the acts of a payee in an hour into one cell', () => {
    const { acts, payments } = market([
      [1, 4, 30.5],
      [0, 4, 9.9],
      [0, 4, 9.1],
      [0, 3, 9.2],
      [1, 4, 9.3],
      [0, 4, Number.NaN],
    ])
    expect([...payments.usage]).toEqual([2, 1, 3, 4, 0])
    expect([...acts.bin]).toEqual([9, 9, 9, 30])
    expect([...acts.actOf]).toEqual([0, 0, 1, 2, 3])
    expect([...acts.payer]).toEqual([0, 0, 1, 1])
    expect([...acts.cellOf]).toEqual([1, 0, 1, 2])
    expect([...acts.cells.payee]).toEqual([3, 4, 4])
    expect([...acts.cells.acts.subarray(acts.cells.offsets[1], acts.cells.offsets[2])]).toEqual([0, 2])
  })
})

describe('payerMatches', () => {
  const uniform = { binsADay: 24, priorActs: 1e12, priorOthers: 1e12 }
  // Every hour once by a payer that nobody meets, so that all hours are alike.
  const evenly = Array.from({ length: 24 }, (_, hour) => [2, 3, 2400 + hour] as const)

  it('knows no hours but those of all where priors decide: one act each meets with chance 1/24', () => {
    const { pairs, acts } = market([
      ...evenly,
      [0, 4, 5],
      [1, 4, 5],
      [0, 4, 24 + 7],
      [1, 4, 48 + 7],
      [0, 4, 72],
      [1, 4, 73],
    ])
    const { met, chances } = payerMatches(pairs, acts, uniform).matchOf(0, 1)
    expect(met).toBe(1)
    expect(chances.length).toBe(2)
    for (const chance of chances) expect(chance).toBeCloseTo(1 - (1 - 1 / 576) ** 24, 2)
  })

  it('finds nothing in the hours that a payer keeps, nor in a crowd', () => {
    const kept = [0, 1, 2, 3].flatMap((day) => [0, 1].map((payer) => [payer, 4, 24 * day + 5] as const))
    const own = market([...evenly, ...kept])
    const habits = { binsADay: 24, priorActs: 1e-9, priorOthers: 1e12 }
    for (const chance of payerMatches(own.pairs, own.acts, habits).matchOf(0, 1).chances)
      expect(chance).toBeCloseTo(1, 6)
    const crowd = market([...evenly, [0, 4, 5], [1, 4, 5], [2, 4, 5], [3, 4, 5]])
    const { chances } = payerMatches(crowd.pairs, crowd.acts, { ...uniform, priorOthers: 1e-9 }).matchOf(0, 1)
    expect(chances[0]).toBeCloseTo(1, 6)
  })

  it('counts by how many hours acts at one payee are apart', () => {
    const { pairs, acts } = market([
      [0, 4, 5],
      [1, 4, 7],
      [0, 4, 9],
      [1, 4, 11],
      [0, 3, 7],
    ])
    expect([...payerMatches(pairs, acts, uniform).lagsOf(0, 1, 4)]).toEqual([0, 0, 1, 0, 0, 0, 2, 0, 0])
  })
})
