import { studentQuantile, studentTail } from './student-tail.ts'

/** Deviations of x and y from the mean of their stratum, of one cluster. */
export type Deviations = { readonly x: readonly number[]; readonly y: readonly number[] }

/** A slope with its 95 % interval and the p-value that it exceeds 0. */
export type Slope = {
  readonly slope: number
  readonly low: number
  readonly high: number
  readonly pValue: number
  /** What turns a slope into the correlation of x and y: the deviation of x by that of y. */
  readonly toCorrelation: number
}

/**
 * Least squares of y on x within strata, with errors that clusters share: the sandwich of Liang and Zeger 1986
 * (https://doi.org/10.1093/biomet/73.1.13), times n/(n − 1) of n clusters, and Student’s distribution with n − 1 degrees of
 * freedom. Null: fewer than two clusters, or x or y that does not vary.
 */
export function clusteredSlope(clusters: readonly Deviations[]): Slope | null {
  let [xx, xy, yy] = [0, 0, 0]
  for (const { x, y } of clusters)
    for (let i = 0; i < x.length; i++) {
      xx += x[i]! * x[i]!
      xy += x[i]! * y[i]!
      yy += y[i]! * y[i]!
    }
  const size = clusters.length
  if (size < 2 || !(xx > 0) || !(yy > 0)) return null
  const slope = xy / xx
  let squares = 0
  for (const { x, y } of clusters) squares += x.reduce((sum, one, i) => sum + one * (y[i]! - slope * one), 0) ** 2
  const error = Math.sqrt((squares * size) / (size - 1)) / xx
  const margin = studentQuantile(0.025, size - 1) * error
  const pValue = error > 0 ? studentTail(slope / error, size - 1) : slope > 0 ? 0 : 1
  return { slope, low: slope - margin, high: slope + margin, pValue, toCorrelation: Math.sqrt(xx / yy) }
}
