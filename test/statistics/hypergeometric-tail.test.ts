import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logHypergeometricTail } from '../../src/statistics/hypergeometric-tail.ts'

const arbitraryDraw = fc.integer({ min: 1, max: 60 }).chain((population) =>
  fc.record({
    population: fc.constant(population),
    marked: fc.integer({ min: 0, max: population }),
    drawn: fc.integer({ min: 0, max: population }),
  }),
)

const choose = (n: bigint, k: bigint): bigint =>
  k < 0n || k > n ? 0n : k === 0n ? 1n : (choose(n - 1n, k - 1n) * n) / k

describe('logHypergeometricTail', () => {
  // Sums of exact terms with 60 digits by mpmath 1.3 in Python, rounded to doubles:
  // t = binomial(K, k) * binomial(N - K, n - k), then t *= (K - k) * (n - k) / ((k + 1) * (N - K - n + k + 1));
  // log(sum of t / binomial(N, n))
  it.each([
    [1, 20, 7, 12, -0.00010320449980779167],
    [5, 20, 7, 12, -0.9374100150550816],
    [12, 100, 20, 30, -6.303106348592452],
    [3, 1_000_000, 1000, 1000, -2.5242641804207735],
    [40, 1_000_000, 1000, 1000, -112.80057139983055],
    [600, 8760, 900, 4000, -92.68637920330572],
    [400, 8760, 900, 4000, -0.2346994555020581],
    [2000, 10_000_000, 40_000, 500_000, -0.6867263284081976],
  ])('is right to 1e-10 of the probability for %d or more, %d, %d, %d', (count, population, marked, drawn, exact) => {
    const found = logHypergeometricTail(count, { population, marked, drawn })
    expect(Math.abs(Math.expm1(found - exact))).toBeLessThan(1e-10)
  })

  it('is a share of whole numbers of ways', () => {
    fc.assert(
      fc.property(arbitraryDraw, fc.integer({ min: 0, max: 62 }), ({ population, marked, drawn }, count) => {
        let ways = 0n
        for (let k = count; k <= marked; k++)
          ways += choose(BigInt(marked), BigInt(k)) * choose(BigInt(population - marked), BigInt(drawn - k))
        const exact = Number((ways * 10n ** 40n) / choose(BigInt(population), BigInt(drawn))) / 1e40
        const found = Math.exp(logHypergeometricTail(count, { population, marked, drawn }))
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-11 * exact)
      }),
    )
  })

  it('does not depend on which of the two sets is called marked', () => {
    fc.assert(
      fc.property(arbitraryDraw, fc.integer({ min: 0, max: 62 }), ({ population, marked, drawn }, count) => {
        const one = logHypergeometricTail(count, { population, marked, drawn })
        const other = logHypergeometricTail(count, { population, marked: drawn, drawn: marked })
        expect(Math.exp(other)).toBeCloseTo(Math.exp(one), 12)
      }),
    )
  })
})
