import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { permutationPValue } from '../../src/statistics/permutation-p-value.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { sequentialPValue } from '../../src/statistics/sequential-p-value.ts'

describe('sequential p-value', () => {
  it('is that of all draws where few reach the observation', () => {
    const draws = [0.2, 0.9, 0.4, 0.95, 0.1, 0.3]
    let at = 0
    const p = sequentialPValue(0.85, { most: 6, enough: 3 }, () => draws[at++]!)
    expect(p).toBe(permutationPValue(0.85, Float64Array.from(draws)))
  })

  it('stops at the draw with which enough have reached it, ties among them', () => {
    const draws = [1, 0, 1, 0, 0, 0]
    let at = 0
    expect(sequentialPValue(1, { most: 6, enough: 2 }, () => draws[at++]!)).toBe(2 / 3)
    expect(at).toBe(3)
  })

  it('is not known of an observation that is not', () => {
    expect(sequentialPValue(Number.NaN, { most: 9, enough: 2 }, () => 0)).toBeNaN()
  })

  it('is small no more often than it says', () => {
    const random = randomStream(1, 'sequential')
    const trials = 20_000
    for (const level of [0.01, 0.05, 0.25]) {
      let small = 0
      for (let i = 0; i < trials; i++)
        if (sequentialPValue(random.next(), { most: 199, enough: 10 }, random.next) <= level) small++
      expect(clopperPearson(small, trials, 0.98).low).toBeLessThanOrEqual(level)
      expect(small / trials).toBeGreaterThan(0.6 * level)
    }
  })
})
