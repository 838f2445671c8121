/**
 * Solves A x = b for a symmetric positive definite A of `size` rows, given row by row; only its lower half is read, and
 * is overwritten by the factor. A pivot that is not positive counts as one that leaves its unknown at 0.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = a[row * size + column]!
      for (let k = 0; k < column; k++) sum -= a[row * size + k]! * a[column * size + k]!
      if (row === column) a[row * size + row] = sum > 0 ? Math.sqrt(sum) : Number.POSITIVE_INFINITY
      else a[row * size + column] = sum / a[column * size + column]!
    }
  const x = b.slice()
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= a[row * size + k]! * x[k]!
    x[row]! /= a[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= a[k * size + row]! * x[k]!
    x[row]! /= a[row * size + row]!
  }
  return x
}
