import { find, singletons, unite } from '../graph/union-find.ts'
import { joinLinks, type Links, strongestFirst } from './links.ts'
import type { Twins } from './twin-scan.ts'

/** Thresholds of probability at which components are looked at: logit 5, 4.5, …, −1. */
const THRESHOLDS = Array.from({ length: 13 }, (_, step) => 1 / (1 + Math.exp(step / 2 - 5)))
const SIZE_CAP = 30
/** Wallets from which on a cluster is a cohort. */
export const COHORT = 8

export type Survival = {
  /** For ranking: how large a component survives at how strict a threshold, and for ties how much evidence there is. */
  readonly score: Float64Array
  /** Highest probability p at which links of at least p join the wallet with seven others; 0 where none do. */
  readonly cohort: Float64Array
}

/** Follows components from the strictest threshold down, in one union-find. O(links log links + thresholds × wallets). */
export function survivalScore(wallets: number, graph: Links, twins: Twins): Survival {
  const links = joinLinks(graph, twins.links)
  const { first, second, probability } = links
  const evidence = new Float64Array(wallets)
  for (let link = 0; link < first.length; link++) {
    evidence[first[link]!]! += probability[link]!
    evidence[second[link]!]! += probability[link]!
  }
  const order = strongestFirst(links)
  const score = evidence.map((sum, wallet) => 0.05 * Math.log1p(sum) + 0.01 * Math.min(twins.surprise[wallet]!, 15))
  const sets = singletons(wallets)
  let at = 0
  for (const threshold of THRESHOLDS) {
    for (; at < order.length && probability[order[at]!]! > threshold; at++)
      unite(sets, first[order[at]!]!, second[order[at]!]!)
    for (let wallet = 0; wallet < wallets; wallet++)
      score[wallet]! += Math.log(Math.min(sets.size[find(sets, wallet)]!, SIZE_CAP)) / THRESHOLDS.length
  }
  return { score, cohort: cohortProbability(wallets, links, order) }
}

/** Sets that have reached the size of a cohort are dissolved into one list, so that each wallet is met once. */
function cohortProbability(wallets: number, { first, second, probability }: Links, order: Int32Array): Float64Array {
  const cohort = new Float64Array(wallets)
  const sets = singletons(wallets)
  const next = Int32Array.from({ length: wallets }, (_, wallet) => wallet)
  for (const link of order) {
    const [a, b] = [find(sets, first[link]!), find(sets, second[link]!)]
    if (a === b) continue
    const [sizeA, sizeB] = [sets.size[a]!, sets.size[b]!]
    unite(sets, a, b)
    // Members stand in a ring; two rings become one where two of their links change places.
    ;[next[a], next[b]] = [next[b]!, next[a]!]
    if (sizeA + sizeB < COHORT) continue
    for (const [root, size] of [
      [a, sizeA],
      [b, sizeB],
    ] as const)
      if (size < COHORT) markRing(next, root, cohort, probability[link]!)
  }
  return cohort
}

function markRing(next: Int32Array, start: number, cohort: Float64Array, value: number): void {
  let at = start
  do {
    if (cohort[at] === 0) cohort[at] = value
    at = next[at]!
  } while (at !== start)
}
