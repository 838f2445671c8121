import type { Draw } from './hypergeometric-tail.ts'

/** Mass below this share of the whole is set aside, and counted as reached. */
const NEGLIGIBLE = 1e-18

/**
 * P(Σ X ≥ count) of independent hypergeometric variables, one a stratum: the exact conditional test of a difference within
 * strata, such as hits among the rewarded windows of each subject (Mehta, Patel and Gray 1985,
 * https://doi.org/10.1080/01621459.1985.10478212). A stratum whose draw is settled beforehand says nothing.
 */
export function stratifiedTail(count: number, strata: readonly Draw[]): number {
  let offset = 0
  let mass = Float64Array.of(1)
  let reached = 0
  for (const stratum of strata) {
    const { least, masses } = hypergeometricMasses(stratum)
    offset += least
    const next = new Float64Array(mass.length + masses.length - 1)
    for (let i = 0; i < mass.length; i++) for (let j = 0; j < masses.length; j++) next[i + j]! += mass[i]! * masses[j]!
    let [from, to] = [0, next.length]
    while (next[from]! < NEGLIGIBLE && from < to - 1) from++
    while (next[to - 1]! < NEGLIGIBLE && to > from + 1) reached += next[--to]!
    offset += from
    mass = next.subarray(from, to)
  }
  for (let i = Math.max(0, count - offset); i < mass.length; i++) reached += mass[i]!
  return Math.min(1, reached)
}

/** Mean and variance of the number that is marked among the drawn. */
export function hypergeometricMoments({ population, marked, drawn }: Draw): {
  readonly mean: number
  readonly variance: number
} {
  const mean = (drawn * marked) / population
  const rest = ((population - marked) / population) * ((population - drawn) / Math.max(1, population - 1))
  return { mean, variance: mean * rest }
}

function hypergeometricMasses({ population, marked, drawn }: Draw): {
  readonly least: number
  readonly masses: Float64Array
} {
  const unmarked = population - marked
  const [least, most] = [Math.max(0, drawn - unmarked), Math.min(marked, drawn)]
  const masses = new Float64Array(most - least + 1)
  const ratio = (k: number) => ((marked - k) * (drawn - k)) / ((k + 1) * (unmarked - drawn + k + 1))
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (marked + 1)) / (population + 2))))
  masses[mode - least] = 1
  for (let k = mode; k < most; k++) masses[k + 1 - least] = masses[k - least]! * ratio(k)
  for (let k = mode; k > least; k--) masses[k - 1 - least] = masses[k - least]! / ratio(k - 1)
  const total = masses.reduce((sum, one) => sum + one, 0)
  return { least, masses: masses.map((one) => one / total) }
}
