import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spilloverThreshold } from '../../src/graph/spillover-threshold.ts'

type Edge = readonly [from: number, to: number, volume: number]

const edgesOf = (edges: readonly Edge[]) => ({
  from: Int32Array.from(edges, ([from]) => from),
  to: Int32Array.from(edges, ([, to]) => to),
  volume: Float64Array.from(edges, ([, , volume]) => volume),
})

/** The definition, threshold by threshold. */
function slowly(edges: readonly Edge[], score: readonly number[]): { threshold: number; curve: number[] } {
  const between = edges.filter(([a, b]) => a !== b)
  const inMarket = (node: number) => {
    const others = between.flatMap(([a, b]) => (a === node ? [score[b]!] : b === node ? [score[a]!] : []))
    return Math.min(score[node]!, Math.max(...others))
  }
  const curve = Array.from({ length: 191 }, (_, i) => {
    const reaches = (node: number) => inMarket(node) >= 0.8 + i / 1000 - 1e-9
    const sum = (wanted: (edge: Edge) => boolean) =>
      between.filter(wanted).reduce((all, [, , volume]) => all + volume, 0)
    const either = sum(([a, b]) => reaches(a) || reaches(b))
    return either === 0 ? Number.NaN : 1 - sum(([a, b]) => reaches(a) && reaches(b)) / either
  })
  const costs = curve.map((share) => (share <= 0.1 ? Math.max(0.001, share) : Number.POSITIVE_INFINITY))
  const least = Math.min(...costs)
  if (least === Number.POSITIVE_INFINITY) return { threshold: 1, curve }
  return { threshold: (800 + costs.findIndex((cost) => cost <= least + 1e-12)) / 1000, curve }
}

describe('spilloverThreshold', () => {
  it('is what the definition gives, and the whole curve with it', () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 50 }))
    const thousandths = fc.integer({ min: 750, max: 1000 }).map((one) => one / 1000)
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 15 }),
        fc.array(thousandths, { minLength: 6, maxLength: 6 }),
        (edges, score) => {
          const expected = slowly(edges, score)
          const { threshold, curve } = spilloverThreshold(edgesOf(edges), Float64Array.from(score))
          expect(threshold).toBeCloseTo(expected.threshold, 9)
          curve.forEach((share, i) => {
            if (Number.isNaN(share)) expect(expected.curve[i]).toBeNaN()
            else expect(share).toBeCloseTo(expected.curve[i]!, 9)
          })
        },
      ),
    )
  })

  it('parts a ring from the crowd that trades with one of its members', () => {
    const ring: Edge[] = [
      [0, 1, 100],
      [1, 2, 100],
      [0, 3, 5],
    ]
    const score = Float64Array.of(0.95, 0.93, 0.9, 0.85)
    const { threshold, curve } = spilloverThreshold(edgesOf(ring), score)
    expect(threshold).toBe(0.8)
    expect(curve[0]).toBe(0)
    // From 0.851 on one end of the third edge is below: 5 of 205 spill over.
    expect(curve[51]).toBeCloseTo(5 / 205, 12)
  })

  it('detects nothing where too much would spill over', () => {
    const star: Edge[] = [
      [0, 1, 10],
      [0, 2, 90],
    ]
    expect(spilloverThreshold(edgesOf(star), Float64Array.of(0.95, 0.95, 0.2)).threshold).toBe(1)
  })
})
