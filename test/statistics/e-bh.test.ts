import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eBenjaminiHochberg } from '../../src/statistics/e-bh.ts'

const e = fc.oneof(
  fc.constantFrom(0, 1, 20, Number.POSITIVE_INFINITY, Number.NaN),
  fc.double({ min: 0, max: 500, noNaN: true }),
)

describe('eBenjaminiHochberg', () => {
  it('reports the k* largest, k* the largest k whose k-th e-value is m/(α k) at least', () => {
    fc.assert(
      fc.property(fc.array(e, { maxLength: 30 }), fc.constantFrom(0.01, 0.05, 0.1, 0.3), (values, level) => {
        const tested = values.filter((value) => !Number.isNaN(value)).sort((a, b) => b - a)
        const last = tested.findLastIndex((value, i) => value >= tested.length / (level * (i + 1)) - 1e-12)
        const found = eBenjaminiHochberg(Float64Array.from(values))
        values.forEach((value, i) => {
          if (Number.isNaN(value)) expect(found[i]).toBeNaN()
          else expect(found[i]! <= level * (1 + 1e-12)).toBe(last >= 0 && value >= tested[last]!)
        })
      }),
    )
  })

  it('reports two of four where one alone would not be', () => {
    const found = eBenjaminiHochberg(Float64Array.of(50, 40, 1, 0))
    expect([...found]).toEqual([0.05, 0.05, 1, 1])
  })
})
