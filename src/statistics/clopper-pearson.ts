import { logFactorial } from './log-factorial.ts'

/**
 * One-sided exact bounds of a binomial share at a level of confidence such as 0.95 (Clopper and Pearson 1934,
 * https://doi.org/10.1093/biomet/26.4.404). A two-sided interval of 95 % takes 0.975.
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const [k, n] = [successes, trials]
  return {
    low: k === 0 ? 0 : quantile(1 - confidence, k, n - k + 1),
    high: k === n ? 1 : quantile(confidence, k + 1, n - k),
  }
}

/** Quantile of the beta distribution by halving: its distribution function rises from 0 to 1. */
function quantile(share: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, a, b) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Regularised incomplete beta function by its continued fraction (DLMF 8.17.22, by Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logFactorial(a + b - 1) -
      logFactorial(a - 1) -
      logFactorial(b - 1) +
      a * Math.log(x) +
      b * Math.log1p(-x) -
      Math.log(a),
  )
  const tiny = 1e-300
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d)
      c = away(1 + term / c)
      fraction *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return front * fraction

  function away(value: number): number {
    return Math.abs(value) < tiny ? tiny : value
  }
}
