import { buildCsr } from './csr.ts'
import { groupMembers } from './partition.ts'
import { setsOf, singletons, unite } from './union-find.ts'

/** Transfers between nodes, and how much each moved. */
export type Transfers = {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly sizes: Float64Array
}

export type MotifOptions = {
  /** Nodes of a component at least; 3 by default for chains, 4 for clusters. */
  readonly least?: number
  /** Standard deviation of the sizes inside a component over their mean, at most; 0.1 by default. */
  readonly variation?: number
}

export type Motif = {
  /** In rising order. */
  readonly nodes: Int32Array
  /** Transfers between them, as places in the columns, in rising order. */
  readonly transfers: Int32Array
  readonly variation: number
}

/**
 * Components of nodes that receive from exactly one other node and send to exactly one, a different one, where transfers
 * between them are of about one size: the chains of Sirolly, Ma, Kanoria and Sethi 2025
 * (https://doi.org/10.2139/ssrn.5714122). In the order of their first node. The ends of an open chain, which miss a
 * neighbour, are not in it; transfers of a node to itself do not count. O(nodes + transfers).
 */
export function chains(transfers: Transfers, { least = 3, variation = 0.1 }: MotifOptions = {}): Motif[] {
  const { most, first, last } = counterparties(transfers)
  const isLink = most.map((count, node) =>
    count === 1 && first[node] !== -1 && last[node] !== -1 && first[node] !== last[node] ? 1 : 0,
  )
  return motifsAmong(transfers, isLink, least, variation)
}

/** Components of nodes that have more than one counterparty in some direction, by the same rule and from the same source. */
export function clusters(transfers: Transfers, { least = 4, variation = 0.1 }: MotifOptions = {}): Motif[] {
  const isMember = counterparties(transfers).most.map((count) => (count > 1 ? 1 : 0))
  return motifsAmong(transfers, isMember, least, variation)
}

/** For each node the larger of how many others it sends to and receives from, up to 2, and one of either; -1 without. */
function counterparties({ nodes, from, to }: Transfers) {
  const [first, last] = [new Int32Array(nodes).fill(-1), new Int32Array(nodes).fill(-1)]
  const most = new Int32Array(nodes)
  const meet = (seen: Int32Array, node: number, other: number) => {
    most[node] = Math.max(most[node]!, seen[node] === -1 || seen[node] === other ? 1 : 2)
    seen[node] = other
  }
  for (let row = 0; row < from.length; row++) {
    if (from[row] === to[row]) continue
    meet(last, from[row]!, to[row]!)
    meet(first, to[row]!, from[row]!)
  }
  return { most, first, last }
}

function motifsAmong(
  { nodes, from, to, sizes }: Transfers,
  chosen: Int32Array,
  least: number,
  variation: number,
): Motif[] {
  const inside = from
    .map((_, row) => row)
    .filter((row) => from[row] !== to[row] && chosen[from[row]!] === 1 && chosen[to[row]!] === 1)
  const sets = singletons(nodes)
  for (const row of inside) unite(sets, from[row]!, to[row]!)
  const components = setsOf(sets)
  const { offsets, members } = groupMembers(components)
  const homes = inside.map((row) => components.membership[from[row]!]!)
  // The transfers of a component stand where weights do.
  const rows = buildCsr(components.count, homes, homes, inside)
  const motifs: Motif[] = []
  for (let group = 0; group < components.count; group++) {
    if (offsets[group + 1]! - offsets[group]! < least) continue
    const found = rows.weights.slice(rows.offsets[group], rows.offsets[group + 1])
    const spread = variationOf(sizes, found)
    if (spread <= variation)
      motifs.push({ nodes: members.slice(offsets[group], offsets[group + 1]), transfers: found, variation: spread })
  }
  return motifs
}

/** NaN, which is within no limit, without transfers or where they move nothing. */
function variationOf(sizes: Float64Array, rows: Int32Array): number {
  const mean = rows.reduce((sum, row) => sum + sizes[row]!, 0) / rows.length
  return Math.sqrt(rows.reduce((sum, row) => sum + (sizes[row]! - mean) ** 2, 0) / rows.length) / mean
}
