import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logBinomialTail } from '../../src/statistics/binomial-tail.ts'

describe('logBinomialTail', () => {
  // Sums of exact terms with 60 digits by mpmath 1.3 in Python, rounded to doubles:
  // t = binomial(n, k) * p**k * (1 - p)**(n - k), then t *= (n - k) / (k + 1) * p / (1 - p); log(sum of t)
  it.each([
    [1, 10, 0.1, -0.4287518111064884],
    [7, 10, 0.5, -1.7609878105613013],
    [60, 100, 0.5, -3.5598192034469065],
    [300, 1_000_000, 0.0001, -132.97175401582336],
    [500_300, 1_000_000, 0.5, -1.2924891205995217],
    [499_000, 1_000_000, 0.5, -0.022957690591797957],
    [1000, 1000, 0.99, -10.05033585350145],
    [5000, 100_000, 0.03, -579.156647598713],
  ])('is right to 1e-10 of the probability for %d or more of %d at %d', (count, trials, p, exact) => {
    expect(Math.abs(Math.expm1(logBinomialTail(count, trials, p) - exact))).toBeLessThan(1e-10)
  })

  it('and its opposite add up to 1', () => {
    const cases = fc
      .integer({ min: 1, max: 3000 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n })))
    fc.assert(
      fc.property(cases, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), ([trials, count], p) => {
        const fewer = logBinomialTail(trials - count + 1, trials, 1 - p)
        expect(Math.exp(logBinomialTail(count, trials, p)) + Math.exp(fewer)).toBeCloseTo(1, 10)
      }),
    )
  })

  it('is certain or impossible at the ends', () => {
    expect(logBinomialTail(0, 5, 0)).toBe(0)
    expect(logBinomialTail(5, 5, 1)).toBe(0)
    expect(logBinomialTail(1, 5, 0)).toBe(Number.NEGATIVE_INFINITY)
    expect(logBinomialTail(6, 5, 1)).toBe(Number.NEGATIVE_INFINITY)
  })
})
