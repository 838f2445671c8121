import { describe, expect, it } from 'vitest'
import { clusterStability } from '../../src/clusters/stability.ts'
import { randomStream } from '../../src/statistics/random.ts'

const random = () => randomStream(1, 'test')
const link = (first: number, second: number, probability: number) => ({ first, second, probability })

describe('clusterStability', () => {
  it('is 1 where all links are certain, and the exact expectation for small clusters, up to the error of 200 draws', () => {
    expect(clusterStability([4, 7, 9], [link(4, 7, 1), link(9, 7, 1)], random())).toBe(1)
    // Two wallets: together with p, else half of them.
    expect(clusterStability([4, 7], [link(4, 7, 0.6)], random())).toBeCloseTo(0.6 + 0.4 / 2, 1)
    // A triangle: all three with p³ + 3p²(1 − p), two with 3p(1 − p)², else one.
    const p = 0.5
    const [all, two] = [p ** 3 + 3 * p ** 2 * (1 - p), 3 * p * (1 - p) ** 2]
    const triangle = [link(1, 2, p), link(2, 3, p), link(1, 3, p)]
    expect(clusterStability([1, 2, 3], triangle, random())).toBeCloseTo(all + (2 / 3) * two + (1 - all - two) / 3, 1)
  })

  it('rises with every further link', () => {
    const chain = [link(1, 2, 0.8), link(2, 3, 0.8), link(3, 4, 0.8)]
    const closed = clusterStability([1, 2, 3, 4], [...chain, link(1, 4, 0.8)], random())
    expect(closed).toBeGreaterThan(clusterStability([1, 2, 3, 4], chain, random()))
  })
})
