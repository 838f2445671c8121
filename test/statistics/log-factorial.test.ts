import { describe, expect, it } from 'vitest'
import { logFactorial } from '../../src/statistics/log-factorial.ts'

describe('logFactorial', () => {
  it('is the sum of logarithms, on both sides of where the series begins', () => {
    let sum = 0
    for (let n = 1; n <= 2000; n++) {
      sum += Math.log(n)
      expect(Math.abs(logFactorial(n) - sum)).toBeLessThan(1e-9)
    }
    expect(logFactorial(0)).toBe(0)
    // ln 1000!, https://oeis.org/A000142 by its 2568 digits: 5912.128178488163…
    expect(logFactorial(1000)).toBeCloseTo(5912.128178488163, 8)
  })
})
