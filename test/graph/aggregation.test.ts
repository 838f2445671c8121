import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregate, roomFor } from '../../src/graph/aggregation.ts'
import { partitionOf } from '../../src/graph/partition.ts'
import { arbitraryGraph, edgesOf, undirected } from './graphs.ts'
import { arbitraryLevel, worth } from './levels.ts'

describe('aggregate', () => {
  it('keeps the value of every partition of the groups', () => {
    fc.assert(
      fc.property(arbitraryLevel, fc.infiniteStream(fc.nat()), ({ level, membership, resolution }, draws) => {
        const groups = partitionOf(membership)
        const coarse = aggregate(level, groups)
        const upper = new Int32Array(groups.count).map(() => draws.next().value % groups.count)
        const below = groups.membership.map((group) => upper[group]!)
        expect(worth(coarse, upper, resolution)).toBeCloseTo(worth(level, below, resolution), 8)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same in room used before', () => {
    fc.assert(
      fc.property(arbitraryLevel, ({ level, membership }) => {
        const room = roomFor(level.graph)
        room.targets.fill(7)
        room.weights.fill(7)
        const groups = partitionOf(membership)
        expect(aggregate(level, groups, room)).toEqual(aggregate(level, groups))
      }),
    )
  })

  it('is the graph that renaming the ends of every edge would make', () => {
    const named = arbitraryGraph().chain(({ nodes, edges }) =>
      fc
        .array(fc.nat({ max: nodes - 1 }), { minLength: nodes, maxLength: nodes })
        .map((labels) => ({ nodes, edges, groups: partitionOf(Int32Array.from(labels)) })),
    )
    fc.assert(
      fc.property(named, ({ nodes, edges, groups }) => {
        const level = { graph: undirected(nodes, edges), sizes: new Float64Array(nodes).fill(1) }
        const { graph, sizes } = aggregate(level, groups)
        const renamed = edges.map(([a, b, w]) => [groups.membership[a]!, groups.membership[b]!, w] as const)
        const direct = undirected(groups.count, renamed)
        expect(new Set(edgesOf(graph).map(String))).toEqual(new Set(edgesOf(direct).map(String)))
        expect(graph.loops).toEqual(direct.loops)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(nodes)
      }),
    )
  })
})
