import { lowerBound } from './lower-bound.ts'

/**
 * q-value of every p-value: the lowest false-discovery rate at which it is still reported (Benjamini and Hochberg 1995,
 * https://doi.org/10.1111/j.2517-6161.1995.tb02031.x, in the order of the p-values made monotone). A p-value that is NaN
 * was not tested: it stays NaN and does not count.
 */
export function benjaminiHochberg(pValues: Float64Array): Float64Array {
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort()
  const tested = sorted.length
  const lowest = new Float64Array(tested)
  let q = 1
  for (let rank = tested; rank > 0; rank--) {
    q = Math.min(q, (sorted[rank - 1]! * tested) / rank)
    lowest[rank - 1] = q
  }
  return pValues.map((p) => (Number.isNaN(p) ? p : lowest[lowerBound(sorted, p)]!))
}
