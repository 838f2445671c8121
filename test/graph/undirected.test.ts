import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GraphError } from '../../src/graph/csr.ts'
import { buildUndirected } from '../../src/graph/undirected.ts'
import { arbitraryGraph, edgesOf, undirected } from './graphs.ts'

describe('buildUndirected', () => {
  it('sums the weights between two nodes in both rows, and keeps loops apart', () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ nodes, edges }) => {
        const graph = undirected(nodes, edges)
        const sums = new Map<string, number>()
        for (const [source, target, weight] of edges)
          for (const key of source === target ? [] : [`${source} ${target}`, `${target} ${source}`])
            sums.set(key, (sums.get(key) ?? 0) + weight)
        const found = edgesOf(graph).map(([source, target, weight]) => [`${source} ${target}`, weight] as const)
        expect(found.length).toBe(sums.size)
        expect(new Map(found)).toEqual(sums)
        const loops = Array.from({ length: nodes }, () => 0)
        for (const [source, target, weight] of edges) if (source === target) loops[source]! += weight
        expect([...graph.loops]).toEqual(loops)
      }),
    )
  })

  it('gives both rows of an edge the same sum to the last bit', () => {
    const [sources, targets] = [Int32Array.of(0, 1, 0), Int32Array.of(1, 0, 1)]
    const { weights } = buildUndirected(2, sources, targets, Float64Array.of(0.1, 0.2, 0.3))
    expect(weights[0]).toBe(weights[1])
  })

  it('weighs edges 1 by default, and knows no edge of weight 0', () => {
    const [sources, targets] = [Int32Array.of(0, 1), Int32Array.of(1, 2)]
    expect(buildUndirected(3, sources, targets).weights).toEqual(Float64Array.of(1, 1, 1, 1))
    expect(edgesOf(buildUndirected(3, sources, targets, Int32Array.of(0, 4)))).toEqual([
      [1, 2, 4],
      [2, 1, 4],
    ])
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an edge of weight %s', (weight) => {
    const build = () => buildUndirected(2, Int32Array.of(0), Int32Array.of(1), Float64Array.of(weight))
    expect(build).toThrow(GraphError)
  })
})
