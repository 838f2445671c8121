import { expect, it } from 'vitest'
import { subjectTest } from '../../src/statistics/student-test.ts'

it('is the one-sample test of Student, with its interval', () => {
  // scipy 1.17: scipy.stats.ttest_1samp([1, 2, 4, -1, 3], 0, alternative='greater'); .confidence_interval of two sides
  const { mean, low, high, pValue } = subjectTest([1, 2, 4, -1, 3])
  expect(mean).toBeCloseTo(1.8, 12)
  expect(pValue).toBeCloseTo(0.05226999988918772, 12)
  expect([low, high]).toEqual([expect.closeTo(-0.58838838809998, 8), expect.closeTo(4.18838838809998, 8)])
})

it('adds what subjects share to the error, with fewer degrees of freedom', () => {
  const alone = subjectTest([1, 2, 4, -1, 3])
  const shared = subjectTest([1, 2, 4, -1, 3], { variance: 1, degrees: 2 })
  expect(shared.pValue).toBeGreaterThan(alone.pValue)
  expect(shared.high - shared.low).toBeGreaterThan(alone.high - alone.low)
})

it('counts equal values as signs, and one value as nothing', () => {
  expect(subjectTest([2, 2, 2]).pValue).toBe(1 / 8)
  expect(subjectTest([-2, -2]).pValue).toBe(1)
  expect(subjectTest([5]).pValue).toBe(0.5)
})
