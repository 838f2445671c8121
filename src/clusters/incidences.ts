import { checkActivity, type WalletActivity } from './wallet-activity.ts'

/** The wallet sends to its counterparty, receives from it, or both. */
export const SENDS = 1
export const RECEIVES = 2

/**
 * Each wallet with each of its counterparties, once. Incidences of wallet i are [offsets[i], offsets[i + 1]). `around`
 * lists those of each node as a counterparty: the wallets that share node z are wallet[around[p]] for p in
 * [aroundOffsets[z], aroundOffsets[z + 1]).
 */
export type Incidences = {
  readonly wallets: number
  readonly nodes: number
  readonly offsets: Int32Array
  readonly wallet: Int32Array
  readonly counterparty: Int32Array
  readonly direction: Uint8Array
  readonly transfers: Int32Array
  /** How many types of transfer, as kind and chain. */
  readonly types: Uint8Array
  readonly aroundOffsets: Int32Array
  readonly around: Int32Array
  /** Distinct counterparties of every node, over all edges. */
  readonly degree: Int32Array
  /** Number of the set of (type, direction) that a wallet used; 0 is the empty set. */
  readonly signature: Int32Array
  readonly signatures: number
  /** 1 for nodes that can link the wallets around them: at least 2 and at most 200 of them, and no service given. */
  readonly links: Uint8Array
  readonly services: Uint8Array | undefined
}

/** Counterparties of more wallets than this link nobody. */
const HUB_CAP = 200

/**
 * Folds edges into incidences in O(nodes + edges); edges from a node to itself count for nothing. `services`, 1 for each
 * node that is known to be one, is not needed.
 */
export function buildIncidences(activity: WalletActivity, services?: Uint8Array): Incidences {
  checkActivity(activity)
  const { nodes, wallets, from, to, type, count } = activity
  const rows = halfEdges(nodes, from, to)
  const degree = new Int32Array(nodes)
  const offsets = new Int32Array(wallets + 1)
  const room = rows.offsets[wallets]!
  const wallet = new Int32Array(room)
  const counterparty = new Int32Array(room)
  const direction = new Uint8Array(room)
  const transfers = new Int32Array(room)
  const typeSet = new Int32Array(room)
  const places = new Int32Array(nodes).fill(-1)
  const seenBy = new Int32Array(nodes).fill(-1)
  let kept = 0
  for (let node = 0; node < nodes; node++) {
    for (let place = rows.offsets[node]!; place < rows.offsets[node + 1]!; place++) {
      const edge = rows.edges[place]! >> 1
      const sends = (rows.edges[place]! & 1) === 0
      const other = sends ? to[edge]! : from[edge]!
      if (seenBy[other] !== node) {
        seenBy[other] = node
        degree[node]!++
        if (node < wallets) {
          places[other] = kept
          wallet[kept] = node
          counterparty[kept++] = other
        }
      }
      if (node >= wallets) continue
      const at = places[other]!
      direction[at]! |= sends ? SENDS : RECEIVES
      transfers[at]! += count[edge]!
      typeSet[at]! |= 1 << type[edge]!
    }
    if (node < wallets) offsets[node + 1] = kept
  }
  const shared = { wallets, nodes, offsets, degree, ...signaturesOf(activity) }
  const columns = {
    wallet: wallet.slice(0, kept),
    counterparty: counterparty.slice(0, kept),
    direction: direction.slice(0, kept),
    transfers: transfers.slice(0, kept),
    types: Uint8Array.from(typeSet.subarray(0, kept), bitCount),
  }
  const groups = groupAround(nodes, columns.counterparty)
  return { ...shared, ...columns, ...groups, links: linkingNodes(groups.aroundOffsets, services), services }
}

function linkingNodes(aroundOffsets: Int32Array, services: Uint8Array | undefined): Uint8Array {
  return Uint8Array.from({ length: aroundOffsets.length - 1 }, (_, node) => {
    const wallets = aroundOffsets[node + 1]! - aroundOffsets[node]!
    return wallets >= 2 && wallets <= HUB_CAP && services?.[node] !== 1 ? 1 : 0
  })
}

/** Edges of every node: twice their number, plus 1 where the node is the recipient. */
function halfEdges(nodes: number, from: Int32Array, to: Int32Array) {
  const offsets = new Int32Array(nodes + 1)
  for (let e = 0; e < from.length; e++) {
    if (from[e] === to[e]) continue
    offsets[from[e]! + 1]!++
    offsets[to[e]! + 1]!++
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!
  const next = offsets.slice(0, nodes)
  const edges = new Int32Array(offsets[nodes]!)
  for (let e = 0; e < from.length; e++) {
    if (from[e] === to[e]) continue
    edges[next[from[e]!]!++] = 2 * e
    edges[next[to[e]!]!++] = 2 * e + 1
  }
  return { offsets, edges }
}

function groupAround(nodes: number, counterparty: Int32Array) {
  const aroundOffsets = new Int32Array(nodes + 1)
  for (const node of counterparty) aroundOffsets[node + 1]!++
  for (let node = 0; node < nodes; node++) aroundOffsets[node + 1]! += aroundOffsets[node]!
  const next = aroundOffsets.slice(0, nodes)
  const around = new Int32Array(counterparty.length)
  for (let place = 0; place < around.length; place++) around[next[counterparty[place]!]!++] = place
  return { aroundOffsets, around }
}

function signaturesOf({ wallets, from, to, type }: WalletActivity) {
  const sent = new Int32Array(wallets)
  const received = new Int32Array(wallets)
  for (let e = 0; e < from.length; e++) {
    if (from[e] === to[e]) continue
    if (from[e]! < wallets) sent[from[e]!]! |= 1 << type[e]!
    if (to[e]! < wallets) received[to[e]!]! |= 1 << type[e]!
  }
  const numbers = new Map([['0 0', 0]])
  const signature = new Int32Array(wallets)
  for (let i = 0; i < wallets; i++) {
    const key = `${sent[i]} ${received[i]}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    signature[i] = number
  }
  return { signature, signatures: numbers.size }
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
