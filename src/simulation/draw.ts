import type { Random } from '../statistics/random.ts'

/** Picks item i with weight 1 / (i + 1): few large, many small, as customers and services are. */
export function pickZipf<value>(random: Random, values: readonly value[]): value {
  let total = 0
  for (let i = 0; i < values.length; i++) total += 1 / (i + 1)
  let rest = random.next() * total
  for (let i = 0; i < values.length - 1; i++) {
    rest -= 1 / (i + 1)
    if (rest < 0) return values[i] as value
  }
  return values[values.length - 1] as value
}

/** Log-normal: heavy in its tail. `median` and the result have one unit. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal())
}

/** Uniform in [from, to). */
export function between(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from)
}
