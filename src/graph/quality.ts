import { strengths } from './csr.ts'
import type { Undirected } from './undirected.ts'

/**
 * Modularity of a partition, loops included: Newman and Girvan 2004 (https://doi.org/10.1103/PhysRevE.69.026113) with the
 * resolution of Reichardt and Bornholdt 2006 (https://doi.org/10.1103/PhysRevE.74.016110). NaN without edges.
 */
export function modularity(graph: Undirected, membership: Int32Array, resolution = 1): number {
  const strength = fullStrengths(graph)
  const double = strength.reduce((sum, value) => sum + value, 0)
  const { inside, sizes } = groupSums(graph, membership, strength)
  const expected = sizes.reduce((sum, size) => sum + (size / double) ** 2, 0)
  return (2 * inside) / double - resolution * expected
}

/**
 * Constant Potts model: weight inside groups less `resolution` for every pair of nodes in one, Traag, Van Dooren and
 * Nesterov 2011 (https://doi.org/10.1103/PhysRevE.84.016114). A node of size s counts as s nodes; 1 by default.
 */
export function constantPotts(
  graph: Undirected,
  membership: Int32Array,
  resolution: number,
  nodeSizes: Float64Array = new Float64Array(graph.nodes).fill(1),
): number {
  const { inside, sizes } = groupSums(graph, membership, nodeSizes)
  return inside - resolution * sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

/** Strength of each node with its loop counted at both ends. */
export function fullStrengths(graph: Undirected): Float64Array {
  return strengths(graph).map((strength, node) => strength + 2 * graph.loops[node]!)
}

function groupSums(
  { nodes, offsets, targets, weights, loops }: Undirected,
  membership: Int32Array,
  size: Float64Array,
) {
  const sizes = new Float64Array(nodes)
  let inside = 0
  for (let node = 0; node < nodes; node++) {
    const group = membership[node]!
    sizes[group]! += size[node]!
    let twice = 2 * loops[node]!
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++)
      if (membership[targets[place]!] === group) twice += weights[place]!
    inside += twice / 2
  }
  return { inside, sizes }
}
