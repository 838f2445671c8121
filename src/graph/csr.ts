import { WashboardError } from '../errors.ts'

/** Whole numbers, such as counts, or floating point. */
export type Weights = Int32Array | Float64Array

/** A directed graph in compressed sparse rows: the edges of node i are [offsets[i], offsets[i + 1]). */
export type Csr<weights extends Weights = Weights> = {
  readonly nodes: number
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly weights: weights
}

/** Builds rows by counting sort in O(nodes + edges); edges of a node keep their order. Every weight is 1 by default. */
export function buildCsr<weights extends Weights = Int32Array<ArrayBuffer>>(
  nodes: number,
  sources: Int32Array,
  targets: Int32Array,
  weights?: weights,
): Csr<weights> {
  checkEdges(nodes, sources, targets, weights)
  const offsets = new Int32Array(nodes + 1)
  for (let i = 0; i < sources.length; i++) offsets[sources[i]! + 1]!++
  for (let i = 0; i < nodes; i++) offsets[i + 1]! += offsets[i]!
  const next = offsets.slice(0, nodes)
  const sortedTargets = new Int32Array(sources.length)
  const sortedWeights = (weights?.slice() ?? new Int32Array(sources.length).fill(1)) as weights
  for (let i = 0; i < sources.length; i++) {
    const place = next[sources[i]!]!++
    sortedTargets[place] = targets[i]!
    if (weights !== undefined) sortedWeights[place] = weights[i]!
  }
  return { nodes, offsets, targets: sortedTargets, weights: sortedWeights }
}

/** Turns every edge round, in O(nodes + edges). Rows come out in rising order of their targets. */
export function transpose<weights extends Weights>(graph: Csr<weights>): Csr<weights> {
  return buildCsr(graph.nodes, graph.targets, edgeSources(graph), graph.weights)
}

/** The node that each edge leaves, in the order of the rows. */
export function edgeSources({ nodes, offsets, targets }: Csr): Int32Array {
  const sources = new Int32Array(targets.length)
  for (let node = 0; node < nodes; node++) sources.fill(node, offsets[node]!, offsets[node + 1]!)
  return sources
}

/** How many edges leave each node; of an undirected graph, how many neighbours it has. */
export function degrees({ nodes, offsets }: Csr): Int32Array {
  return offsets.slice(0, nodes).map((start, node) => offsets[node + 1]! - start)
}

/** Sum of the weights of the edges that leave each node. */
export function strengths({ nodes, offsets, weights }: Csr): Float64Array {
  const sums = new Float64Array(nodes)
  for (let node = 0; node < nodes; node++)
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++) sums[node]! += weights[place]!
  return sums
}

/** Weight of the edge from one node to another, 0 where there is none. Targets of a node must be in rising order. */
export function edgeWeight(graph: Csr, source: number, target: number): number {
  let low = graph.offsets[source]!
  let high = graph.offsets[source + 1]! - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = graph.targets[middle]!
    if (found === target) return graph.weights[middle]!
    if (found < target) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** Refuses edges that typed arrays would lose without a word. */
export function checkEdges(nodes: number, sources: Int32Array, targets: Int32Array, weights?: Weights): void {
  const lengths = [sources.length, targets.length, weights?.length ?? sources.length]
  if (new Set(lengths).size > 1)
    throw new GraphError('Edges need one source, one target and one weight each.', [`Given: ${lengths.join(', ')}.`])
  for (let i = 0; i < sources.length; i++)
    if (sources[i]! >>> 0 >= nodes || targets[i]! >>> 0 >= nodes)
      throw new GraphError(`Edge ${i} names a node that the graph does not have.`, [
        `From ${sources[i]} to ${targets[i]}, of ${nodes} nodes.`,
      ])
}

/** A graph algorithm was given what is no graph of its kind. */
export class GraphError extends WashboardError {
  override readonly name = 'GraphError'

  constructor(message: string, details: readonly string[]) {
    super(message, { details, fix: 'Report this as a bug of the caller, with the facts above.' })
  }
}
