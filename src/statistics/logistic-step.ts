import { solveCholesky } from './solve-cholesky.ts'

/** Rows of zeros and ones: row i has ones in columns[offsets[i]] to columns[offsets[i + 1] - 1], rising, 0 among them. */
export type BinaryDesign = { readonly width: number; readonly offsets: Int32Array; readonly columns: Uint8Array }

/** Linear predictor of every row. */
export function linearPredictor({ offsets, columns }: BinaryDesign, beta: Float64Array): Float64Array {
  const eta = new Float64Array(offsets.length - 1)
  for (let row = 0; row < eta.length; row++) {
    let sum = 0
    for (let place = offsets[row]!; place < offsets[row + 1]!; place++) sum += beta[columns[place]!]!
    eta[row] = sum
  }
  return eta
}

/**
 * One Newton step of logistic regression with a ridge on every coefficient but the first, the intercept; no coefficient
 * moves by more than 1. Row i stands for weights[i] cases, of which targets[i] (a sum, not a share) are positive.
 */
export function logisticStep(
  design: BinaryDesign,
  weights: Float64Array,
  targets: Float64Array,
  beta: Float64Array,
  ridge: number,
): Float64Array {
  const { width, offsets, columns } = design
  const hessian = new Float64Array(width * width)
  const gradient = new Float64Array(width)
  const eta = linearPredictor(design, beta)
  for (let row = 0; row < eta.length; row++) {
    const p = 1 / (1 + Math.exp(-eta[row]!))
    const residual = targets[row]! - weights[row]! * p
    const curvature = weights[row]! * p * (1 - p)
    const end = offsets[row + 1]!
    for (let a = offsets[row]!; a < end; a++) {
      const column = columns[a]!
      gradient[column]! += residual
      const line = column * width
      for (let b = offsets[row]!; b <= a; b++) hessian[line + columns[b]!]! += curvature
    }
  }
  for (let column = 0; column < width; column++) {
    const penalty = column === 0 ? 1e-9 : ridge
    gradient[column]! -= (column === 0 ? 0 : ridge) * beta[column]!
    hessian[column * width + column]! += penalty
  }
  const step = solveCholesky(hessian, gradient)
  return beta.map((value, column) => value + Math.max(-1, Math.min(1, step[column]!)))
}
