import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveNodes, shuffle, sumSizes } from '../../src/graph/local-moving.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { arbitraryLevel, bestSingleMove, settle, worth } from './levels.ts'

describe('moveNodes', () => {
  it('gains what it says', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, membership, resolution, random }) => {
        const before = worth(level, membership, resolution)
        const gain = moveNodes(level, membership, resolution, random)
        expect(gain).toBeGreaterThanOrEqual(0)
        expect(worth(level, membership, resolution) - before).toBeCloseTo(gain, 8)
      }),
      { numRuns: 300 },
    )
  })

  it('has nothing to gain only where no node gains by moving, not even to a group of its own', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, membership, resolution, random }) => {
        settle(level, membership, resolution, random)
        const settled = worth(level, membership, resolution)
        expect(bestSingleMove(level, membership, resolution)).toBeLessThan(settled + 1e-8)
      }),
      { numRuns: 300 },
    )
  })
})

describe('sumSizes', () => {
  it('sums the sizes of the nodes of every group', () => {
    expect(sumSizes(Int32Array.of(2, 0, 2), Float64Array.of(1, 2, 4))).toEqual(Float64Array.of(2, 0, 5))
  })
})

describe('shuffle', () => {
  it('gives every order of three alike often', () => {
    const random = randomStream(5, 'shuffle').next
    const seen = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = String(shuffle(Int32Array.of(0, 1, 2), random))
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    // Chi-squared with 5 degrees of freedom: 20.5 is exceeded once in a thousand seeds.
    expect([...seen.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5)
    expect(seen.size).toBe(6)
  })
})
