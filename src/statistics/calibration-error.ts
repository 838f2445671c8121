const BINS = 10

export type CalibrationError = {
  /** Mean squared difference of probability and outcome (Brier 1950). */
  readonly brier: number
  /** Expected calibration error over ten bins of equal width (Guo et al. 2017, https://arxiv.org/abs/1706.04599). */
  readonly ece: number
}

/** How far probabilities are from the outcomes, which are 0 or 1; NaN without any. */
export function calibrationError(probability: Float64Array, outcome: Uint8Array): CalibrationError {
  const n = probability.length
  const sums = { count: new Float64Array(BINS), said: new Float64Array(BINS), true: new Float64Array(BINS) }
  let squares = 0
  for (let i = 0; i < n; i++) {
    const p = probability[i]!
    const bin = Math.min(BINS - 1, Math.floor(p * BINS))
    sums.count[bin]!++
    sums.said[bin]! += p
    sums.true[bin]! += outcome[i]!
    squares += (p - outcome[i]!) ** 2
  }
  const gaps = sums.count.map((_, bin) => Math.abs(sums.said[bin]! - sums.true[bin]!))
  return { brier: squares / n, ece: gaps.reduce((sum, gap) => sum + gap, 0) / n }
}
