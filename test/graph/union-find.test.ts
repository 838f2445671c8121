import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectedComponents, find, setsOf, singletons, unite } from '../../src/graph/union-find.ts'
import { arbitraryGraph, arbitraryRenumbered, directed, groupsOf, isConnected, renumber } from './graphs.ts'

describe('unite and find', () => {
  it('keep the sets that plain relabelling keeps, their sizes and whether a union was one', () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ nodes, edges }) => {
        const sets = singletons(nodes)
        const labels = Array.from({ length: nodes }, (_, i) => i)
        for (const [a, b] of edges) {
          const [kept, gone] = [labels[a]!, labels[b]!]
          expect(unite(sets, a, b)).toBe(kept !== gone)
          for (let i = 0; i < nodes; i++) if (labels[i] === gone) labels[i] = kept
        }
        expect(groupsOf(setsOf(sets).membership)).toEqual(groupsOf(labels))
        for (let i = 0; i < nodes; i++)
          expect(sets.size[find(sets, i)]).toBe(labels.filter((label) => label === labels[i]).length)
      }),
    )
  })

  it('keep paths short: no more than log2 of the nodes whatever the order of unions', () => {
    const nodes = 1 << 12
    const sets = singletons(nodes)
    for (let width = 1; width < nodes; width *= 2) for (let i = 0; i < nodes; i += 2 * width) unite(sets, i, i + width)
    const depth = (node: number): number => (sets.parent[node] === node ? 0 : 1 + depth(sets.parent[node]!))
    expect(Math.max(...Array.from({ length: nodes }, (_, node) => depth(node)))).toBeLessThanOrEqual(12)
  })
})

describe('connectedComponents', () => {
  it('are connected, and no edge leaves one, under any numbering of the nodes', () => {
    fc.assert(
      fc.property(arbitraryRenumbered({ density: 1 }), ({ nodes, edges, numbers }) => {
        const { membership } = connectedComponents(directed(nodes, edges))
        for (const group of groupsOf(membership)) expect(isConnected(group, edges)).toBe(true)
        for (const [a, b] of edges) expect(membership[a]).toBe(membership[b])
        const other = connectedComponents(directed(nodes, renumber(edges, numbers))).membership
        expect(groupsOf(numbers.map((number) => other[number]!))).toEqual(groupsOf(membership))
      }),
    )
  })
})
