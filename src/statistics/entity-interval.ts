import { quantile } from './cluster-bootstrap.ts'
import type { Random } from './random.ts'

export type Interval = { readonly low: number; readonly high: number }

/** Draws for an interval: so many, and fewer where many entities make each of them long. */
const DRAWS = { most: 999, least: 199, work: 1_000_000 }

/**
 * An interval of 95 % for a sum over entities that came by chance, each with its value, as others of their kind might have:
 * weights of every entity are drawn from the exponential distribution (Rubin 1981, https://doi.org/10.1214/aos/1176345338),
 * and one more entity of the value `another` stands at the upper end, as in Fay and Feuer 1997
 * (https://doi.org/10.1002/(SICI)1097-0258(19970415)16:7%3C791::AID-SIM500%3E3.0.CO;2-%23). For equal values the ends are
 * those of Garwood for a Poisson count; without any entity the lower end is 0 and the upper one 3.69 times `another`.
 */
export function entityInterval(values: Float64Array, another: number, random: Random): Interval {
  const draws = drawsFor(values.length)
  const [lower, upper] = [new Float64Array(draws), new Float64Array(draws)]
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0
    for (const value of values) sum += value * random.exponential()
    lower[draw] = sum
    upper[draw] = sum + another * random.exponential()
  }
  return { low: values.length === 0 ? 0 : quantile(lower, 0.025), high: quantile(upper, 0.975) }
}

/** An interval of 95 % for the ratio of two sums over the same entities, by the same weights; null where nothing is below. */
export function entityRatioInterval(top: Float64Array, bottom: Float64Array, random: Random): Interval | null {
  const draws = drawsFor(top.length)
  const ratios = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw += 1) {
    let [above, below] = [0, 0]
    for (let i = 0; i < top.length; i += 1) {
      const weight = random.exponential()
      above += top[i]! * weight
      below += bottom[i]! * weight
    }
    ratios[draw] = above / below
  }
  if (!bottom.some((one) => one > 0)) return null
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) }
}

function drawsFor(entities: number): number {
  return Math.max(DRAWS.least, Math.min(DRAWS.most, Math.floor(DRAWS.work / Math.max(1, entities))))
}
