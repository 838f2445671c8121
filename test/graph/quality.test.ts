import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantPotts, fullStrengths, modularity } from '../../src/graph/quality.ts'
import { arbitraryGraph, type Edge, karate, undirected } from './graphs.ts'

const pairs = (nodes: number) =>
  Array.from({ length: nodes * nodes }, (_, i) => [Math.floor(i / nodes), i % nodes] as const)

/** Every entry of the matrix of weights; a loop counts twice, as it has two ends. */
function weightMatrix(nodes: number, edges: readonly Edge[]): number[][] {
  const matrix = Array.from({ length: nodes }, () => Array.from({ length: nodes }, () => 0))
  for (const [a, b, weight] of edges) {
    matrix[a]![b]! += weight
    matrix[b]![a]! += weight
  }
  return matrix
}

const partitioned = arbitraryGraph({ most: 8 }).chain(({ nodes, edges }) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.constant(edges),
    membership: fc.array(fc.nat({ max: nodes - 1 }), { minLength: nodes, maxLength: nodes }),
    resolution: fc.double({ min: 0.1, max: 3, noNaN: true }),
  }),
)

describe('modularity', () => {
  it('is the sum over pairs in one group of its definition', () => {
    fc.assert(
      fc.property(partitioned, ({ nodes, edges, membership, resolution }) => {
        fc.pre(edges.length > 0)
        const matrix = weightMatrix(nodes, edges)
        const strength = matrix.map((row) => row.reduce((sum, weight) => sum + weight, 0))
        const double = strength.reduce((sum, value) => sum + value, 0)
        const expected = pairs(nodes)
          .filter(([i, j]) => membership[i] === membership[j])
          .reduce((sum, [i, j]) => sum + matrix[i]![j]! - (resolution * strength[i]! * strength[j]!) / double, 0)
        const graph = undirected(nodes, edges)
        expect(modularity(graph, Int32Array.from(membership), resolution)).toBeCloseTo(expected / double, 10)
        expect([...fullStrengths(graph)]).toEqual(strength)
      }),
    )
  })

  it('of the karate club in one group is 0, and of every member alone what degrees alone give', () => {
    expect(modularity(karate(), new Int32Array(34))).toBeCloseTo(0, 12)
    const alone = Int32Array.from({ length: 34 }, (_, i) => i)
    const squares = fullStrengths(karate()).reduce((sum, degree) => sum + degree ** 2, 0)
    expect(modularity(karate(), alone)).toBeCloseTo(-squares / 156 ** 2, 12)
  })

  it('is not known without edges', () => {
    expect(modularity(undirected(2, []), Int32Array.of(0, 1))).toBeNaN()
  })
})

describe('constantPotts', () => {
  it('is the weight inside groups less the resolution for each pair, in nodes or in their sizes', () => {
    fc.assert(
      fc.property(partitioned, ({ nodes, edges, membership, resolution }) => {
        const inside = edges.filter(([a, b]) => membership[a] === membership[b])
        const weight = inside.reduce((sum, [, , w]) => sum + w, 0)
        const together = pairs(nodes).filter(([i, j]) => i < j && membership[i] === membership[j])
        const graph = undirected(nodes, edges)
        const groups = Int32Array.from(membership)
        expect(constantPotts(graph, groups, resolution)).toBeCloseTo(weight - resolution * together.length, 8)
        const doubled = new Float64Array(nodes).fill(2)
        expect(constantPotts(graph, groups, resolution, doubled)).toBeCloseTo(
          weight - resolution * (4 * together.length + nodes),
          8,
        )
      }),
    )
  })
})
