import { expect, it } from 'vitest'
import { normalTail } from '../../src/statistics/normal-tail.ts'

// scipy 1.17: scipy.stats.norm.sf
it.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1.96, 0.024997895148220435],
  [3.0001, 0.0013494549132607172],
  [6, 9.865876450376981e-10],
  [20, 2.7536241186062337e-89],
  [-1, 0.8413447460685429],
])('is the mass beyond %d', (z, tail) => {
  expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-8)
})

it('passes on what is unknown', () => {
  expect(normalTail(Number.NaN)).toBeNaN()
})
