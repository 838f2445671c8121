import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logBinomialMass } from '../../src/statistics/binomial-mass.ts'

describe('logBinomialMass', () => {
  it('sums to 1 over all counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, p) => {
        let sum = 0
        for (let k = 0; k <= trials; k++) sum += Math.exp(logBinomialMass(k, trials, p))
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12)
      }),
    )
  })

  it('is the product of exact fractions for small numbers', () => {
    expect(Math.exp(logBinomialMass(3, 10, 0.5))).toBeCloseTo(120 / 1024, 15)
    expect(Math.exp(logBinomialMass(17, 20, 0.25)) / (1140 * 0.25 ** 17 * 0.75 ** 3)).toBeCloseTo(1, 13)
    expect(logBinomialMass(0, 0, 0.3)).toBe(0)
    expect(logBinomialMass(4, 3, 0.3)).toBe(Number.NEGATIVE_INFINITY)
    expect(logBinomialMass(1, 3, 0)).toBe(Number.NEGATIVE_INFINITY)
  })
})
