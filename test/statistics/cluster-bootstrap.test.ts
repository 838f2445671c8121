import { describe, expect, it } from 'vitest'
import { bootstrapGroups, quantile } from '../../src/statistics/cluster-bootstrap.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('bootstrapGroups', () => {
  it('draws whole groups, as many as there are', () => {
    const groupOf = Int32Array.of(0, 0, 1, 2, 2, 2)
    let mean = 0
    bootstrapGroups(groupOf, 3, 2000, randomStream(1, 'test'), (weights) => {
      expect(weights[0]).toBe(weights[1])
      expect(weights[3]).toBe(weights[5])
      expect(weights[0]! + weights[2]! + weights[3]!).toBe(3)
      mean += weights[2]! / 2000
    })
    expect(mean).toBeCloseTo(1, 1)
  })

  it('covers the mean of grouped values about as often as it says', () => {
    const random = randomStream(2, 'test')
    const worlds = 300
    let covered = 0
    for (let world = 0; world < worlds; world++) {
      const groupOf = Int32Array.from({ length: 300 }, (_, i) => i % 100)
      const effects = Float64Array.from({ length: 100 }, () => random.normal())
      const values = Float64Array.from(groupOf, (group) => effects[group]! + 0.1 * random.normal())
      const means = new Float64Array(200)
      bootstrapGroups(groupOf, 100, means.length, random, (weights, draw) => {
        means[draw] = weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0) / 300
      })
      if (quantile(means, 0.025) <= 0 && quantile(means, 0.975) >= 0) covered++
    }
    // Resampling cases, not groups, would cover in about three worlds of four.
    expect(covered / worlds).toBeGreaterThan(0.88)
  })
})

describe('quantile', () => {
  it('lies between two values as type 7 has it', () => {
    expect(quantile(Float64Array.of(4, 1, 3, 2), 0.25)).toBeCloseTo(1.75, 12)
    expect(quantile(Float64Array.of(4, 1, 3, 2), 1)).toBe(4)
  })
})
