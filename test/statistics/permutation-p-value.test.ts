import { describe, expect, it } from 'vitest'
import { permutationPValue } from '../../src/statistics/permutation-p-value.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('permutationPValue', () => {
  it('counts the observation, ties and unknown draws', () => {
    expect(permutationPValue(5, Float64Array.of(1, 5, 9, 2))).toBe(3 / 5)
    expect(permutationPValue(10, Float64Array.of(1, 5, 9, 2))).toBe(1 / 5)
    expect(permutationPValue(10, Float64Array.of(1, Number.NaN))).toBe(2 / 3)
    expect(permutationPValue(1, new Float64Array())).toBe(1)
    expect(permutationPValue(Number.NaN, Float64Array.of(1))).toBeNaN()
  })

  it('is uniform on its grid under the null', () => {
    const random = randomStream(1, 'permutation-p-value')
    const counts = new Int32Array(20)
    for (let world = 0; world < 20_000; world++) {
      const draws = new Float64Array(19).map(() => random.next())
      counts[Math.round(20 * permutationPValue(random.next(), draws)) - 1]!++
    }
    // 1,000 expected in each; 5 standard deviations are 154.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(154)
  })
})
