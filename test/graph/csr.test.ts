import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCsr, edgeWeight } from '../../src/graph/csr.ts'

type Edge = readonly [source: number, target: number, weight: number]

const build = (nodes: number, edges: readonly Edge[]) =>
  buildCsr(
    nodes,
    Int32Array.from(edges, ([source]) => source),
    Int32Array.from(edges, ([, target]) => target),
    Int32Array.from(edges, ([, , weight]) => weight),
  )

const edgesOf = (graph: ReturnType<typeof build>): Edge[] =>
  Array.from({ length: graph.nodes }, (_, node) => node).flatMap((node) => {
    const places = Array.from(
      { length: graph.offsets[node + 1]! - graph.offsets[node]! },
      (_, i) => graph.offsets[node]! + i,
    )
    return places.map((place): Edge => [node, graph.targets[place]!, graph.weights[place]!])
  })

const NODES = 8
const arbitraryEdges = fc.uniqueArray(
  fc.tuple(fc.nat({ max: NODES - 1 }), fc.nat({ max: NODES - 1 }), fc.integer({ min: 1, max: 100 })),
  { selector: ([source, target]) => source * NODES + target, maxLength: 40 },
)

describe('buildCsr', () => {
  it('keeps every edge, by source, in the order given', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const bySource = [...edges].sort((a, b) => a[0] - b[0])
        expect(edgesOf(build(NODES, edges))).toEqual(bySource)
      }),
    )
  })

  it('takes no nodes, and nodes without edges', () => {
    expect(build(0, []).offsets).toEqual(Int32Array.of(0))
    expect(build(3, [[1, 2, 5]]).offsets).toEqual(Int32Array.of(0, 0, 1, 1))
  })
})

describe('edgeWeight', () => {
  it('is the weight of an edge in either direction apart, and 0 without one', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const graph = build(
          NODES,
          [...edges].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
        )
        for (let source = 0; source < NODES; source++)
          for (let target = 0; target < NODES; target++) {
            const edge = edges.find(([from, to]) => from === source && to === target)
            expect(edgeWeight(graph, source, target)).toBe(edge?.[2] ?? 0)
          }
      }),
    )
  })
})
