import { describe, expect, it } from 'vitest'
import { clusteredSlope, type Deviations } from '../../src/statistics/clustered-slope.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('clusteredSlope', () => {
  it('is least squares with the sandwich of clusters, by hand', () => {
    const result = clusteredSlope([
      { x: [1, -1], y: [2, -1] },
      { x: [2], y: [1] },
      { x: [-2], y: [-2] },
    ])!
    // xx = 10, xy = 3 + 2 + 4 = 9, yy = 10. Scores: 1.1 + 0.1 = 1.2, 2 × −0.8 = −1.6, −2 × −0.2 = 0.4; squares 1.44, 2.56, 0.16.
    const error = Math.sqrt((4.16 * 3) / 2) / 10
    expect(result.slope).toBeCloseTo(0.9, 12)
    expect(result.toCorrelation).toBeCloseTo(1, 12)
    // Student's t with two degrees of freedom leaves 2.5 % beyond 4.302653.
    expect(result.high - result.slope).toBeCloseTo(4.302653 * error, 5)
    // One tail of t with two degrees of freedom: 1/2 − t/(2 √(t² + 2)).
    const t = 0.9 / error
    expect(result.pValue).toBeCloseTo(0.5 - t / (2 * Math.sqrt(t * t + 2)), 12)
  })

  it('agrees with the jackknife over clusters where there are many', () => {
    const random = randomStream(1, 'clusters')
    const clusters = Array.from({ length: 400 }, (): Deviations => {
      const own = random.normal()
      const x = Array.from({ length: 1 + random.below(6) }, () => own + random.normal())
      return { x, y: x.map((one) => 0.5 * one + own * random.normal() + random.normal()) }
    })
    const all = clusteredSlope(clusters)!
    const left = clusters.map((_, out) => clusteredSlope(clusters.filter((__, i) => i !== out))!.slope)
    const mean = left.reduce((sum, one) => sum + one, 0) / left.length
    const jackknife = Math.sqrt(left.reduce((sum, one) => sum + (one - mean) ** 2, 0) * (399 / 400))
    expect((all.high - all.slope) / 1.965927 / jackknife).toBeCloseTo(1, 1)
  })

  it('says nothing where nothing varies or one cluster is all', () => {
    expect(clusteredSlope([{ x: [1], y: [1] }])).toBeNull()
    expect(
      clusteredSlope([
        { x: [0], y: [1] },
        { x: [0], y: [-1] },
      ]),
    ).toBeNull()
  })
})
