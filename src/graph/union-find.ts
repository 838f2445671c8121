import type { Csr } from './csr.ts'
import { numbersBelow, type Partition, partitionOf } from './partition.ts'

/** Disjoint sets of nodes: `parent` leads to the root of a set, `size` holds at its root. */
export type UnionFind = { readonly parent: Int32Array; readonly size: Int32Array }

/** Every node in a set of its own. */
export function singletons(nodes: number): UnionFind {
  return { parent: numbersBelow(nodes), size: new Int32Array(nodes).fill(1) }
}

/** The root of a node's set, by path halving (Tarjan and van Leeuwen 1984, https://doi.org/10.1145/62.2160). */
export function find({ parent }: UnionFind, node: number): number {
  let at = node
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!
    at = parent[at]!
  }
  return at
}

/** Joins the sets of two nodes by size (same source); false where they were one set before. */
export function unite(sets: UnionFind, a: number, b: number): boolean {
  const [first, second] = [find(sets, a), find(sets, b)]
  if (first === second) return false
  const [small, large] = sets.size[first]! < sets.size[second]! ? [first, second] : [second, first]
  sets.parent[small] = large
  sets.size[large]! += sets.size[small]!
  return true
}

/** The sets as groups, numbered in the order of their first node. */
export function setsOf(sets: UnionFind): Partition {
  return partitionOf(sets.parent.map((_, node) => find(sets, node)))
}

/** Groups of nodes that edges join, whatever their direction. */
export function connectedComponents({ nodes, offsets, targets }: Csr): Partition {
  const sets = singletons(nodes)
  for (let node = 0; node < nodes; node++)
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++) unite(sets, node, targets[place]!)
  return setsOf(sets)
}
