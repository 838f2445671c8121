import fc from 'fast-check'
import { buildCsr, type Csr } from '../../src/graph/csr.ts'
import { buildUndirected, type Undirected } from '../../src/graph/undirected.ts'

export type Edge = readonly [source: number, target: number, weight: number]

const columns = (edges: readonly Edge[]) =>
  [0, 1, 2].map((column) => Int32Array.from(edges, (edge) => edge[column]!)) as [Int32Array, Int32Array, Int32Array]

export const directed = (nodes: number, edges: readonly Edge[]): Csr<Int32Array> => buildCsr(nodes, ...columns(edges))

export const undirected = (nodes: number, edges: readonly Edge[]): Undirected =>
  buildUndirected(nodes, ...columns(edges))

export const edgesOf = (graph: Csr): Edge[] =>
  Array.from({ length: graph.nodes }, (_, node) => node).flatMap((node) =>
    Array.from(graph.targets.slice(graph.offsets[node], graph.offsets[node + 1]), (target, i): Edge => {
      return [node, target, graph.weights[graph.offsets[node]! + i]!]
    }),
  )

/** Graphs of at most `most` nodes, with parallel edges and edges from a node to itself. */
export const arbitraryGraph = ({ most = 12, maxWeight = 5, density = 3 } = {}) =>
  fc.integer({ min: 1, max: most }).chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      edges: fc.array(
        fc.tuple(fc.nat({ max: nodes - 1 }), fc.nat({ max: nodes - 1 }), fc.integer({ min: 1, max: maxWeight })),
        { maxLength: density * nodes },
      ),
    }),
  )

/** The same graph under other numbers: node i becomes numbers[i]. */
export const renumber = (edges: readonly Edge[], numbers: readonly number[]): Edge[] =>
  edges.map(([source, target, weight]) => [numbers[source]!, numbers[target]!, weight])

export const arbitraryRenumbered = (options?: Parameters<typeof arbitraryGraph>[0]) =>
  arbitraryGraph(options).chain(({ nodes, edges }) =>
    fc
      .shuffledSubarray(
        Array.from({ length: nodes }, (_, i) => i),
        { minLength: nodes },
      )
      .map((numbers) => ({ nodes, edges, numbers })),
  )

/** Groups as sets of nodes, in an order that does not depend on their numbers. */
export const groupsOf = (membership: ArrayLike<number>): number[][] => {
  const groups = new Map<number, number[]>()
  for (let node = 0; node < membership.length; node++)
    groups.set(membership[node]!, [...(groups.get(membership[node]!) ?? []), node])
  return [...groups.values()].sort((a, b) => a[0]! - b[0]!)
}

/** Whether edges in either direction join all of the nodes without leaving them. */
export function isConnected(nodes: readonly number[], edges: readonly Edge[]): boolean {
  const inside = new Set(nodes)
  const reached = new Set(nodes.slice(0, 1))
  for (let grown = true; grown; ) {
    grown = false
    for (const [source, target] of edges) {
      if (!inside.has(source) || !inside.has(target) || reached.has(source) === reached.has(target)) continue
      reached.add(source).add(target)
      grown = true
    }
  }
  return reached.size === inside.size
}

/** Strongly connected components by the closure of reachability (Warshall). */
export function slowStrongComponents(nodes: number, edges: readonly Edge[]): number[][] {
  const reach = Array.from({ length: nodes }, (_, i) => Array.from({ length: nodes }, (_, j) => i === j))
  for (const [source, target] of edges) reach[source]![target] = true
  for (let k = 0; k < nodes; k++)
    for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) reach[i]![j] ||= reach[i]![k]! && reach[k]![j]!
  return groupsOf(reach.map((row, i) => row.findIndex((reached, j) => reached && reach[j]![i]!)))
}

/** Friendships of Zachary's karate club, 1977 (https://doi.org/10.1086/jar.33.4.3629752): rows of the later node. */
const KARATE: { readonly [node: number]: readonly number[] } = {
  1: [0],
  2: [0, 1],
  3: [0, 1, 2],
  4: [0],
  5: [0],
  6: [0, 4, 5],
  7: [0, 1, 2, 3],
  8: [0, 2],
  9: [2],
  10: [0, 4, 5],
  11: [0],
  12: [0, 3],
  13: [0, 1, 2, 3],
  16: [5, 6],
  17: [0, 1],
  19: [0, 1],
  21: [0, 1],
  25: [23, 24],
  27: [2, 23, 24],
  28: [2],
  29: [23, 26],
  30: [1, 8],
  31: [0, 24, 25, 28],
  32: [2, 8, 14, 15, 18, 20, 22, 23, 29, 30, 31],
  33: [8, 9, 13, 14, 15, 18, 19, 20, 22, 23, 26, 27, 28, 29, 30, 31, 32],
}
export const karateEdges: Edge[] = Object.entries(KARATE).flatMap(([node, others]) =>
  others.map((other): Edge => [other, Number(node), 1]),
)
export const karate = (): Undirected => undirected(34, karateEdges)
