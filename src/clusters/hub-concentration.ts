import { BEHAVIOUR_BINS, type Behaviour, behaviourBin } from './behaviour.ts'
import type { Incidences } from './incidences.ts'
import { visitPairs } from './shared-pairs.ts'

const ROUNDS = 30
const START = 0.2
const LARGEST_CLASS = 8
/** How many pairs the average of its class counts as, beside the pairs around a counterparty. */
const PRIOR_PAIRS = 4
/** Counterparties of so many wallets have a share of their own; that of their class counts as so many wallets beside. */
const LARGE = 8
const PRIOR_WALLETS = 2

/** How the wallets around each counterparty agree in behaviour: near 1 around an operator's, near 0 around a service. */
export type HubConcentration = {
  /** Share of pairs that are related, by class of counterparty: floor(log2(wallets around it)), at most 8. */
  readonly shares: Float64Array
  /** Probability that the pair of two incidences with one counterparty is related, judged by its other wallets. */
  concentration(first: number, second: number, bin: number): number
}

/**
 * Learns by EM how many pairs around counterparties of each size are related, and around each large one by itself, so that a
 * service is not taken for the operators of its size; then sums the posteriors around each. What a pair itself and its two
 * wallets say is left out again when the pair is judged, but for its part in the share of a large one: one pair in 28 at most.
 */
export function hubConcentration(incidences: Incidences, behaviour: Behaviour, ratio: Float64Array): HubConcentration {
  const { counterparty, aroundOffsets, nodes } = incidences
  const size = (first: number) => aroundOffsets[counterparty[first]! + 1]! - aroundOffsets[counterparty[first]!]!
  const rows = new Float64Array((LARGEST_CLASS + 1) * BEHAVIOUR_BINS)
  const large = largeHubs(incidences)
  const pairs = new Int32Array(large.count * BEHAVIOUR_BINS)
  visitRows(incidences, behaviour, (first, _, bin) => {
    rows[hubClass(size(first)) * BEHAVIOUR_BINS + bin]!++
    const place = large.place[counterparty[first]!]!
    if (place !== -1) pairs[place * BEHAVIOUR_BINS + bin]!++
  })
  const shares = shareRelated(rows, ratio)
  const own = ownShares(incidences, large, pairs, shares, ratio)
  const shareOf = (first: number) => {
    const place = large.place[counterparty[first]!]!
    return place === -1 ? shares[hubClass(size(first))]! : own[place]!
  }
  const posterior = (share: number, bin: number) => (share * ratio[bin]!) / (share * ratio[bin]! + 1 - share)
  const ofHub = new Float64Array(nodes)
  const ofIncidence = new Float64Array(counterparty.length)
  visitRows(incidences, behaviour, (first, second, bin) => {
    const r = posterior(shareOf(first), bin)
    ofHub[counterparty[first]!]! += r
    ofIncidence[first]! += r
    ofIncidence[second]! += r
  })
  const concentration = (first: number, second: number, bin: number) => {
    const k = size(first)
    const others = ((k - 2) * (k - 3)) / 2
    const own = ofIncidence[first]! + ofIncidence[second]! - posterior(shareOf(first), bin)
    const mean = others > 0 ? Math.max(0, ofHub[counterparty[first]!]! - own) / others : 0
    return (PRIOR_PAIRS * shareOf(first) + (k - 2) * mean) / (PRIOR_PAIRS + (k - 2))
  }
  return { shares, concentration }
}

type LargeHubs = { readonly place: Int32Array; readonly nodes: Int32Array; readonly count: number }

function largeHubs({ nodes, aroundOffsets, links }: Incidences): LargeHubs {
  const place = new Int32Array(nodes).fill(-1)
  const found: number[] = []
  for (let node = 0; node < nodes; node++)
    if (links[node] === 1 && aroundOffsets[node + 1]! - aroundOffsets[node]! >= LARGE)
      place[node] = found.push(node) - 1
  return { place, nodes: Int32Array.from(found), count: found.length }
}

/** Share of related pairs around each large hub by EM from that of its class, which counts as some of its wallets. */
function ownShares(
  { aroundOffsets }: Incidences,
  { nodes, count }: LargeHubs,
  pairs: Int32Array,
  shares: Float64Array,
  ratio: Float64Array,
): Float64Array {
  return Float64Array.from({ length: count }, (_, hub) => {
    const node = nodes[hub]!
    const wallets = aroundOffsets[node + 1]! - aroundOffsets[node]!
    const start = shares[hubClass(wallets)]!
    const counts = pairs.subarray(hub * BEHAVIOUR_BINS, (hub + 1) * BEHAVIOUR_BINS)
    const total = (wallets * (wallets - 1)) / 2
    let share = start
    for (let round = 0; round < ROUNDS; round++) {
      let related = 0
      for (let bin = 0; bin < BEHAVIOUR_BINS; bin++)
        if (counts[bin]! > 0) related += (counts[bin]! * share * ratio[bin]!) / (share * ratio[bin]! + 1 - share)
      share = (PRIOR_WALLETS * start + (wallets * related) / total) / (PRIOR_WALLETS + wallets)
    }
    return Math.max(1e-4, Math.min(0.95, share))
  })
}

const hubClass = (wallets: number) => Math.min(31 - Math.clz32(wallets), LARGEST_CLASS)

function visitRows(
  incidences: Incidences,
  behaviour: Behaviour,
  visit: (first: number, second: number, bin: number) => void,
): void {
  visitPairs(incidences, ({ wallet, count, others, rows }) => {
    const bins = Array.from({ length: count }, (_, pair) => behaviourBin(behaviour, wallet, others[pair]!))
    for (let row = 0; row < rows.count; row++) visit(rows.first[row]!, rows.second[row]!, bins[rows.pair[row]!]!)
  })
}

function shareRelated(rows: Float64Array, ratio: Float64Array): Float64Array {
  const shares = new Float64Array(LARGEST_CLASS + 1).fill(START)
  for (let hub = 0; hub <= LARGEST_CLASS; hub++) {
    const counts = rows.subarray(hub * BEHAVIOUR_BINS, (hub + 1) * BEHAVIOUR_BINS)
    const total = counts.reduce((sum, count) => sum + count, 0)
    for (let round = 0; round < ROUNDS; round++) {
      const share = shares[hub]!
      let related = 0.1
      for (let bin = 0; bin < BEHAVIOUR_BINS; bin++)
        related += (counts[bin]! * share * ratio[bin]!) / (share * ratio[bin]! + 1 - share)
      shares[hub] = Math.max(1e-4, Math.min(0.95, related / (total + 1)))
    }
  }
  return shares
}
