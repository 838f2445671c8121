import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightedBernoulliTail } from '../../src/statistics/weighted-bernoulli-tail.ts'

const term = fc.record({ weight: fc.integer({ min: 1, max: 9 }), chance: fc.double({ min: 0, max: 1, noNaN: true }) })

/** The distribution of the sum by convolution. */
function slowly(terms: readonly { weight: number; chance: number }[], least: number): number {
  let mass = new Map([[0, 1]])
  for (const { weight, chance } of terms) {
    const next = new Map<number, number>()
    for (const [sum, p] of mass) {
      next.set(sum, (next.get(sum) ?? 0) + p * (1 - chance))
      next.set(sum + weight, (next.get(sum + weight) ?? 0) + p * chance)
    }
    mass = next
  }
  return [...mass].reduce((tail, [sum, p]) => tail + (sum >= least ? p : 0), 0)
}

const tailOf = (terms: readonly { weight: number; chance: number }[], least: number) =>
  weightedBernoulliTail(
    Float64Array.from(terms, ({ weight }) => weight),
    Float64Array.from(terms, ({ chance }) => chance),
    least,
  )

describe('weightedBernoulliTail', () => {
  it('is what convolution gives, for few terms', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 12 }), fc.integer({ min: 0, max: 60 }), (terms, least) => {
        expect(tailOf(terms, least)).toBeCloseTo(slowly(terms, least), 10)
      }),
    )
  })

  it('is never too small for many', () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 13, maxLength: 20 }), fc.integer({ min: 1, max: 90 }), (terms, least) => {
        expect(tailOf(terms, least)).toBeGreaterThanOrEqual(slowly(terms, least) - 1e-9)
      }),
    )
  })
})
