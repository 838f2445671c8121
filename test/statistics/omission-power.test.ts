import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logsToCheck, omissionPower, omissionSeen } from '../../src/statistics/omission-power.ts'

describe('omissionPower', () => {
  it('is the chance that not all of the logs looked at were given', () => {
    expect(omissionPower(1, 0.3)).toBeCloseTo(0.3, 12)
    expect(omissionPower(2, 0.5)).toBeCloseTo(0.75, 12)
    expect(omissionPower(0, 0.5)).toBe(0)
    // 1 − 0.995^919, by exact rational arithmetic: 0.990015…
    expect(omissionPower(919, 0.005)).toBeCloseTo(1 - 0.995 ** 919, 10)
  })

  it('needs 919 logs to see one in 200 with 99 %, and not 918', () => {
    expect(logsToCheck(0.005, 0.99)).toBe(919)
    expect(omissionPower(919, 0.005)).toBeGreaterThanOrEqual(0.99)
    expect(omissionPower(918, 0.005)).toBeLessThan(0.99)
  })

  it('is the inverse of the share that is seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (n, power) => {
        expect(omissionPower(n, omissionSeen(n, power))).toBeCloseTo(power, 9)
      }),
    )
    expect(omissionSeen(0, 0.99)).toBe(1)
  })
})
