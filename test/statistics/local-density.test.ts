import { describe, expect, it } from 'vitest'
import { fitSide } from '../../src/statistics/local-density.ts'
import { lowerBound } from '../../src/statistics/lower-bound.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('fitSide', () => {
  it('has the slope of a distribution that is a polynomial, and its higher coefficients', () => {
    // The empirical distribution of these rises as (x + x²/2)/1.5 over [0, 1].
    const size = 4001
    const x = Float64Array.from({ length: size }, (_, i) => Math.sqrt(1 + (3 * i) / (size - 1)) - 1)
    const side = fitSide({ x, from: 0, to: size, bandwidth: 1, order: 2, derivative: 2, size })
    expect(side.estimate).toBeCloseTo(2 / 3, 6)
    expect(side.higher).toBeCloseTo(1 / 3, 6)
  })

  it('has the spread of the slope over samples', () => {
    const estimates = Array.from({ length: 300 }, (_, seed) => {
      const random = randomStream(seed + 1, 'side')
      const x = Float64Array.from({ length: 800 }, () => 2 * random.next() - 1).sort()
      return fitSide({ x, from: lowerBound(x, 0), to: 800, bandwidth: 1, order: 2, derivative: 2, size: 800 })
    })
    const mean = (of: (side: (typeof estimates)[number]) => number) =>
      estimates.reduce((sum, side) => sum + of(side), 0) / estimates.length
    const spread = mean(({ estimate }) => (estimate - 0.5) ** 2)
    expect(mean(({ variance }) => variance) / spread).toBeGreaterThan(0.75)
    expect(mean(({ variance }) => variance) / spread).toBeLessThan(1.35)
  })

  it('takes equal values as one step', () => {
    const at = (values: readonly number[]) =>
      fitSide({ x: Float64Array.from(values), from: 0, to: 6, bandwidth: 1, order: 1, derivative: 1, size: 6 })
    // The distribution is at 2/5, 4/5 and 6/5 there, each twice.
    expect(at([0, 0, 0.25, 0.25, 0.5, 0.5]).estimate).toBeCloseTo(1.6, 6)
    expect(at([0, 0.001, 0.25, 0.251, 0.5, 0.501]).estimate).toBeGreaterThan(1.6)
  })
})
