import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GraphError, strengths } from '../../src/graph/csr.ts'
import { friedkinJohnsen } from '../../src/graph/friedkin-johnsen.ts'
import { arbitraryGraph, arbitraryRenumbered, edgesOf, renumber, undirected } from './graphs.ts'

const startOf = (nodes: number) => Float64Array.from({ length: nodes }, (_, node) => ((node * 7919) % 101) / 100)

/** Solves (I - (1 - own) B) x = own × start by Gauss–Jordan, where B has a 1 on the diagonal of a node alone. */
function solve(nodes: number, graph: ReturnType<typeof undirected>, start: Float64Array, own: number): number[] {
  const strength = strengths(graph)
  const rows = Array.from({ length: nodes }, (_, i) => {
    const row = Array.from({ length: nodes + 1 }, (_, j) => (i === j ? 1 : 0) as number)
    row[nodes] = own * start[i]!
    if (strength[i] === 0) row[i]! -= 1 - own
    return row
  })
  for (const [i, j, weight] of edgesOf(graph)) rows[i]![j]! -= ((1 - own) * weight) / strength[i]!
  for (let pivot = 0; pivot < nodes; pivot++)
    for (let i = 0; i < nodes; i++) {
      if (i === pivot) continue
      const factor = rows[i]![pivot]! / rows[pivot]![pivot]!
      for (let j = pivot; j <= nodes; j++) rows[i]![j]! -= factor * rows[pivot]![j]!
    }
  return rows.map((row, i) => row[nodes]! / row[i]!)
}

describe('friedkinJohnsen', () => {
  it('reaches the solution of its linear equations', () => {
    fc.assert(
      fc.property(arbitraryGraph(), fc.constantFrom(0.2, 0.5, 0.9, 1), ({ nodes, edges }, own) => {
        const graph = undirected(nodes, edges)
        const { opinions } = friedkinJohnsen(graph, startOf(nodes), { own, tolerance: 1e-12 })
        const exact = solve(nodes, graph, startOf(nodes), own)
        for (let node = 0; node < nodes; node++) expect(opinions[node]).toBeCloseTo(exact[node]!, 9)
      }),
    )
  })

  it('keeps the sum by strength, needs 20 iterations at most, and stays between the opinions at the start', () => {
    fc.assert(
      fc.property(arbitraryGraph({ most: 40 }), ({ nodes, edges }) => {
        const graph = undirected(nodes, edges)
        const start = startOf(nodes)
        const { opinions, iterations } = friedkinJohnsen(graph, start)
        const strength = strengths(graph)
        const total = (values: Float64Array) => values.reduce((sum, value, node) => sum + value * strength[node]!, 0)
        expect(total(opinions)).toBeCloseTo(total(start), 8)
        expect(iterations).toBeLessThanOrEqual(20)
        expect(Math.max(...opinions)).toBeLessThanOrEqual(Math.max(...start) + 1e-12)
        expect(Math.min(...opinions)).toBeGreaterThanOrEqual(Math.min(...start) - 1e-12)
      }),
    )
  })

  it('splits an opinion into its own part and that of the neighbours', () => {
    const graph = undirected(3, [
      [0, 1, 3],
      [1, 1, 50],
    ])
    const start = Float64Array.of(1, 0, 0.4)
    const { opinions, neighbours } = friedkinJohnsen(graph, start, { tolerance: 1e-12 })
    for (let node = 0; node < 3; node++) expect(opinions[node]).toBeCloseTo((start[node]! + neighbours[node]!) / 2, 12)
    expect([...opinions]).toEqual([expect.closeTo(2 / 3, 10), expect.closeTo(1 / 3, 10), 0.4])
  })

  it('is the same under any numbering of the nodes', () => {
    fc.assert(
      fc.property(arbitraryRenumbered(), ({ nodes, edges, numbers }) => {
        const start = startOf(nodes)
        const moved = new Float64Array(nodes)
        for (let node = 0; node < nodes; node++) moved[numbers[node]!] = start[node]!
        const { opinions } = friedkinJohnsen(undirected(nodes, edges), start)
        const other = friedkinJohnsen(undirected(nodes, renumber(edges, numbers)), moved).opinions
        for (let node = 0; node < nodes; node++) expect(other[numbers[node]!]).toBeCloseTo(opinions[node]!, 9)
      }),
    )
  })

  it.each([{ own: 0 }, { own: 1.5 }, { own: Number.NaN }, { tolerance: 0 }])(
    'refuses %o, which need not end',
    (options) => {
      expect(() => friedkinJohnsen(undirected(1, []), Float64Array.of(1), options)).toThrow(GraphError)
    },
  )
})
