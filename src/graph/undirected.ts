import { type Csr, checkEdges, GraphError, type Weights } from './csr.ts'

/** Every edge stands in the rows of both its ends, once; weight of an edge from a node to itself stands in `loops`. */
export type Undirected = Csr<Float64Array> & { readonly loops: Float64Array }

/**
 * Makes an undirected graph of edges in either direction, in O(nodes + edges): parallel and opposite edges are summed,
 * edges of weight 0 are no edges, and every weight is 1 by default. Rows are in the order in which edges first met.
 */
export function buildUndirected(
  nodes: number,
  sources: Int32Array,
  targets: Int32Array,
  weights?: Weights,
): Undirected {
  checkEdges(nodes, sources, targets, weights)
  const loops = new Float64Array(nodes)
  const offsets = new Int32Array(nodes + 1)
  for (let i = 0; i < sources.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!
    if (!(weight >= 0 && weight < Infinity)) throw new GraphError(`Edge ${i} has weight ${weight}.`, [])
    if (sources[i] === targets[i]) loops[sources[i]!]! += weight
    else if (weight > 0) {
      offsets[sources[i]! + 1]!++
      offsets[targets[i]! + 1]!++
    }
  }
  for (let i = 0; i < nodes; i++) offsets[i + 1]! += offsets[i]!
  const half = new Int32Array(offsets[nodes]!)
  const halfWeights = new Float64Array(half.length)
  if (weights === undefined) halfWeights.fill(1)
  const next = offsets.slice(0, nodes)
  for (let i = 0; i < sources.length; i++) {
    const [source, target] = [sources[i]!, targets[i]!]
    if (source === target || weights?.[i] === 0) continue
    const [out, back] = [next[source]!++, next[target]!++]
    half[out] = target
    half[back] = source
    if (weights !== undefined) halfWeights[out] = halfWeights[back] = weights[i]!
  }
  const merged = mergeParallel(nodes, offsets, half, halfWeights)
  return { nodes, offsets, targets: merged.targets, weights: merged.weights, loops }
}

/** Sums edges of one row with one target, in place. */
function mergeParallel(nodes: number, offsets: Int32Array, targets: Int32Array, weights: Float64Array) {
  const places = new Int32Array(nodes).fill(-1)
  let kept = 0
  let start = 0
  for (let node = 0; node < nodes; node++) {
    const end = offsets[node + 1]!
    const first = kept
    for (let place = start; place < end; place++) {
      const target = targets[place]!
      const earlier = places[target]!
      if (earlier >= first) weights[earlier]! += weights[place]!
      else {
        places[target] = kept
        targets[kept] = target
        weights[kept++] = weights[place]!
      }
    }
    start = end
    offsets[node + 1] = kept
  }
  if (kept === targets.length) return { targets, weights }
  return { targets: targets.slice(0, kept), weights: weights.slice(0, kept) }
}
