import { logBinomialMass } from './binomial-mass.ts'

/** ln P(X ≥ count) of a binomial variable X; exact to rounding in both tails. −Infinity where it cannot be reached. */
export function logBinomialTail(count: number, trials: number, p: number): number {
  if (count <= 0) return 0
  if (count > trials || p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return 0
  const odds = p / (1 - p)
  let [sum, term] = [1, 1]
  if (count > trials * p) {
    for (let k = count; term > sum * 1e-17; k++) {
      term *= ((trials - k) / (k + 1)) * odds
      sum += term
    }
    return logBinomialMass(count, trials, p) + Math.log(sum)
  }
  for (let k = count - 1; term > sum * 1e-17; k--) {
    term *= k / (trials - k + 1) / odds
    sum += term
  }
  return Math.log1p(-Math.exp(logBinomialMass(count - 1, trials, p) + Math.log(sum)))
}
