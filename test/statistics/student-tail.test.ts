import { expect, it } from 'vitest'
import { normalTail } from '../../src/statistics/normal-tail.ts'
import { studentQuantile, studentTail } from '../../src/statistics/student-tail.ts'

// scipy 1.17: scipy.stats.t.sf
it.each([
  [0, 3, 0.5],
  [1, 1, 0.24999999999999997],
  [2, 2, 0.09175170953613696],
  [2.5, 3, 0.04385332350403278],
  [2.5, 4, 0.03338327240599407],
  [3, 29, 0.002749596066951706],
  [5, 30, 1.16483427335039e-5],
  [-1, 7, 0.8246916685898963],
  [1.7, 999, 0.04472109910996571],
])('is the mass beyond %d with %d degrees of freedom', (t, degrees, tail) => {
  expect(Math.abs(studentTail(t, degrees) / tail - 1)).toBeLessThan(1e-8)
})

it('goes over into the normal tail, and is unknown without degrees', () => {
  expect(studentTail(2, 200_000)).toBe(normalTail(2))
  expect(studentTail(2, 99_999)).toBeCloseTo(normalTail(2), 5)
  expect(studentTail(2, 0)).toBeNaN()
})

// scipy.stats.t.isf(0.025, degrees)
it.each([
  [1, 12.706204736432095],
  [5, 2.5705818366147395],
  [30, 2.042272456301238],
])('has the quantile with %d degrees of freedom', (degrees, t) => {
  expect(studentQuantile(0.025, degrees)).toBeCloseTo(t, 8)
})
