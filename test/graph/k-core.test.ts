import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coreNumbers } from '../../src/graph/k-core.ts'
import { arbitraryGraph, arbitraryRenumbered, type Edge, karate, renumber, undirected } from './graphs.ts'

/** For each k, takes nodes of fewer than k neighbours away until none is left to take. */
function slowCores(nodes: number, edges: readonly Edge[]): number[] {
  const neighbours = Array.from({ length: nodes }, () => new Set<number>())
  for (const [a, b] of edges)
    if (a !== b) {
      neighbours[a]!.add(b)
      neighbours[b]!.add(a)
    }
  const cores = Array.from({ length: nodes }, () => 0)
  for (let k = 1; k < nodes; k++) {
    const left = new Set(cores.keys())
    const isThin = (node: number) => [...neighbours[node]!].filter((other) => left.has(other)).length < k
    for (let thin = [...left].filter(isThin); thin.length > 0; thin = [...left].filter(isThin))
      for (const node of thin) left.delete(node)
    for (const node of left) cores[node] = k
  }
  return cores
}

describe('coreNumbers', () => {
  it('are those of taking thin nodes away', () => {
    fc.assert(
      fc.property(arbitraryGraph({ density: 4 }), ({ nodes, edges }) => {
        expect([...coreNumbers(undirected(nodes, edges))]).toEqual(slowCores(nodes, edges))
      }),
      { numRuns: 300 },
    )
  })

  it('are the same under any numbering of the nodes', () => {
    fc.assert(
      fc.property(arbitraryRenumbered({ density: 4 }), ({ nodes, edges, numbers }) => {
        const cores = coreNumbers(undirected(nodes, renumber(edges, numbers)))
        expect(numbers.map((number) => cores[number])).toEqual([...coreNumbers(undirected(nodes, edges))])
      }),
    )
  })

  it('of the karate club reach 4, in a core of ten members', () => {
    const cores = coreNumbers(karate())
    expect(Math.max(...cores)).toBe(4)
    expect([...cores.keys()].filter((node) => cores[node] === 4)).toEqual([0, 1, 2, 3, 7, 8, 13, 30, 32, 33])
  })
})
