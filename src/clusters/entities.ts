import type { Partition } from '../graph/partition.ts'
import { find, setsOf, singletons, type UnionFind, unite } from '../graph/union-find.ts'
import type { Links } from './links.ts'
import { weakBridges } from './weak-bridges.ts'

/** A link joins from the first of these posteriors at which no group is too large: over 3 % of all wallets, and over 500. */
const JOIN = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995]
const LARGEST_SHARE = 0.03
const LARGEST_LEAST = 500
const BRIDGE = { below: 0.8, component: 10, side: 5 }
/** A twin link attaches from this probability on, where so large a share of the smaller side is linked. */
const TWIN = 0.9
const TWIN_SHARE = 0.5
const TWIN_ROUNDS = 4

export type Entities = Partition & {
  /** Weak bridges between two large parts, left out. */
  readonly cuts: number
  /** Posterior from which on links of the graph joined. */
  readonly join: number
  /** Largest group as a share of all wallets; above 3 % even the strictest links join too much to be believed. */
  readonly largestShare: number
}

/** Groups wallets that links of the graph join, then attaches to them what is their twin; twins never chain two groups. */
export function groupEntities(wallets: number, graph: Links, twins: Links): Entities {
  let last: Entities | undefined
  for (const join of JOIN) {
    const { sets, cuts } = joinChecked(wallets, graph, join)
    attachTwins(sets, twins)
    const largestShare = sets.size.reduce((most, size) => Math.max(most, size), 0) / wallets
    last = { ...setsOf(sets), cuts, join, largestShare }
    if (largestShare <= Math.max(LARGEST_SHARE, LARGEST_LEAST / wallets)) break
  }
  return last as Entities
}

function joinChecked(wallets: number, graph: Links, join: number): { sets: UnionFind; cuts: number } {
  const kept = pick(graph, ({ probability }, link) => probability[link]! >= join)
  const isBridge = weakBridges(wallets, kept, BRIDGE)
  const sets = singletons(wallets)
  kept.first.forEach((wallet, link) => {
    if (isBridge[link] === 0) unite(sets, wallet, kept.second[link]!)
  })
  return { sets, cuts: isBridge.reduce((sum, is) => sum + is, 0) }
}

/** Links of one side to the other, and the wallets of the smaller side that have one. */
type Bond = { readonly small: number; readonly large: number; links: number; readonly wallets: Set<number> }

function attachTwins(sets: UnionFind, twins: Links): void {
  const sure = pick(twins, ({ probability }, link) => probability[link]! >= TWIN)
  for (let round = 0; round < TWIN_ROUNDS; round++) {
    const best = new Map<number, Bond>()
    const sizeOf = (bond: Bond) => sets.size[bond.large]!
    const share = (bond: Bond) => bond.wallets.size / sets.size[bond.small]!
    for (const bond of bondsOf(sets, sure).values()) {
      const rival = best.get(bond.small)
      const order =
        rival === undefined ? 1 : share(bond) - share(rival) || bond.links - rival.links || sizeOf(bond) - sizeOf(rival)
      if (share(bond) >= TWIN_SHARE && order > 0) best.set(bond.small, bond)
    }
    if (best.size === 0) return
    for (const { small, large } of best.values()) unite(sets, small, large)
  }
}

/** Bonds of each component to those at least as large; two of one size count as the smaller side of each other. */
function bondsOf(sets: UnionFind, { first, second }: Links): Map<string, Bond> {
  const bonds = new Map<string, Bond>()
  const addTo = (small: number, large: number, wallet: number) => {
    if (sets.size[small]! > sets.size[large]!) return
    const key = `${small} ${large}`
    const bond = bonds.get(key) ?? { small, large, links: 0, wallets: new Set() }
    bonds.set(key, bond)
    bond.links++
    bond.wallets.add(wallet)
  }
  for (let link = 0; link < first.length; link++) {
    const [i, j] = [first[link]!, second[link]!]
    const [a, b] = [find(sets, i), find(sets, j)]
    if (a === b) continue
    addTo(a, b, i)
    addTo(b, a, j)
  }
  return bonds
}

function pick(links: Links, keep: (links: Links, link: number) => boolean): Links {
  const kept = Int32Array.from(links.first, (_, link) => link).filter((link) => keep(links, link))
  return {
    first: kept.map((link) => links.first[link]!),
    second: kept.map((link) => links.second[link]!),
    probability: Float64Array.from(kept, (link) => links.probability[link]!),
  }
}
