import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCsr, degrees, edgeWeight, GraphError, strengths, transpose } from '../../src/graph/csr.ts'
import { arbitraryGraph, directed, type Edge, edgesOf } from './graphs.ts'

const NODES = 8
const arbitraryEdges = fc.uniqueArray(
  fc.tuple(fc.nat({ max: NODES - 1 }), fc.nat({ max: NODES - 1 }), fc.integer({ min: 1, max: 100 })),
  { selector: ([source, target]) => source * NODES + target, maxLength: 40 },
)
const bySource = (edges: readonly Edge[]) => [...edges].sort((a, b) => a[0] - b[0])

describe('buildCsr', () => {
  it('keeps every edge, by source, in the order given', () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ nodes, edges }) => {
        expect(edgesOf(directed(nodes, edges))).toEqual(bySource(edges))
      }),
    )
  })

  it('takes no nodes, and nodes without edges', () => {
    expect(directed(0, []).offsets).toEqual(Int32Array.of(0))
    expect(directed(3, [[1, 2, 5]]).offsets).toEqual(Int32Array.of(0, 0, 1, 1))
  })

  it('keeps floating point, and weighs every edge 1 where no weight is given', () => {
    const [sources, targets] = [Int32Array.of(1, 0), Int32Array.of(0, 1)]
    expect(buildCsr(2, sources, targets, Float64Array.of(0.5, 2)).weights).toEqual(Float64Array.of(2, 0.5))
    expect(buildCsr(2, sources, targets).weights).toEqual(Int32Array.of(1, 1))
  })

  it('refuses edges that it would lose', () => {
    expect(() => directed(2, [[0, 2, 1]])).toThrow(GraphError)
    expect(() => directed(2, [[-1, 0, 1]])).toThrow('From -1 to 0, of 2 nodes.')
    expect(() => buildCsr(2, Int32Array.of(0), Int32Array.of(1, 0))).toThrow('Given: 1, 2, 1.')
  })
})

describe('transpose', () => {
  it('turns edges round, and turned twice sorts them', () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ nodes, edges }) => {
        const turned = transpose(directed(nodes, edges))
        const reversed = bySource(edges).map(([source, target, weight]): Edge => [target, source, weight])
        expect(edgesOf(turned)).toEqual(bySource(reversed))
        expect(edgesOf(transpose(turned))).toEqual([...edges].sort((a, b) => a[0] - b[0] || a[1] - b[1]))
      }),
    )
  })
})

describe('degrees and strengths', () => {
  it('count the edges that leave a node, and sum their weights', () => {
    const graph = directed(3, [
      [0, 1, 2],
      [0, 1, 3],
      [0, 0, 4],
      [2, 0, 7],
    ])
    expect(degrees(graph)).toEqual(Int32Array.of(3, 0, 1))
    expect(strengths(graph)).toEqual(Float64Array.of(9, 0, 7))
  })
})

describe('edgeWeight', () => {
  it('is the weight of an edge in either direction apart, and 0 without one', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const graph = transpose(transpose(directed(NODES, edges)))
        for (let source = 0; source < NODES; source++)
          for (let target = 0; target < NODES; target++) {
            const edge = edges.find(([from, to]) => from === source && to === target)
            expect(edgeWeight(graph, source, target)).toBe(edge?.[2] ?? 0)
          }
      }),
    )
  })
})
