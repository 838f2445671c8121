import { degrees } from '../graph/csr.ts'
import { buildUndirected } from '../graph/undirected.ts'
import { weightedMajority } from '../graph/weighted-majority.ts'

/** Everything that moved in one asset between numbered wallets: payments for usage, and transfers that settle none. */
export type AssetMoves = {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly amount: Float64Array
  /** 1: a payment; 0: a transfer. */
  readonly isPayment: Uint8Array
  /** 1: a service through which the value of many passes; it is private to nobody. */
  readonly isService: Uint8Array
  /** 1: pays or is paid in any asset. */
  readonly isParty: Uint8Array
}

/** Wallets by the one payee that they serve, −1 for none. */
export type PrivateWallets = {
  /** Of a payer: the payee to which most of what leaves it goes. */
  readonly payeeOf: Int32Array
  /** Of a wallet between: the payee which, with its payers, gets nearly all that leaves it. */
  readonly homeOf: Int32Array
  /** 1 where value of that payee reaches the wallet over private wallets, and where value of the wallet reaches its payers. */
  readonly isFed: Uint8Array
  readonly feeds: Uint8Array
}

/** Most of what a payer spends, for its payee to be its own. */
const DEDICATION = 0.5
/** Where most payers have one payee, a wallet with more neighbours tells nothing by serving them: it may be an exchange. */
const MOST_NEIGHBOURS = 50

/**
 * A wallet is private to a payee where at least `share` of what leaves it goes to that payee, to its payers or to wallets
 * private to it, over at most `hops` of these, and at least `share` of what other parties send it comes from them. Money
 * from wallets that take no part in the market is capital. A few passes over the moves.
 */
export function privateWallets(moves: AssetMoves, share: number, hops: number): PrivateWallets {
  const { nodes, from, to, amount, isPayment } = moves
  const isPayee = new Uint8Array(nodes)
  for (let row = 0; row < from.length; row += 1) if (isPayment[row] === 1) isPayee[to[row]!] = 1
  const votes = (label: (row: number) => number) => ({ group: from, weight: amount, label })
  const payeeOf = weightedMajority(
    nodes,
    votes((row) => (isPayment[row] === 1 ? to[row]! : -1)),
    DEDICATION,
  )
  const isHub = hubsOf(moves, payeeOf)
  const homeOf = new Int32Array(nodes).fill(-1)
  const homeAt = (node: number) => {
    if (isHub[node] === 1) return -1
    if (homeOf[node] !== -1) return homeOf[node]!
    return isPayee[node] === 1 ? node : payeeOf[node]!
  }
  for (let hop = 0; hop < hops; hop += 1) {
    const next = weightedMajority(
      nodes,
      votes((row) => homeAt(to[row]!)),
      share,
    )
    const taken = takings(moves, next, homeAt)
    for (let node = 0; node < nodes; node += 1) {
      const isNew = homeOf[node] === -1 && next[node] !== node && isHub[node] === 0
      if (isNew && taken.inside[node]! >= share * (taken.inside[node]! + taken.foreign[node]!))
        homeOf[node] = next[node]!
    }
  }
  return { payeeOf, homeOf, ...reach(moves, { payeeOf, homeOf }, hops) }
}

/** What reaches each wallet from inside the home that it may have, and from other parties of the market. */
function takings(
  { nodes, from, to, amount, isParty, isService }: AssetMoves,
  wanted: Int32Array,
  homeAt: (node: number) => number,
): { readonly inside: Float64Array; readonly foreign: Float64Array } {
  const [inside, foreign] = [new Float64Array(nodes), new Float64Array(nodes)]
  for (let row = 0; row < from.length; row += 1) {
    const [source, target] = [from[row]!, to[row]!]
    if (wanted[target] === -1) continue
    if (source === wanted[target] || homeAt(source) === wanted[target]) inside[target]! += amount[row]!
    else if (isParty[source] === 1 && isService[source] === 0) foreign[target]! += amount[row]!
  }
  return { inside, foreign }
}

/** Labelled services, and wallets with many neighbours where one payee has most of the payers. */
function hubsOf({ nodes, from, to, isService, isPayment }: AssetMoves, payeeOf: Int32Array): Uint8Array {
  const isHub = isService.slice()
  const [payers, isPayee] = [new Int32Array(nodes), new Uint8Array(nodes)]
  let [all, most] = [0, 0]
  for (const payee of payeeOf) {
    if (payee === -1) continue
    all += 1
    isPayee[payee] = 1
    most = Math.max(most, ++payers[payee]!)
  }
  if (2 * most <= all) return isHub
  for (let row = 0; row < from.length; row += 1) if (isPayment[row] === 1) isPayee[to[row]!] = 1
  degrees(buildUndirected(nodes, from, to)).forEach((neighbours, node) => {
    if (neighbours > MOST_NEIGHBOURS && isPayee[node] === 0) isHub[node] = 1
  })
  return isHub
}

/** Marks wallets step by step, so that the order of rows is of no account. */
function reach(
  { nodes, from, to, isPayment }: AssetMoves,
  { payeeOf, homeOf }: Pick<PrivateWallets, 'payeeOf' | 'homeOf'>,
  hops: number,
): Pick<PrivateWallets, 'isFed' | 'feeds'> {
  const [fedAt, feedsAt] = [new Uint8Array(nodes), new Uint8Array(nodes)]
  for (let hop = 1; hop <= hops; hop += 1)
    for (let row = 0; row < from.length; row += 1) {
      if (isPayment[row] === 1) continue
      const [source, target] = [from[row]!, to[row]!]
      const [start, end] = [homeOf[source]!, homeOf[target]!]
      const before = hop === 1 ? source === end : start === end && fedAt[source] === hop - 1
      if (end !== -1 && before && fedAt[target] === 0) fedAt[target] = hop
      const after = hop === 1 ? payeeOf[target] === start : start === end && feedsAt[target] === hop - 1
      if (start !== -1 && after && feedsAt[source] === 0) feedsAt[source] = hop
    }
  return { isFed: fedAt.map(Math.sign), feeds: feedsAt.map(Math.sign) }
}
