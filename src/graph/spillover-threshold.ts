/** Volume between nodes of one market, each pair once or in parts. */
export type MarketEdges = { readonly from: Int32Array; readonly to: Int32Array; readonly volume: Float64Array }

export type SpilloverOptions = {
  /** Scores from which on a threshold may be; 0.8 to 0.99 by default, in thousandths. */
  readonly least?: number
  readonly most?: number
  /** Share of volume that may spill over, at most; 0.1 by default. */
  readonly spillover?: number
  /** Shares below this are as good as none; 0.001 by default. */
  readonly indifference?: number
}

export type SpilloverThreshold = {
  /** 1 where none is feasible: nothing is detected. */
  readonly threshold: number
  /** Spillover at each thousandth from `least` on; NaN where no node of the market has such a score. */
  readonly curve: Float64Array
}

/**
 * The score from which on trades of one market are detected: Sirolly, Ma, Kanoria and Sethi 2025
 * (https://doi.org/10.2139/ssrn.5714122, algorithm 1, part III). In a market a node has at most the largest score among
 * its counterparties there. Spillover is the share of volume with one end at the threshold whose other end is not: the
 * smallest threshold with the least of it is taken. The paper lets the threshold be any number; here it is in thousandths.
 * O(edges + nodes).
 */
export function spilloverThreshold(
  { from, to, volume }: MarketEdges,
  score: Float64Array,
  { least = 0.8, most = 0.99, spillover = 0.1, indifference = 0.001 }: SpilloverOptions = {},
): SpilloverThreshold {
  const nearest = new Float64Array(score.length).fill(Number.NEGATIVE_INFINITY)
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [from[edge]!, to[edge]!]
    if (a === b) continue
    nearest[a] = Math.max(nearest[a]!, score[b]!)
    nearest[b] = Math.max(nearest[b]!, score[a]!)
  }
  const first = Math.round(least * 1000)
  const steps = Math.max(0, Math.round(most * 1000) - first + 1)
  const [both, either] = [new Float64Array(steps), new Float64Array(steps)]
  // Of each edge the last threshold that its lower, and its higher end reach.
  const stepOf = (reached: number) => Math.min(steps, Math.floor(reached * 1000 + 1e-9) - first + 1) - 1
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [from[edge]!, to[edge]!]
    if (a === b) continue
    const ends = [a, b].map((node) => Math.min(score[node]!, nearest[node]!)) as [number, number]
    const [low, high] = [stepOf(Math.min(...ends)), stepOf(Math.max(...ends))]
    if (low >= 0) both[low]! += volume[edge]!
    if (high >= 0) either[high]! += volume[edge]!
  }
  for (let step = steps - 2; step >= 0; step--) {
    both[step]! += both[step + 1]!
    either[step]! += either[step + 1]!
  }
  const curve = either.map((all, step) => (all > 0 ? 1 - both[step]! / all : Number.NaN))
  let best = -1
  const cost = (step: number) => Math.max(indifference, curve[step]!)
  for (let step = 0; step < steps; step++)
    if (curve[step]! <= spillover && (best === -1 || cost(step) < cost(best) - 1e-12)) best = step
  return { threshold: best === -1 ? 1 : (first + best) / 1000, curve }
}
