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
  weights: Int32Array = new Int32Array(positive.length).fill(1),
): RankingQuality {
  let [positives, all] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    positives += weights[i]! * positive[i]!
    all += weights[i]!
  }
  const allowed = falsePositiveRate * (all - positives)
  let [hits, seen, before, sum, recalled] = [0, 0, 0, 0, 0]
  for (let at = 0; at < order.length; ) {
    do {
      const i = order[at++]!
      hits += weights[i]! * positive[i]!
      seen += weights[i]!
    } while (at < order.length && tied[at] === 1)
    if (hits > before) sum += ((hits - before) * hits) / seen
    before = hits
    if (seen - hits <= allowed) recalled = hits
  }
  return { averagePrecision: sum / positives, recall: recalled / positives }
}
