import type { Undirected } from './undirected.ts'

/**
 * Core number of every node: the largest k such that it has k neighbours within nodes of core number k or more. Weights
 * and loops do not count. Nodes are kept sorted by the degree left to them, in O(nodes + edges): Batagelj and Zaveršnik
 * 2011 (https://doi.org/10.1007/s11634-010-0079-y).
 */
export function coreNumbers({ nodes, offsets, targets }: Undirected): Int32Array {
  const core = new Int32Array(nodes)
  const starts = new Int32Array(nodes + 1)
  for (let node = 0; node < nodes; node++) {
    core[node] = offsets[node + 1]! - offsets[node]!
    starts[core[node]! + 1]!++
  }
  for (let degree = 0; degree < nodes; degree++) starts[degree + 1]! += starts[degree]!
  const order = new Int32Array(nodes)
  const position = new Int32Array(nodes)
  const next = starts.slice(0, nodes)
  for (let node = 0; node < nodes; node++) {
    position[node] = next[core[node]!]!++
    order[position[node]!] = node
  }
  for (let i = 0; i < nodes; i++) {
    const node = order[i]!
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++) {
      const other = targets[place]!
      const degree = core[other]!
      if (degree <= core[node]!) continue
      // One degree less: `other` changes places with the first of its degree, which then begins one place later.
      const first = starts[degree]!
      const displaced = order[first]!
      order[position[other]!] = displaced
      position[displaced] = position[other]!
      order[first] = other
      position[other] = first
      starts[degree]!++
      core[other] = degree - 1
    }
  }
  return core
}
