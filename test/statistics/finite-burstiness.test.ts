import { describe, expect, it } from 'vitest'
import { finiteBurstiness } from '../../src/statistics/finite-burstiness.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('finiteBurstiness', () => {
  it.each([2, 3, 10, 1000])('is −1 for a metronome and 1 for one burst, at %d gaps', (n) => {
    expect(finiteBurstiness(new Float64Array(n).fill(7))).toBe(-1)
    expect(finiteBurstiness(new Float64Array(n).fill(0).fill(50, 1, 2))).toBeCloseTo(1, 12)
  })

  it('is 0 where the ratio is that of uniform points on a circle, √((n − 1)/(n + 1))', () => {
    // Three gaps of ratio √(1/2): 1 and 1 ± d of a mean of 1, with 2d²/3 = 1/2.
    const d = Math.sqrt(3 / 4)
    expect(finiteBurstiness(Float64Array.of(1 - d, 1, 1 + d))).toBeCloseTo(0, 12)
  })

  it('does not drift with the number of gaps, as (r − 1)/(r + 1) does', () => {
    const random = randomStream(1, 'finite-burstiness')
    for (const n of [5, 20, 200]) {
      const [finite, usual] = [new Float64Array(4000), new Float64Array(4000)]
      for (let world = 0; world < finite.length; world++) {
        const gaps = new Float64Array(n).map(() => random.exponential())
        finite[world] = finiteBurstiness(gaps)
        const mean = gaps.reduce((sum, gap) => sum + gap) / n
        const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / n)
        usual[world] = (sd - mean) / (sd + mean)
      }
      const average = (values: Float64Array) => values.reduce((sum, value) => sum + value) / values.length
      expect(Math.abs(average(finite))).toBeLessThan(0.06)
      if (n === 5) expect(average(usual)).toBeLessThan(-0.1)
    }
  })

  it('is nothing below two gaps or without time', () => {
    expect(finiteBurstiness(Float64Array.of(5))).toBeNaN()
    expect(finiteBurstiness(Float64Array.of(0, 0))).toBeNaN()
  })
})
