import { describe, expect, it } from 'vitest'
import { pooledPValues } from '../../src/statistics/pooled-p-values.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('pooledPValues', () => {
  it('is the share of the pool that is at least as large, the observation with it', () => {
    const draws = [Float64Array.of(0, 2), Float64Array.of(5, 1)]
    // The pool: 5, 3, 2, 1, 0, 0.
    expect([...pooledPValues(Float64Array.of(3, 0), draws)]).toEqual([2 / 6, 1])
    expect([...pooledPValues(Float64Array.of(7, 8), [])]).toEqual([1, 1 / 2])
  })

  it('keeps its level where all subjects of a draw are large together', () => {
    const random = randomStream(1, 'pooled')
    const subjects = 10
    // One number decides for all of a draw, with tails that have no mean.
    const draw = () => {
      const size = 1 / random.next()
      return Float64Array.from({ length: subjects }, () => size * (1 + random.next()))
    }
    let below = 0
    const rounds = 4_000
    for (let round = 0; round < rounds; round += 1) {
      const pValues = pooledPValues(
        draw(),
        Array.from({ length: 19 }, () => draw()),
      )
      if (pValues[random.below(subjects)]! <= 0.05) below += 1
    }
    expect(below / rounds).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / rounds))
  })
})
