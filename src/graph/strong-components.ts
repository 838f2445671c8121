import type { Csr } from './csr.ts'
import type { Partition } from './partition.ts'

/**
 * Strongly connected components of a directed graph, in O(nodes + edges): Tarjan 1972
 * (https://doi.org/10.1137/0201010) without recursion and with one array of ranks, after Pearce 2016
 * (https://doi.org/10.1016/j.ipl.2015.08.010). An edge between two groups leads to the one of lower number.
 */
export function strongComponents({ nodes, offsets, targets }: Pick<Csr, 'nodes' | 'offsets' | 'targets'>): Partition {
  // 0 is unseen. Nodes in work have the lowest rank known to be in reach. Finished groups count down from `nodes`: above
  // every rank in use, so that an edge to one changes nothing.
  const rank = new Int32Array(nodes)
  const next = offsets.slice(0, nodes)
  const isRoot = new Uint8Array(nodes).fill(1)
  // The path from the start grows from the left, nodes that wait for their root from the right; they never meet.
  const stack = new Int32Array(nodes)
  let [depth, waiting, index, group] = [0, nodes, 1, nodes]
  for (let start = 0; start < nodes; start++) {
    if (rank[start] !== 0) continue
    stack[depth++] = start
    rank[start] = index++
    while (depth > 0) {
      const node = stack[depth - 1]!
      const end = offsets[node + 1]!
      const own = rank[node]!
      let place = next[node]!
      let lowest = own
      let seen = 1
      while (place < end) {
        seen = rank[targets[place]!]!
        if (seen === 0) break
        if (seen < lowest) lowest = seen
        place++
      }
      next[node] = place
      if (lowest < own) {
        rank[node] = lowest
        isRoot[node] = 0
      }
      if (seen === 0) {
        stack[depth++] = targets[place]!
        rank[targets[place]!] = index++
        continue
      }
      depth--
      if (isRoot[node] === 0) {
        stack[--waiting] = node
        continue
      }
      for (; waiting < nodes && rank[stack[waiting]!]! >= lowest; waiting++, index--) rank[stack[waiting]!] = group
      rank[node] = group--
      index--
    }
  }
  for (let node = 0; node < nodes; node++) rank[node] = nodes - rank[node]!
  return { membership: rank, count: nodes - group }
}
