import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logRunsTail } from '../../src/statistics/runs-tail.ts'

/** How many orders of so many things of two kinds have at least so many runs, each order made and looked at. */
function countOrders(runs: number, first: number, second: number) {
  let [all, reached] = [0, 0]
  const place = (a: number, b: number, last: number, sofar: number) => {
    if (a + b === 0) {
      all += 1
      if (sofar >= runs) reached += 1
      return
    }
    if (a > 0) place(a - 1, b, 0, sofar + Number(last !== 0))
    if (b > 0) place(a, b - 1, 1, sofar + Number(last !== 1))
  }
  place(first, second, -1, 0)
  return { all, reached }
}

describe('logRunsTail', () => {
  it('is the share of all orders', () => {
    const size = fc.integer({ min: 1, max: 7 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 16 }), (first, second, runs) => {
        const { all, reached } = countOrders(runs, first, second)
        expect(Math.exp(logRunsTail(runs, first, second))).toBeCloseTo(reached / all, 12)
      }),
    )
  })

  // Swed and Eisenhart 1943 (https://doi.org/10.1214/aoms/1177731494), Table I, for 10 and 10: P(R ≤ 13) = .872,
  // P(R ≤ 15) = .981.
  it.each([
    [14, 1 - 0.872],
    [16, 1 - 0.981],
  ])('is the published probability of %d runs or more', (runs, published) => {
    expect(Math.exp(logRunsTail(runs, 10, 10))).toBeCloseTo(published, 3)
  })

  it('is exact where turns are perfect, far out', () => {
    const choose = Array.from({ length: 200 }, (_, i) => Math.log(201 + i) - Math.log(1 + i)).reduce((a, b) => a + b)
    expect(logRunsTail(400, 200, 200)).toBeCloseTo(Math.LN2 - choose, 9)
    expect(logRunsTail(401, 200, 200)).toBe(Number.NEGATIVE_INFINITY)
    expect(logRunsTail(2, 5, 9)).toBe(0)
  })
})
