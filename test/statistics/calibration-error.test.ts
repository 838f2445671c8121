import { describe, expect, it } from 'vitest'
import { calibrationError } from '../../src/statistics/calibration-error.ts'
import { randomStream } from '../../src/statistics/random.ts'

describe('calibrationError', () => {
  it('is what an example gives by hand', () => {
    const { brier, ece } = calibrationError(Float64Array.of(0.95, 0.93, 0.15, 0.12), Uint8Array.of(1, 0, 0, 1))
    expect(brier).toBeCloseTo((0.05 ** 2 + 0.93 ** 2 + 0.15 ** 2 + 0.88 ** 2) / 4, 12)
    // Two bins of two: 0.94 said and 0.5 true, 0.135 said and 0.5 true.
    expect(ece).toBeCloseTo((0.44 + 0.365) / 2, 12)
  })

  it('is near 0 for probabilities that come true as often as they say, and 1 is in the last bin', () => {
    const random = randomStream(1, 'calibration')
    const said = Float64Array.from({ length: 50_000 }, () => random.next())
    const outcome = Uint8Array.from(said, (p) => (random.next() < p ? 1 : 0))
    expect(calibrationError(said, outcome).ece).toBeLessThan(0.015)
    expect(calibrationError(Float64Array.of(1, 1), Uint8Array.of(1, 1))).toEqual({ brier: 0, ece: 0 })
  })
})
