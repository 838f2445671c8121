/**
 * Burstiness of gaps between events: −1 a metronome, 0 a Poisson process, 1 all at once, at any number of gaps. Kim and Jo
 * 2016 (https://doi.org/10.1103/PhysRevE.94.032311, equation 22), with standard deviation over mean of the gaps. NaN below
 * two gaps, or where no time passes.
 */
export function finiteBurstiness(gaps: Float64Array): number {
  const n = gaps.length
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / n
  if (n < 2 || !(mean > 0)) return Number.NaN
  const ratio = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / n) / mean
  const [more, less] = [Math.sqrt(n + 1), Math.sqrt(n - 1)]
  return (more * ratio - less) / ((more - 2) * ratio + less)
}
