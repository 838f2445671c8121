/** A directed graph with weights in compressed sparse rows: the edges of node i are [offsets[i], offsets[i + 1]). */
export type Csr = {
  readonly nodes: number
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly weights: Int32Array
}

/** Builds rows by counting sort in O(nodes + edges); edges of a node keep their order. */
export function buildCsr(nodes: number, sources: Int32Array, targets: Int32Array, weights: Int32Array): Csr {
  const offsets = new Int32Array(nodes + 1)
  for (let i = 0; i < sources.length; i++) offsets[(sources[i] as number) + 1]!++
  for (let i = 0; i < nodes; i++) offsets[i + 1]! += offsets[i] as number
  const next = offsets.slice(0, nodes)
  const csr = { nodes, offsets, targets: new Int32Array(sources.length), weights: new Int32Array(sources.length) }
  for (let i = 0; i < sources.length; i++) {
    const place = next[sources[i] as number]!++
    csr.targets[place] = targets[i] as number
    csr.weights[place] = weights[i] as number
  }
  return csr
}

/** Weight of the edge from one node to another, 0 where there is none. Targets of a node must be in rising order. */
export function edgeWeight(graph: Csr, source: number, target: number): number {
  let low = graph.offsets[source] as number
  let high = (graph.offsets[source + 1] as number) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = graph.targets[middle] as number
    if (found === target) return graph.weights[middle] as number
    if (found < target) low = middle + 1
    else high = middle - 1
  }
  return 0
}
