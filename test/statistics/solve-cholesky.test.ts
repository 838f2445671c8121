import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solveCholesky } from '../../src/statistics/solve-cholesky.ts'

describe('solveCholesky', () => {
  it('solves the system of the 3 × 3 Hilbert matrix, whose inverse has whole numbers', () => {
    const hilbert = Float64Array.of(1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 3, 1 / 4, 1 / 5)
    const x = solveCholesky(hilbert, Float64Array.of(1, 0, 0))
    for (const [i, value] of [9, -36, 30].entries()) expect(x[i]).toBeCloseTo(value, 9)
  })

  it('gives back what was multiplied by AᵀA + I', () => {
    const size = 5
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (numbers) => {
          const a = numbers.slice(0, 25)
          const x = numbers.slice(25)
          const at = (i: number, j: number) =>
            a.reduce((sum, _, k) => (k < size ? sum + a[k * size + i]! * a[k * size + j]! : sum), i === j ? 1 : 0)
          const matrix = Float64Array.from({ length: 25 }, (_, k) => at(Math.floor(k / size), k % size))
          const b = Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + at(i, j) * value, 0))
          const found = solveCholesky(matrix, b)
          for (let i = 0; i < size; i++) expect(found[i]).toBeCloseTo(x[i]!, 7)
        },
      ),
    )
  })

  it('leaves an unknown that nothing determines at 0', () => {
    expect(Array.from(solveCholesky(Float64Array.of(4, 0, 0, 0), Float64Array.of(8, 0)))).toEqual([2, 0])
  })
})
