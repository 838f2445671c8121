import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerBound, upperBound } from '../../src/statistics/lower-bound.ts'

describe('lowerBound and upperBound', () => {
  it('count values below, and at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.integer({ min: -10, max: 10 }), (numbers, value) => {
        const sorted = Float64Array.from(numbers).sort()
        expect(lowerBound(sorted, value)).toBe(numbers.filter((n) => n < value).length)
        expect(upperBound(sorted, value)).toBe(numbers.filter((n) => n <= value).length)
      }),
    )
  })
})
