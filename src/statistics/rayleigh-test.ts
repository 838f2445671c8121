export type PhaseLocking = {
  /** Length of the mean of the phases as unit vectors: 0 spread evenly, 1 all the same. NaN without times. */
  readonly resultant: number
  /** Of phases that are independent and uniform. NaN without times. */
  readonly pValue: number
}

/**
 * Rayleigh's test of times locked to a phase of a period, both in one unit, such as UTC ms. The p-value is that of
 * Greenwood and Durand 1955 (https://doi.org/10.1214/aoms/1177728485) as Zar gives it (Biostatistical Analysis, 27.4); to
 * first order it is exp(−n R²). It holds for one period chosen beforehand: over k periods take k times the least.
 */
export function rayleighTest(times: Float64Array, period: number): PhaseLocking {
  const n = times.length
  let [x, y] = [0, 0]
  for (const time of times) {
    const phase = (2 * Math.PI * (time % period)) / period
    x += Math.cos(phase)
    y += Math.sin(phase)
  }
  const length = Math.hypot(x, y)
  const pValue = Math.exp(Math.sqrt(1 + 4 * n + 4 * Math.max(0, n * n - length * length)) - (1 + 2 * n))
  return { resultant: length / n, pValue: n === 0 ? Number.NaN : Math.min(1, pValue) }
}
