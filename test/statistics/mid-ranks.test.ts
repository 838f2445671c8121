import { expect, it } from 'vitest'
import { midRanks } from '../../src/statistics/mid-ranks.ts'

it('gives equal values the mean of their ranks, in parts of how many there are', () => {
  expect([...midRanks(Float64Array.of(7, 1, 7, 3, 9))]).toEqual([0.6, 0.1, 0.6, 0.3, 0.9])
  expect([...midRanks(Float64Array.of(2, 2, 2))]).toEqual([0.5, 0.5, 0.5])
  expect([...midRanks(new Float64Array(0))]).toEqual([])
})
