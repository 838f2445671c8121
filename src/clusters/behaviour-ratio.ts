import { BEHAVIOUR_BINS, type Behaviour, behaviourBin, MONTH_APART } from './behaviour.ts'
import type { Incidences } from './incidences.ts'
import { visitPairs } from './shared-pairs.ts'

/** Seed pairs share a counterparty of at most so many wallets, and neither wallet has more counterparties than this. */
const SEED_SHARED_BY = 3
const SEED_DEGREE = 8
/** How many seed pairs the null table counts as. */
const PRIOR_SEEDS = 25
const LEAST_LOG_RATIO = -3
/** Related wallets that begin at least 30 days apart, beside as many wallets drawn at random. */
const RELATED_APART = 0.135

export type BehaviourRatio = {
  /** How many times likelier each bin is for related wallets than for two wallets drawn at random. */
  readonly ratio: Float64Array
  readonly seeds: number
  /** Share of seed pairs that behave unlike wallets drawn at random: those missing at 30 days apart or more. */
  readonly coordination: number
}

/**
 * Learns the ratio from pairs that the graph alone says are likely related, without any label. Seeds that are not related
 * after all, as where dust was sent to strangers, show in pairs that began far apart; they are taken out as so many pairs
 * drawn at random.
 */
export function behaviourRatio(incidences: Incidences, behaviour: Behaviour, none: Float64Array): BehaviourRatio {
  const counts = seedCounts(incidences, behaviour)
  const seeds = counts.reduce((sum, count) => sum + count, 0)
  const least = Math.exp(LEAST_LOG_RATIO)
  const apart = (shares: Float64Array) => shares.subarray(MONTH_APART).reduce((sum, share) => sum + share, 0)
  const coordination = seeds === 0 ? 0 : 1 - Math.min(1, apart(counts) / seeds / apart(none))
  const related = Math.max(0.01, Math.min(1, coordination / (1 - RELATED_APART)))
  const ratio = counts.map((count, bin) => {
    const mixed = (count + PRIOR_SEEDS * none[bin]!) / (seeds + PRIOR_SEEDS) / none[bin]!
    return Math.max(least, (mixed - (1 - related)) / related)
  })
  return { ratio, seeds, coordination }
}

function seedCounts(incidences: Incidences, behaviour: Behaviour): Float64Array {
  const { degree, counterparty, aroundOffsets } = incidences
  const counts = new Float64Array(BEHAVIOUR_BINS)
  const isRare = (first: number) =>
    aroundOffsets[counterparty[first]! + 1]! - aroundOffsets[counterparty[first]!]! <= SEED_SHARED_BY
  visitPairs(incidences, ({ wallet, count, others, direct, rows }) => {
    if (degree[wallet]! > SEED_DEGREE) return
    const isSeed = Array.from({ length: count }, (_, pair) => direct[pair] !== -1)
    for (let row = 0; row < rows.count; row++) if (isRare(rows.first[row]!)) isSeed[rows.pair[row]!] = true
    for (let pair = 0; pair < count; pair++)
      if (isSeed[pair] && degree[others[pair]!]! <= SEED_DEGREE)
        counts[behaviourBin(behaviour, wallet, others[pair]!)]!++
  })
  return counts
}
