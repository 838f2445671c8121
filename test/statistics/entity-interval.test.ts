import { describe, expect, it } from 'vitest'
import { entityInterval, entityRatioInterval } from '../../src/statistics/entity-interval.ts'
import { randomStream } from '../../src/statistics/random.ts'

const random = (name: string) => randomStream(1, name)

describe('entityInterval', () => {
  // Garwood 1936, as tabulated for Poisson counts at 95 %.
  it.each([
    [0, 0, 3.689],
    [3, 0.619, 8.767],
    [10, 4.795, 18.39],
    [50, 37.11, 65.92],
  ])('has the ends of Garwood for %i equal entities, on average over streams', (n, low, high) => {
    const intervals = Array.from({ length: 40 }, (_, k) =>
      entityInterval(new Float64Array(n).fill(2), 2, random(`garwood ${n} ${k}`)),
    )
    const mean = (end: 'low' | 'high') => intervals.reduce((sum, one) => sum + one[end], 0) / intervals.length / 2
    expect(mean('low')).toBeGreaterThanOrEqual(low * 0.96)
    expect(mean('low')).toBeLessThanOrEqual(low * 1.05)
    expect(mean('high')).toBeGreaterThan(high * 0.98)
    expect(mean('high')).toBeLessThan(high * 1.02)
  })

  it('covers the expected sum of unequal values in 95 % of draws, and not in all', () => {
    const draw = random('worlds')
    let covered = 0
    for (let world = 0; world < 400; world += 1) {
      const values: number[] = []
      for (let at = draw.exponential(); at < 20; at += draw.exponential()) values.push(Math.exp(draw.normal() / 2))
      const { low, high } = entityInterval(Float64Array.from(values), Math.max(...values), random(`world ${world}`))
      const expected = 20 * Math.exp(1 / 8)
      if (low <= expected && expected <= high) covered += 1
    }
    expect(covered).toBeGreaterThan(372)
    expect(covered).toBeLessThan(400)
  })

  it('is the same for the same stream', () => {
    const values = Float64Array.of(1, 5, 2)
    expect(entityInterval(values, 5, random('a'))).toEqual(entityInterval(values, 5, random('a')))
  })
})

describe('entityRatioInterval', () => {
  it('is exact where all ratios are one, and null where nothing is below', () => {
    const bottom = Float64Array.of(1, 2, 3)
    const interval = entityRatioInterval(
      bottom.map((one) => 2 * one),
      bottom,
      random('r'),
    )
    expect(interval!.low).toBeCloseTo(2)
    expect(interval!.high).toBeCloseTo(2)
    expect(entityRatioInterval(bottom, new Float64Array(3), random('r'))).toBeNull()
  })
})
