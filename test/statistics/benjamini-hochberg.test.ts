import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts'
import { randomStream } from '../../src/statistics/random.ts'

const p = fc.oneof(
  fc.constant(Number.NaN),
  fc.constantFrom(0, 0.01, 0.5, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
)

describe('benjaminiHochberg', () => {
  it('gives the values of the example of its authors', () => {
    // Benjamini and Hochberg 1995, section 3.2, p-values of the thrombolysis study: four are reported at 0.05. q-values by
    // statsmodels 0.14: multipletests(p, method='fdr_bh')[1].
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    const exact = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486,
      0.5811818181818182, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
    ]
    const found = benjaminiHochberg(Float64Array.from(published))
    for (const [i, q] of exact.entries()) expect(found[i]).toBeCloseTo(q, 14)
    expect(found.filter((q) => q <= 0.05).length).toBe(4)
  })

  it('reports at every level what the step-up procedure reports', () => {
    fc.assert(
      fc.property(
        fc.array(p, { maxLength: 30 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (values, level) => {
          const tested = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
          const last = tested.findLastIndex((value, i) => (value * tested.length) / (i + 1) <= level)
          const found = benjaminiHochberg(Float64Array.from(values))
          values.forEach((value, i) => {
            if (Number.isNaN(value)) expect(found[i]).toBeNaN()
            else expect(found[i]! <= level).toBe(last >= 0 && value <= tested[last]!)
          })
        },
      ),
    )
  })

  it('holds the rate of false discoveries', () => {
    const random = randomStream(1, 'benjamini-hochberg')
    let rate = 0
    for (let world = 0; world < 2000; world++) {
      const found = benjaminiHochberg(new Float64Array(40).map((_, i) => (i < 10 ? random.next() ** 6 : random.next())))
      const reported = found.filter((q) => q <= 0.2).length
      const wrong = found.slice(10).filter((q) => q <= 0.2).length
      rate += wrong / Math.max(1, reported) / 2000
    }
    // At independent p-values it is the level times the share of true nulls, 0.15; the error of the mean is 0.004.
    expect(rate).toBeGreaterThan(0.13)
    expect(rate).toBeLessThan(0.17)
  })
})
