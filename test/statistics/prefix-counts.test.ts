import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addAt, countBelow, prefixCounts } from '../../src/statistics/prefix-counts.ts'

describe('prefixCounts', () => {
  it('sums what was added below every place', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: -5, max: 5 }))), (changes) => {
        const counts = prefixCounts(21)
        for (const [place, amount] of changes) addAt(counts, place, amount)
        for (let end = 0; end <= 21; end++)
          expect(countBelow(counts, end)).toBe(changes.reduce((sum, [p, n]) => (p < end ? sum + n : sum), 0))
      }),
    )
  })
})
