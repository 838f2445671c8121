/** Cases from the highest score down, with their class and a group for those of equal score. */
export type Ranking = {
  /** Numbers of the cases in this order. */
  readonly order: Int32Array
  /** 1 where the case has the same score as the one before it. */
  readonly tied: Uint8Array
  /** By number of the case: 1 positive, 0 negative. */
  readonly positive: Uint8Array
}

export function rankCases(scores: Float64Array, positive: Uint8Array): Ranking {
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const tied = Uint8Array.from(order, (i, at) => (at > 0 && scores[order[at - 1]!] === scores[i] ? 1 : 0))
  return { order, tied, positive }
}

export type RankingQuality = {
  /** Mean precision at each positive; positives of one score share the precision after all of them. */
  readonly averagePrecision: number
  /** Largest recall whose share of negatives is at most `falsePositiveRate`. */
  readonly recall: number
}

/** Quality of a ranking whose cases count as often as `weights` says (by number; once by default). NaN without positives. */
export function rankingQuality(
  { order, tied, positive }: Ranking,
  falsePositiveRate: number,
  weights?: Float64Array | Int32Array,
): RankingQuality {
  let [positives, negatives] = [0, 0]
  for (let i = 0; i < order.length; i++)
    if (positive[i] === 1) positives += weights?.[i] ?? 1
    else negatives += weights?.[i] ?? 1
  let [hits, misses, before, sum, recall] = [0, 0, 0, 0, 0]
  for (let at = 0; at < order.length; ) {
    do {
      const i = order[at++]!
      if (positive[i] === 1) hits += weights?.[i] ?? 1
      else misses += weights?.[i] ?? 1
    } while (at < order.length && tied[at] === 1)
    if (hits > before) sum += ((hits - before) * hits) / (hits + misses)
    before = hits
    if (misses <= falsePositiveRate * negatives) recall = hits / positives
  }
  return { averagePrecision: sum / positives, recall }
}
