import { buildCsr, type Csr, edgeSources } from './csr.ts'
import { strongComponents } from './strong-components.ts'
import { find, singletons, type UnionFind, unite } from './union-find.ts'

/**
 * Sets of two nodes or more that are a strongly connected component in some layer; of two sets, either one holds the
 * other or they are disjoint. The nodes of set s are members[starts[s]] to members[ends[s] - 1].
 */
export type StrongLayers = {
  readonly sets: number
  /** In how many layers a set is a component. */
  readonly occurrences: Int32Array
  /** The smallest set around a set, of higher number; -1 where there is none. */
  readonly parents: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly members: Int32Array
}

/**
 * Strongly connected components of every layer of a graph with whole weights: layer t = 0, 1, … keeps the edges of weight
 * above t. Counting them is the first step of Victor and Weintraud 2021 (https://doi.org/10.1145/3442381.3449824), who
 * take 1 from every weight and search again until no edge is left. Here all layers are found together, in
 * O(edges log weights), in the manner of Tarjan 1983 (An improved algorithm for hierarchical clustering using strong
 * components, Information Processing Letters 17, 37–41): the edges are halved by weight, and those that the heavy half
 * alone joins are resolved there, the others with the light half. Edges of weight 0 or less are in no layer.
 */
export function strongLayers(graph: Csr<Int32Array>): StrongLayers {
  const { nodes, targets, weights } = graph
  const levels = new Int32Array(new Set(weights)).filter((weight) => weight > 0).sort((a, b) => b - a)
  const levelOf = new Map(Array.from(levels, (weight, level) => [weight, level]))
  const search: Search = {
    sources: edgeSources(graph),
    targets,
    levels: weights.map((weight) => levelOf.get(weight) ?? levels.length),
    never: levels.length,
    joined: singletons(nodes),
    scratch: new Int32Array(nodes).fill(-1),
    around: new Int32Array(nodes).fill(-1),
    homes: new Int32Array(nodes).fill(-1),
    born: [],
    parents: [],
  }
  const edges = weights.map((_, edge) => edge).filter((edge) => weights[edge]! > 0)
  descend(search, edges, 0, levels.length)
  const parents = Int32Array.from(search.parents)
  const occurrences = parents.map((parent, set) => {
    const weight = levels[search.born[set]!]!
    return parent === -1 ? weight : weight - levels[search.born[parent]!]!
  })
  return { sets: parents.length, occurrences, parents, ...layOut(search.homes, parents) }
}

type Search = {
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** Rank of the weight of an edge among all weights, the heaviest first. */
  readonly levels: Int32Array
  readonly never: number
  readonly joined: UnionFind
  /** A number a node, -1 between uses. */
  readonly scratch: Int32Array
  /** The largest set so far of the nodes joined under a root; -1 for a node alone. */
  readonly around: Int32Array
  /** The smallest set that holds a node; -1 without one. */
  readonly homes: Int32Array
  /** The level at which a set comes to be. */
  readonly born: number[]
  readonly parents: number[]
}

/** Joins the ends of edges whose ends first share a component at a level in [low, high]; at `never` none do. */
function descend(search: Search, edges: Int32Array, low: number, high: number): void {
  const { sources, targets, joined } = search
  const open = edges.filter((edge) => find(joined, sources[edge]!) !== find(joined, targets[edge]!))
  if (open.length === 0 || low === search.never) return
  if (low === high) {
    join(search, open, low)
    return
  }
  const middle = (low + high) >> 1
  const together = shareComponent(search, open, middle)
  const isTogether = (_: number, i: number) => together[i] === 1
  descend(search, open.filter(isTogether), low, middle)
  descend(
    search,
    open.filter((edge, i) => !isTogether(edge, i)),
    middle + 1,
    high,
  )
}

/** Which edges lie inside a component of the edges up to a level; what is joined already counts as one node. */
function shareComponent({ sources, targets, levels, joined, scratch }: Search, edges: Int32Array, level: number) {
  const roots: number[] = []
  const number = (node: number) => {
    const root = find(joined, node)
    if (scratch[root] === -1) scratch[root] = roots.push(root) - 1
    return scratch[root]!
  }
  const heavy = edges.filter((edge) => levels[edge]! <= level)
  const from = heavy.map((edge) => number(sources[edge]!))
  const to = heavy.map((edge) => number(targets[edge]!))
  const { membership } = strongComponents(buildCsr(roots.length, from, to))
  const together = new Uint8Array(edges.length)
  for (let i = 0, h = 0; h < heavy.length; i++) {
    if (edges[i] !== heavy[h]) continue
    together[i] = membership[from[h]!] === membership[to[h]!] ? 1 : 0
    h++
  }
  for (const root of roots) scratch[root] = -1
  return together
}

/** Makes one set of all that the edges of one level join. */
function join(
  { sources, targets, joined, scratch, around, homes, born, parents }: Search,
  edges: Int32Array,
  level: number,
) {
  const parts = new Set<number>()
  for (const edge of edges) parts.add(find(joined, sources[edge]!)).add(find(joined, targets[edge]!))
  for (const edge of edges) unite(joined, sources[edge]!, targets[edge]!)
  for (const part of parts) {
    const root = find(joined, part)
    if (scratch[root] === -1) {
      scratch[root] = born.push(level) - 1
      parents.push(-1)
    }
    const set = scratch[root]!
    if (around[part] === -1) homes[part] = set
    else parents[around[part]!] = set
  }
  for (const part of parts) {
    const root = find(joined, part)
    if (scratch[root] !== -1) around[root] = scratch[root]!
    scratch[root] = -1
  }
}

/** Places nodes so that every set is one stretch; a set comes after the sets inside it. */
function layOut(homes: Int32Array, parents: Int32Array) {
  const sizes = new Int32Array(parents.length)
  for (const home of homes) if (home !== -1) sizes[home]!++
  for (let set = 0; set < parents.length; set++) if (parents[set] !== -1) sizes[parents[set]!]! += sizes[set]!
  const starts = new Int32Array(parents.length)
  const next = new Int32Array(parents.length)
  let total = 0
  for (let set = parents.length - 1; set >= 0; set--) {
    const parent = parents[set]!
    starts[set] = next[set] = parent === -1 ? total : next[parent]!
    if (parent === -1) total += sizes[set]!
    else next[parent]! += sizes[set]!
  }
  const members = new Int32Array(total)
  for (let node = 0; node < homes.length; node++) if (homes[node] !== -1) members[next[homes[node]!]!++] = node
  return { starts, ends: starts.map((start, set) => start + sizes[set]!), members }
}
