import { logFactorial } from './log-factorial.ts'

/**
 * ln P(R ≥ runs), R how many runs of one kind there are in a random order of so many things of two kinds; exact to rounding.
 * The larger, the more the kinds take turns: Wald and Wolfowitz 1940 (https://doi.org/10.1214/aoms/1177731909).
 * −Infinity where it cannot be reached.
 */
export function logRunsTail(runs: number, first: number, second: number): number {
  const most = 2 * Math.min(first, second) + (first === second ? 0 : 1)
  if (runs <= Math.min(first, 1) + Math.min(second, 1)) return 0
  if (runs > most) return Number.NEGATIVE_INFINITY
  const largest = Math.max(runs, Math.round(1 + (2 * first * second) / (first + second)))
  const scale = logWays(largest, first, second)
  let sum = 0
  for (let r = runs; r <= most; r += 1) {
    const term = Math.exp(logWays(r, first, second) - scale)
    sum += term
    if (r > largest && term < sum * 1e-17) break
  }
  return Math.min(0, Math.log(sum) + scale - logChoose(first + second, first))
}

/** ln of in how many orders there are so many runs. */
function logWays(runs: number, first: number, second: number): number {
  const half = runs >> 1
  const even = logChoose(first - 1, half - 1) + logChoose(second - 1, half - 1)
  if (runs % 2 === 0) return Math.LN2 + even
  // One run more of either kind: C(n − 1, k) is C(n − 1, k − 1) times (n − k) / k.
  return even + Math.log((first - half) / half + (second - half) / half)
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)
