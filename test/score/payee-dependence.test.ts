import { describe, expect, it } from 'vitest'
import { unmerged } from '../../src/clusters/entity-map.ts'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { payeeDependence } from '../../src/score/payee-dependence.ts'

/** Entities 0 to 3 pay 4 and 5. */
const paid = [
  { payer: 0, payee: 4, value: 1 },
  { payer: 0, payee: 5, value: 1 },
  { payer: 1, payee: 4, value: 2 },
  { payer: 2, payee: 4, value: 1 },
  { payer: 3, payee: 5, value: 9 },
  { payer: 3, payee: 5, value: 0 },
]
const pairs = pairsOf(
  {
    payer: Int32Array.from(paid, ({ payer }) => payer),
    payee: Int32Array.from(paid, ({ payee }) => payee),
    value: Float64Array.from(paid, ({ value }) => value),
  },
  unmerged(6),
)
const dependence = (...spoken: number[]) => [
  ...payeeDependence(
    { decisive: Float64Array.from({ length: 6 }, (_, entity) => (spoken.includes(entity) ? 5 : 1)) },
    pairs,
  ),
]

describe('payeeDependence', () => {
  it('is the larger share by payments or value, at the payee that depends most', () => {
    // Of 5: one of three payments, a tenth of the value. Of 4: one of three payments, a quarter.
    expect(dependence(0)).toEqual([1 / 3, 1 / 3, 1 / 3, 1 / 3, 0, 0])
    expect(dependence(1)).toEqual([0.5, 0.5, 0.5, 0, 0, 0])
    expect(dependence(3)).toEqual([0.9, 0, 0, 0.9, 0, 0])
  })

  it('adds up those of whom evidence speaks', () => {
    expect(dependence(0, 1)).toEqual([0.75, 0.75, 0.75, 1 / 3, 0, 0])
    expect(dependence()).toEqual([0, 0, 0, 0, 0, 0])
  })
})
