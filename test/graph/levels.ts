import fc from 'fast-check'
import { type Level, moveNodes } from '../../src/graph/local-moving.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { arbitraryGraph, undirected } from './graphs.ts'

/** A level with whole sizes, a partition to begin with, a resolution and a stream. */
export const arbitraryLevel = arbitraryGraph({ most: 14, density: 2 }).chain(({ nodes, edges }) =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: nodes, maxLength: nodes }),
      groups: fc.array(fc.nat({ max: nodes - 1 }), { minLength: nodes, maxLength: nodes }),
      resolution: fc.constantFrom(0.01, 0.1, 0.3, 0.5, 1),
      seed: fc.nat(),
    })
    .map(({ sizes, groups, resolution, seed }) => ({
      nodes,
      edges,
      level: { graph: undirected(nodes, edges), sizes: Float64Array.from(sizes) },
      membership: Int32Array.from(groups),
      resolution,
      random: randomStream(seed, 'test').next,
    })),
)

/** Weight inside groups, loops included, less resolution × size² / 2 of each. */
export function worth({ graph, sizes }: Level, membership: Int32Array, resolution: number): number {
  let value = 0
  const groupSizes = new Float64Array(graph.nodes)
  for (let node = 0; node < graph.nodes; node++) {
    groupSizes[membership[node]!]! += sizes[node]!
    value += graph.loops[node]!
    for (let place = graph.offsets[node]!; place < graph.offsets[node + 1]!; place++)
      if (membership[graph.targets[place]!] === membership[node]) value += graph.weights[place]! / 2
  }
  return value - groupSizes.reduce((sum, size) => sum + (resolution * size ** 2) / 2, 0)
}

/** The highest value that moving one node to any group, or to one of its own, would reach. */
export function bestSingleMove(level: Level, membership: Int32Array, resolution: number): number {
  let best = Number.NEGATIVE_INFINITY
  for (let node = 0; node < membership.length; node++)
    for (let group = 0; group < membership.length; group++)
      best = Math.max(best, worth(level, membership.with(node, group), resolution))
  return best
}

/** Moves nodes until none gains. */
export function settle(level: Level, membership: Int32Array, resolution: number, random: () => number): void {
  while (moveNodes(level, membership, resolution, random) > 0);
}
