import type { Incidences } from './incidences.ts'

/** Pairs of one wallet with wallets after it, reused from visit to visit. */
export type PairsOfWallet = {
  /** The wallet that all these pairs have in common. */
  wallet: number
  count: number
  /** The other wallet of each pair, in the order in which it was met. */
  readonly others: number[]
  /** Incidence of the wallet with the other one itself, −1 without a transfer between them. */
  readonly direct: number[]
  /** One row for each pair and shared counterparty: the pair, then the incidence of either wallet. */
  readonly rows: { pair: number[]; first: number[]; second: number[]; count: number }
}

/**
 * Visits, wallet by wallet, all pairs that share a counterparty that links, or that a transfer joins. No table of pairs is
 * made, and the visits are the same each time.
 */
export function visitPairs(incidences: Incidences, visit: (pairs: PairsOfWallet) => void): void {
  const { wallets, offsets, wallet, counterparty, aroundOffsets, around, links, services } = incidences
  const pairOf = new Int32Array(wallets).fill(-1)
  const pairs: PairsOfWallet = {
    wallet: 0,
    count: 0,
    others: [],
    direct: [],
    rows: { pair: [], first: [], second: [], count: 0 },
  }
  const { rows } = pairs
  const pairWith = (other: number) => {
    if (pairOf[other] !== -1) return pairOf[other]!
    pairs.others[pairs.count] = other
    pairs.direct[pairs.count] = -1
    pairOf[other] = pairs.count
    return pairs.count++
  }
  for (let i = 0; i < wallets; i++) {
    pairs.wallet = i
    pairs.count = rows.count = 0
    for (let first = offsets[i]!; first < offsets[i + 1]!; first++) {
      const z = counterparty[first]!
      if (z < wallets && z > i && services?.[z] !== 1 && services?.[i] !== 1) pairs.direct[pairWith(z)] = first
      if (links[z] === 0) continue
      for (let place = aroundOffsets[z + 1]! - 1; place >= aroundOffsets[z]!; place--) {
        const second = around[place]!
        const other = wallet[second]!
        if (other <= i) break
        const row = rows.count++
        rows.pair[row] = pairWith(other)
        rows.first[row] = first
        rows.second[row] = second
      }
    }
    if (pairs.count === 0) continue
    visit(pairs)
    for (let pair = 0; pair < pairs.count; pair++) pairOf[pairs.others[pair]!] = -1
  }
}
