import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/statistics/random.ts'
import { rayleighTest } from '../../src/statistics/rayleigh-test.ts'

describe('rayleighTest', () => {
  it('gives the published values of eight angles', () => {
    // Zar, Biostatistical Analysis, examples 26.4 and 27.1: r = 0.82522, R = 6.60176, 0.001 < p < 0.002.
    const found = rayleighTest(Float64Array.of(45, 55, 81, 96, 110, 117, 132, 154), 360)
    expect(found.resultant).toBeCloseTo(0.82522, 5)
    expect(found.pValue).toBeGreaterThan(0.001)
    expect(found.pValue).toBeLessThan(0.002)
  })

  it.each([5, 30, 300])('rejects at its level for %d uniform phases', (n) => {
    const random = randomStream(1, `rayleigh-test-${n}`)
    const worlds = 6000
    const p = new Float64Array(worlds).map(
      () =>
        rayleighTest(
          new Float64Array(n).map(() => random.next() * 9e11),
          60_000,
        ).pValue,
    )
    for (const level of [0.05, 0.3]) {
      const share = p.filter((value) => value <= level).length / worlds
      expect(Math.abs(share - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / worlds) + 0.1 * level)
    }
  })

  it('is exp(−n R²) to first order, and finds what is locked', () => {
    const random = randomStream(1, 'rayleigh-test')
    const times = new Float64Array(400).map((_, i) => 1.7e12 + 300_000 * i + 80_000 * random.normal())
    const { resultant, pValue } = rayleighTest(times, 300_000)
    expect(Math.log(pValue) / (-400 * resultant ** 2)).toBeCloseTo(1, 1)
    expect(pValue).toBeLessThan(1e-6)
  })

  it('is nothing without times, and 1 at most', () => {
    expect(rayleighTest(new Float64Array(), 60)).toEqual({ resultant: Number.NaN, pValue: Number.NaN })
    expect(rayleighTest(Float64Array.of(0, 30), 60).pValue).toBe(1)
    expect(rayleighTest(Float64Array.of(-1, 59), 60).resultant).toBeCloseTo(1, 12)
  })
})
