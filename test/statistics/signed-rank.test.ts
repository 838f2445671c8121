import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signedRankTail } from '../../src/statistics/signed-rank.ts'

// scipy 1.17: scipy.stats.wilcoxon(x, alternative='greater', method='exact').pvalue
it.each([
  [[1, -2, 3, 4, 5, -0.5, 7], 0.0546875],
  [[1.5, -2, 3, 4, 5, -0.5, 7, 8, -9, 10, 11.25, 12], 0.021240234375],
])('is the exact test of %j', (differences, pValue) => {
  expect(signedRankTail(differences)).toBeCloseTo(pValue, 12)
})

it('is the share of all choices of signs that reach the sum of ranks, equals and zeros among them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 9 }), (differences) => {
      const sizes = differences.filter((one) => one !== 0).map(Math.abs)
      const rank = (size: number) =>
        sizes.filter((one) => one < size).length + (sizes.filter((one) => one === size).length + 1) / 2
      const observed = differences.reduce((sum, one) => sum + (one > 0 ? rank(one) : 0), 0)
      let reached = 0
      for (let signs = 0; signs < 2 ** sizes.length; signs++) {
        const sum = sizes.reduce((total, size, i) => total + ((signs >> i) & 1 ? rank(size) : 0), 0)
        if (sum >= observed) reached++
      }
      expect(signedRankTail(differences)).toBeCloseTo(reached / 2 ** sizes.length, 12)
    }),
  )
})

it('goes over into the normal tail', () => {
  const differences = Array.from({ length: 200 }, (_, i) => (i % 9 < 5 ? 1 : -1) * (i + 1))
  const exact = signedRankTail(differences)
  expect(signedRankTail([...differences, 0.5]) / exact).toBeCloseTo(1, 1)
})
