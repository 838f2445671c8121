import { describe, expect, it } from 'vitest'
import { pToE } from '../../src/statistics/p-to-e.ts'

describe('pToE', () => {
  it('calibrates by κ p^(κ − 1)', () => {
    expect(pToE(0.01)).toBeCloseTo(5, 12)
    expect(pToE(1)).toBe(0.5)
    expect(pToE(0.001, 0.1)).toBeCloseTo(0.1 * 10 ** 2.7, 9)
    expect(pToE(0)).toBe(Number.POSITIVE_INFINITY)
    expect(pToE(Number.NaN)).toBeNaN()
  })

  it.each([0.2, 0.5, 0.9])('has a mean of 1 at most under the null at κ = %d', (kappa) => {
    // On the grid of a conformal p-value, the worst a p-value may be: the sum is below the integral of a falling function.
    for (const n of [10, 100, 10_000]) {
      let mean = 0
      for (let i = 1; i <= n; i++) mean += pToE(i / n, kappa) / n
      expect(mean).toBeLessThanOrEqual(1)
      expect(mean).toBeGreaterThan(1 - 4 * n ** -kappa)
    }
  })
})
