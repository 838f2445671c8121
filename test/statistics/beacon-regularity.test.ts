import { describe, expect, it } from 'vitest'
import { beaconRegularity } from '../../src/statistics/beacon-regularity.ts'
import { randomStream } from '../../src/statistics/random.ts'

const after = (gaps: readonly number[]) => {
  let time = 0
  return Float64Array.from([0, ...gaps], (gap) => {
    time += gap
    return time
  })
}

describe('beaconRegularity', () => {
  it('is the mean of both parts, by hand', () => {
    // Quartiles 20, 30, 60: skewness (20 + 60 − 60)/40 = 1/2. Deviations 20, 10, 0, 30, 70 with median 20: 1 − 20/30 = 1/3.
    expect(beaconRegularity(after([10, 20, 30, 60, 100]))).toBeCloseTo((1 / 2 + 1 / 3) / 2, 12)
  })

  it('is 1 for a beat, whatever its pauses, and what its definition gives for chance', () => {
    expect(beaconRegularity(after([5, 5, 5, 5, 5, 5, 5_000, 5, 5, 5]))).toBe(1)
    const random = randomStream(1, 'chance')
    // Of exponential gaps: skewness ln(4/3)/ln 3 = 0.2619, median ln 2, and deviation asinh(1/2) about it.
    const expected = (1 - Math.log(4 / 3) / Math.log(3) + 1 - Math.asinh(0.5) / Math.log(2)) / 2
    expect(beaconRegularity(after(Array.from({ length: 20_000 }, () => random.exponential())))).toBeCloseTo(expected, 2)
  })

  it('finds no skewness in a beat that is a little late at times', () => {
    // Quartiles 100, 103 and 109: skewness 1/3, were it not within a tenth. Deviations 3, 3, 0, 6, 7: 1 − 3/103.
    expect(beaconRegularity(after([100, 100, 103, 109, 110]))).toBeCloseTo(1 - 3 / 103 / 2, 12)
  })

  it('counts a moment once, and says nothing of fewer than three gaps', () => {
    expect(beaconRegularity(Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3))).toBe(1)
    expect(beaconRegularity(Float64Array.of(0, 0, 1, 2))).toBeNaN()
  })
})
