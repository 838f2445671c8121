import { lowerBound } from './lower-bound.ts'

/**
 * For every score the share of calibration scores that reach it, the score counted as one of them: a p-value where
 * calibration and score are exchangeable (Vovk, Gammerman and Shafer 2005, https://doi.org/10.1007/b106715). As all share
 * the calibration they depend on each other, in a way that the procedure of Benjamini and Hochberg allows (Bates, Candès,
 * Lei, Romano and Sesia 2023, https://doi.org/10.1214/22-AOS2244). Ties count against the claim, and so does a calibration
 * score that is NaN; a score that is NaN was not tested and stays NaN. O((n + m) log n).
 */
export function conformalPValues(calibration: Float64Array, scores: Float64Array): Float64Array {
  const sorted = calibration.slice().sort()
  return scores.map((score) =>
    Number.isNaN(score) ? score : (1 + sorted.length - lowerBound(sorted, score)) / (1 + sorted.length),
  )
}
