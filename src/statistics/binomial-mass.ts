import { logFactorial } from './log-factorial.ts'

/**
 * ln P(X = k) of a binomial variable; −Infinity where it cannot be. By Loader's saddle-point expansion (Loader 2000, Fast
 * and Accurate Computation of Binomial Probabilities), which takes no difference of large numbers: the probability is
 * exact to some 1e-13 of itself for millions of trials, where factorials lose six digits.
 */
export function logBinomialMass(k: number, trials: number, p: number): number {
  const rest = trials - k
  if (k < 0 || rest < 0 || (p === 0 && k > 0) || (p === 1 && rest > 0)) return Number.NEGATIVE_INFINITY
  if (k === 0) return trials === 0 ? 0 : trials * Math.log1p(-p)
  if (rest === 0) return trials * Math.log(p)
  const spread = stirlingError(trials) - stirlingError(k) - stirlingError(rest)
  const away = deviance(k, trials * p) + deviance(rest, trials * (1 - p))
  return spread - away + 0.5 * Math.log(trials / (2 * Math.PI * k * rest))
}

/** ln n! less Stirling's formula; the series of https://dlmf.nist.gov/5.11.E1 from 16. */
function stirlingError(n: number): number {
  if (n < 16) return logFactorial(n) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI)
  const square = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
}

/** x ln(x / mean) + mean − x, by a series where x is near the mean and the terms would cancel. */
function deviance(x: number, mean: number): number {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference
  const ratio = difference / (x + mean)
  let sum = difference * ratio
  let term = 2 * x * ratio
  for (let odd = 3; ; odd += 2) {
    term *= ratio * ratio
    const next = sum + term / odd
    if (next === sum) return sum
    sum = next
  }
}
