import { BEHAVIOUR_BINS, type Behaviour, behaviourBin } from './behaviour.ts'
import type { Incidences } from './incidences.ts'
import { visitPairs } from './shared-pairs.ts'

const ROUNDS = 30
const START = 0.2
const LARGEST_CLASS = 8
/** How many pairs the average of its class counts as, beside the pairs around a counterparty. */
const PRIOR_PAIRS = 4

/** How the wallets around each counterparty agree in behaviour: near 1 around an operator's, near 0 around a service. */
export type HubConcentration = {
  /** Share of pairs that are related, by class of counterparty: floor(log2(wallets around it)), at most 8. */
  readonly shares: Float64Array
  /** Probability that the pair of two incidences with one counterparty is related, judged by its other wallets. */
  concentration(first: number, second: number, bin: number): number
}

/**
 * Learns by EM how many pairs around counterparties of each size are related, then sums the posteriors around each. What a
 * pair itself and its two wallets say is left out again when the pair is judged.
 */
export function hubConcentration(incidences: Incidences, behaviour: Behaviour, ratio: Float64Array): HubConcentration {
  const { counterparty, aroundOffsets, nodes } = incidences
  const size = (first: number) => aroundOffsets[counterparty[first]! + 1]! - aroundOffsets[counterparty[first]!]!
  const rows = new Float64Array((LARGEST_CLASS + 1) * BEHAVIOUR_BINS)
  visitRows(incidences, behaviour, (first, _, bin) => {
    rows[hubClass(size(first)) * BEHAVIOUR_BINS + bin]!++
  })
  const shares = shareRelated(rows, ratio)
  const posterior = (wallets: number, bin: number) => {
    const share = shares[hubClass(wallets)]!
    return (share * ratio[bin]!) / (share * ratio[bin]! + 1 - share)
  }
  const ofHub = new Float64Array(nodes)
  const ofIncidence = new Float64Array(counterparty.length)
  visitRows(incidences, behaviour, (first, second, bin) => {
    const r = posterior(size(first), bin)
    ofHub[counterparty[first]!]! += r
    ofIncidence[first]! += r
    ofIncidence[second]! += r
  })
  const concentration = (first: number, second: number, bin: number) => {
    const k = size(first)
    const others = ((k - 2) * (k - 3)) / 2
    const own = ofIncidence[first]! + ofIncidence[second]! - posterior(k, bin)
    const mean = others > 0 ? Math.max(0, ofHub[counterparty[first]!]! - own) / others : 0
    return (PRIOR_PAIRS * shares[hubClass(k)]! + (k - 2) * mean) / (PRIOR_PAIRS + (k - 2))
  }
  return { shares, concentration }
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
