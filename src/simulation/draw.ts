import type { Random } from '../statistics/random.ts'

/** Picks numbers below `n`, i with weight (i + 1)^−exponent: few large, many small, as customers and services are. */
export function zipf(n: number, exponent = 1): (random: Random) => number {
  const ends = new Float64Array(n)
  let total = 0
  for (let i = 0; i < n; i++) {
    total += (i + 1) ** -exponent
    ends[i] = total
  }
  return (random) => {
    const wanted = random.next() * total
    let [low, high] = [0, n - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Log-normal: heavy in its tail. `median` and the result have one unit. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal())
}

/** Uniform in [from, to). */
export function between(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from)
}

/** Uniform whole number in [from, to]. */
export function whole(random: Random, from: number, to: number): number {
  return from + random.below(to - from + 1)
}

/** Draws from a distribution given by its quantiles at `probabilities`, straight between them. */
export function fromQuantiles(random: Random, probabilities: readonly number[], quantiles: readonly number[]): number {
  const at = random.next()
  let i = 1
  while (i < probabilities.length - 1 && (probabilities[i] as number) < at) i++
  const [low, high] = [probabilities[i - 1] as number, probabilities[i] as number]
  const [from, to] = [quantiles[i - 1] as number, quantiles[i] as number]
  return from + ((at - low) / (high - low)) * (to - from)
}
