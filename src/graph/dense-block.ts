import { type Csr, transpose } from './csr.ts'
import { least, minimumTree, update, valueAt } from './minimum-tree.ts'

/** The block of rows and columns, each in rising order, and its density: weight inside by how many of both there are. */
export type DenseBlock = { readonly rows: Int32Array; readonly columns: Int32Array; readonly density: number }

// Weights are whole numbers of 2^-24: their sums are exact in any order up to 2^29, so that equal sums are ties.
const UNIT = 2 ** 24

/**
 * The densest block of payers (rows: the nodes edges leave) and payees (columns: those they reach; one node may be both),
 * where an edge weighs less the more edges its column has, weight / ln(degree + 5): a popular column makes no block.
 * Greedy peeling of Hooi, Song, Beutel, Shah, Shin and Faloutsos 2016 (https://doi.org/10.1145/2939672.2939747), at least
 * half as dense as the densest; honest payments that members add do not lower it. The row or column of least weight goes
 * first, of equals a row, then the lowest. O(edges log nodes).
 */
export function denseBlock(graph: Csr): DenseBlock {
  const back = transpose(graph)
  const scale = columnScale(back)
  const { deltas, sum } = startingWeights(graph, scale)
  const tree = minimumTree(deltas)
  const removed: number[] = []
  let left = deltas.reduce((count, delta) => count + (delta < Infinity ? 1 : 0), 0)
  let [inside, best, bestRemoved] = [sum, left === 0 ? 0 : sum / left, 0]
  while (left > 1) {
    const taken = least(tree)
    inside -= valueAt(tree, taken)
    update(tree, taken, Infinity)
    const isRow = taken < graph.nodes
    const [side, node] = isRow ? [graph, taken] : [back, taken - graph.nodes]
    for (let place = side.offsets[node]!; place < side.offsets[node + 1]!; place++) {
      const other = side.targets[place]!
      const weight = side.weights[place]! * scale[isRow ? other : node]!
      const at = isRow ? graph.nodes + other : other
      update(tree, at, valueAt(tree, at) - weight)
    }
    removed.push(taken)
    left--
    if (inside / left > best) [best, bestRemoved] = [inside / left, removed.length]
  }
  return { ...kept(graph.nodes, deltas, removed.slice(0, bestRemoved)), density: best / UNIT }
}

function columnScale(back: Csr): Float64Array {
  return Float64Array.from({ length: back.nodes }, (_, column) => {
    let degree = 0
    for (let place = back.offsets[column]!; place < back.offsets[column + 1]!; place++) degree += back.weights[place]!
    return Math.round(UNIT / Math.log(degree + 5))
  })
}

/** What each row, then each column, would take along; Infinity where it has no edge. */
function startingWeights(graph: Csr, scale: Float64Array) {
  const deltas = new Float64Array(2 * graph.nodes).fill(Infinity)
  let sum = 0
  for (let row = 0; row < graph.nodes; row++)
    for (let place = graph.offsets[row]!; place < graph.offsets[row + 1]!; place++) {
      const column = graph.targets[place]!
      const weight = graph.weights[place]! * scale[column]!
      sum += weight
      for (const at of [row, graph.nodes + column]) deltas[at] = (deltas[at] === Infinity ? 0 : deltas[at]!) + weight
    }
  return { deltas, sum }
}

function kept(nodes: number, deltas: Float64Array, removed: readonly number[]) {
  const isKept = Uint8Array.from(deltas, (delta) => (delta < Infinity ? 1 : 0))
  for (const taken of removed) isKept[taken] = 0
  const all = Int32Array.from(isKept.keys()).filter((at) => isKept[at] === 1)
  return { rows: all.filter((at) => at < nodes), columns: all.filter((at) => at >= nodes).map((at) => at - nodes) }
}
