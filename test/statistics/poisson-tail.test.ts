import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logFactorial } from '../../src/statistics/log-factorial.ts'
import { logPoissonTail } from '../../src/statistics/poisson-tail.ts'

/** All terms, relative to the largest of them. */
function slowly(count: number, mean: number): number {
  const last = Math.max(count, mean) + Math.ceil(20 * Math.sqrt(mean)) + 200
  const terms = Array.from({ length: Math.ceil(last) - count }, (_, n) => {
    const k = count + n
    return k * Math.log(mean) - mean - logFactorial(k)
  })
  const most = Math.max(...terms)
  return most + Math.log(terms.reduceRight((sum, term) => sum + Math.exp(term - most), 0))
}

describe('logPoissonTail', () => {
  it('gives values of published tables', () => {
    expect(Math.exp(logPoissonTail(1, 1))).toBeCloseTo(1 - Math.exp(-1), 14)
    // 1 − F(9; 3) and 1 − F(4; 2): Molina's tables, 0.0011 and 0.0527.
    expect(Math.exp(logPoissonTail(10, 3))).toBeCloseTo(0.0011025, 7)
    expect(Math.exp(logPoissonTail(5, 2))).toBeCloseTo(0.052653, 6)
    expect(logPoissonTail(0, 5)).toBe(0)
    expect(logPoissonTail(1, 0)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('agrees with the sum of its terms in both tails', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.001, max: 300, noNaN: true }), (count, mean) => {
        expect(Math.abs(logPoissonTail(count, mean) - slowly(count, mean))).toBeLessThan(1e-8)
      }),
    )
  })
})
