import { logFactorial } from './log-factorial.ts'

/** ln P(X ≥ count) of a Poisson variable X; exact to rounding in both tails. −Infinity where it cannot be reached. */
export function logPoissonTail(count: number, mean: number): number {
  if (count <= 0) return 0
  if (!(mean > 0)) return Number.NEGATIVE_INFINITY
  let [sum, term] = [1, 1]
  if (count > mean) {
    for (let k = count + 1; term > sum * 1e-17; k++) {
      term *= mean / k
      sum += term
    }
    return count * Math.log(mean) - mean - logFactorial(count) + Math.log(sum)
  }
  for (let k = count - 1; k > 0 && term > sum * 1e-17; k--) {
    term *= k / mean
    sum += term
  }
  return Math.log1p(-Math.exp((count - 1) * Math.log(mean) - mean - logFactorial(count - 1)) * sum)
}
