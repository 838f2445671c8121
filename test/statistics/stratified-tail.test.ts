import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Draw, logHypergeometricTail } from '../../src/statistics/hypergeometric-tail.ts'
import { normalTail } from '../../src/statistics/normal-tail.ts'
import { hypergeometricMoments, stratifiedTail } from '../../src/statistics/stratified-tail.ts'

const arbitraryDraw = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((population) =>
    fc.record({
      population: fc.constant(population),
      marked: fc.integer({ min: 0, max: population }),
      drawn: fc.integer({ min: 0, max: population }),
    }),
  )

/** All ways to draw, counted one by one. */
function counted(strata: readonly Draw[], count: number): number {
  const sets = strata.map(({ population, marked, drawn }) => {
    const found: number[] = []
    for (let set = 0; set < 2 ** population; set++) {
      const bits = [...Array(population).keys()].filter((bit) => (set >> bit) & 1)
      if (bits.length === drawn) found.push(bits.filter((bit) => bit < marked).length)
    }
    return found
  })
  const sums = sets.reduce((sums, set) => sums.flatMap((sum) => set.map((one) => sum + one)), [0])
  return sums.filter((sum) => sum >= count).length / sums.length
}

describe('stratifiedTail', () => {
  it('is the share of all ways to draw', () => {
    fc.assert(
      fc.property(fc.array(arbitraryDraw(6), { maxLength: 3 }), fc.integer({ min: 0, max: 10 }), (strata, count) => {
        expect(stratifiedTail(count, strata)).toBeCloseTo(counted(strata, count), 12)
      }),
    )
  })

  it('is the hypergeometric tail in one stratum', () => {
    fc.assert(
      fc.property(arbitraryDraw(200), fc.integer({ min: 0, max: 60 }), (draw, count) => {
        expect(stratifiedTail(count, [draw])).toBeCloseTo(Math.exp(logHypergeometricTail(count, draw)), 10)
      }),
    )
  })

  it('comes near the normal tail over many strata', () => {
    const strata = Array.from({ length: 3000 }, () => ({ population: 12, marked: 5, drawn: 7 }))
    const { mean, variance } = hypergeometricMoments(strata[0]!)
    const count = Math.round(3000 * mean + 3 * Math.sqrt(3000 * variance))
    const z = (count - 0.5 - 3000 * mean) / Math.sqrt(3000 * variance)
    expect(stratifiedTail(count, strata) / normalTail(z)).toBeCloseTo(1, 1)
  })
})
