import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logBinomialTail } from '../../src/statistics/binomial-tail.ts'
import { logPoissonBinomialTail } from '../../src/statistics/poisson-binomial-tail.ts'

const rising = Float64Array.from({ length: 20 }, (_, i) => (i + 1) / 21)
const falling = Float64Array.from({ length: 300 }, (_, i) => 1 / (i + 2))

/** Every outcome of a few events. */
function enumerate(count: number, probabilities: readonly number[]): number {
  let sum = 0
  for (let outcome = 0; outcome < 2 ** probabilities.length; outcome++) {
    const occurs = probabilities.map((_, i) => (outcome >> i) & 1)
    if (occurs.filter((bit) => bit === 1).length < count) continue
    sum += probabilities.reduce((product, p, i) => product * (occurs[i] === 1 ? p : 1 - p), 1)
  }
  return sum
}

describe('logPoissonBinomialTail', () => {
  // Convolved with 80 digits by mpmath 1.3 in Python, rounded to doubles: p = mpf(p);
  // masses = [a * (1 - p) + b * p for a, b in zip(masses + [0], [0] + masses)]; log(sum(masses[k:]))
  it.each([
    [1, rising, -8.744575345530365e-9],
    [5, rising, -0.0012349445926358722],
    [12, rising, -1.5623744154197832],
    [18, rising, -11.374615422931305],
    [2, falling, -0.024492401661515117],
    [7, falling, -1.3028348881112617],
    [40, falling, -58.9362640759669],
    [150, falling, -478.6992398206376],
    [290, falling, -1328.741604410184],
  ])('is right to 1e-10 of the probability for %d or more', (count, probabilities, exact) => {
    expect(Math.abs(Math.expm1(logPoissonBinomialTail(count, probabilities) - exact))).toBeLessThan(1e-10)
  })

  it('counts every outcome of a few events, certain and impossible ones too', () => {
    const p = fc.oneof(fc.constantFrom(0, 1, 1e-300, 0.5), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(p, { maxLength: 9 }), fc.integer({ min: 0, max: 10 }), (probabilities, count) => {
        const exact = enumerate(count, probabilities)
        const found = Math.exp(logPoissonBinomialTail(count, Float64Array.from(probabilities)))
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-12 * exact + 1e-300)
      }),
    )
  })

  it('is binomial where all are alike, for many events and far out', () => {
    for (const [count, events, p] of [
      [700, 20_000, 0.03],
      [3000, 20_000, 0.03],
      [500, 20_000, 0.03],
    ] as const) {
      const found = logPoissonBinomialTail(count, new Float64Array(events).fill(p))
      expect(Math.abs(found - logBinomialTail(count, events, p))).toBeLessThan(1e-10)
    }
  })
})
