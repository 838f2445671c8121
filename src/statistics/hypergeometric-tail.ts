import { logBinomialMass } from './binomial-mass.ts'

/** A draw without replacement: of `population` things, `marked` are marked and `drawn` are drawn. */
export type Draw = { readonly population: number; readonly marked: number; readonly drawn: number }

/**
 * ln P(X ≥ count), X how many of the drawn are marked; exact to rounding in both tails. −Infinity where it cannot be
 * reached. Two wallets active in K and n of N slots share X by chance: the test of a statistically validated network
 * (Tumminello, Miccichè, Lillo, Piilo and Mantegna 2011, https://doi.org/10.1371/journal.pone.0017994).
 */
export function logHypergeometricTail(count: number, { population, marked, drawn }: Draw): number {
  const unmarked = population - marked
  const [least, most] = [Math.max(0, drawn - unmarked), Math.min(marked, drawn)]
  if (count <= least) return 0
  if (count > most) return Number.NEGATIVE_INFINITY
  let [sum, term] = [1, 1]
  if (count * population > marked * drawn) {
    for (let k = count; term > sum * 1e-17; k++) {
      term *= ((marked - k) / (k + 1)) * ((drawn - k) / (unmarked - drawn + k + 1))
      sum += term
    }
    return logMass(count) + Math.log(sum)
  }
  for (let k = count - 1; term > sum * 1e-17; k--) {
    term *= (k / (marked - k + 1)) * ((unmarked - drawn + k) / (drawn - k + 1))
    sum += term
  }
  return Math.log1p(-Math.exp(logMass(count - 1) + Math.log(sum)))

  /** Marked and unmarked each drawn with the same probability, given that `drawn` are: any probability will do. */
  function logMass(k: number): number {
    const p = drawn / population
    const apart = logBinomialMass(k, marked, p) + logBinomialMass(drawn - k, unmarked, p)
    return apart - logBinomialMass(drawn, population, p)
  }
}
