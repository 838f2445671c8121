/** Beyond so many terms sums are not counted out but bounded. */
const MOST_TERMS = 12

/**
 * P(sum ≥ least) of independent terms, each its weight with its probability and else 0: exact by counting out all subsets of
 * up to twelve terms, above that the bound of Markov, which is never too small. Weights are positive.
 */
export function weightedBernoulliTail(weight: Float64Array, probability: Float64Array, least: number): number {
  if (least <= 0) return 1
  // Sums in another order differ in their last digits.
  const reached = least * (1 - 1e-12)
  if (weight.length > MOST_TERMS) {
    const mean = weight.reduce((sum, one, i) => sum + one * probability[i]!, 0)
    return Math.min(1, mean / reached)
  }
  const tail = (term: number, missing: number): number => {
    if (missing <= 0) return 1
    if (term === weight.length) return 0
    const chance = probability[term]!
    return chance * tail(term + 1, missing - weight[term]!) + (1 - chance) * tail(term + 1, missing)
  }
  return tail(0, reached)
}
