import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCsr } from '../../src/graph/csr.ts'
import { strongComponents } from '../../src/graph/strong-components.ts'
import { arbitraryGraph, arbitraryRenumbered, directed, groupsOf, renumber, slowStrongComponents } from './graphs.ts'

describe('strongComponents', () => {
  it('are the groups of nodes that reach each other', () => {
    fc.assert(
      fc.property(arbitraryGraph({ density: 2 }), ({ nodes, edges }) => {
        const { membership, count } = strongComponents(directed(nodes, edges))
        expect(groupsOf(membership)).toEqual(slowStrongComponents(nodes, edges))
        expect(count).toBe(groupsOf(membership).length)
        expect(Math.max(...membership)).toBe(count - 1)
      }),
      { numRuns: 500 },
    )
  })

  it('are numbered so that edges lead to lower numbers', () => {
    fc.assert(
      fc.property(arbitraryGraph({ density: 2 }), ({ nodes, edges }) => {
        const { membership } = strongComponents(directed(nodes, edges))
        for (const [source, target] of edges) expect(membership[source]).toBeGreaterThanOrEqual(membership[target]!)
      }),
    )
  })

  it('are the same under any numbering of the nodes', () => {
    fc.assert(
      fc.property(arbitraryRenumbered({ density: 2 }), ({ nodes, edges, numbers }) => {
        const { membership } = strongComponents(directed(nodes, edges))
        const other = strongComponents(directed(nodes, renumber(edges, numbers))).membership
        expect(groupsOf(numbers.map((number) => other[number]!))).toEqual(groupsOf(membership))
      }),
    )
  })

  it('of a path and of a cycle of a million nodes need no deep stack', () => {
    const nodes = 1_000_000
    const sources = new Int32Array(nodes).map((_, i) => i)
    const around = sources.map((i) => (i + 1) % nodes)
    expect(strongComponents(buildCsr(nodes, sources, around)).count).toBe(1)
    expect(strongComponents(buildCsr(nodes, sources.slice(1), around.slice(1))).count).toBe(nodes)
  })
})
