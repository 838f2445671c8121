import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strongLayers } from '../../src/graph/strong-layers.ts'
import { arbitraryGraph, arbitraryRenumbered, directed, type Edge, renumber, slowStrongComponents } from './graphs.ts'

type Counts = { readonly [nodes: string]: number }

/** As published: count the components, take 1 from every weight, drop what is 0, again until nothing is left. */
function slowLayers(nodes: number, edges: readonly Edge[]): Counts {
  const counts: { [nodes: string]: number } = {}
  let left = edges
  while (left.length > 0) {
    for (const component of slowStrongComponents(nodes, left))
      if (component.length > 1) counts[String(component)] = (counts[String(component)] ?? 0) + 1
    left = left.map(([a, b, weight]): Edge => [a, b, weight - 1]).filter(([, , weight]) => weight > 0)
  }
  return counts
}

function layers(nodes: number, edges: readonly Edge[], name = (node: number) => node): Counts {
  const { sets, occurrences, starts, ends, members } = strongLayers(directed(nodes, edges))
  const rows = Array.from({ length: sets }, (_, set) => {
    const inside = Array.from(members.slice(starts[set], ends[set]), name).sort((a, b) => a - b)
    return [String(inside), occurrences[set]!] as const
  })
  expect(new Set(rows.map(([key]) => key)).size).toBe(sets)
  return Object.fromEntries(rows)
}

describe('strongLayers', () => {
  it('counts every set as often as the published procedure meets it', () => {
    fc.assert(
      fc.property(arbitraryGraph({ maxWeight: 6 }), ({ nodes, edges }) => {
        expect(layers(nodes, edges)).toEqual(slowLayers(nodes, edges))
      }),
      { numRuns: 500 },
    )
  })

  it('counts a pair that pays back and forth 100 times inside a ring that turns twice', () => {
    const ring: Edge[] = [
      [0, 1, 100],
      [1, 0, 120],
      [1, 2, 2],
      [2, 0, 2],
      [2, 3, 9],
    ]
    expect(layers(4, ring)).toEqual({ '0,1,2': 2, '0,1': 98 })
  })

  it('names the smallest set around each, of higher number', () => {
    fc.assert(
      fc.property(arbitraryGraph({ maxWeight: 6 }), ({ nodes, edges }) => {
        const { sets, parents, starts, ends } = strongLayers(directed(nodes, edges))
        const holds = (outer: number, inner: number) => starts[outer]! <= starts[inner]! && ends[inner]! <= ends[outer]!
        for (let set = 0; set < sets; set++) {
          const around = Array.from({ length: sets }, (_, i) => i).filter((other) => other !== set && holds(other, set))
          expect(parents[set]).toBe(around.length === 0 ? -1 : Math.min(...around))
          for (const other of around) expect(other).toBeGreaterThan(set)
        }
      }),
    )
  })

  it('is the same under any numbering of the nodes', () => {
    fc.assert(
      fc.property(arbitraryRenumbered({ maxWeight: 6 }), ({ nodes, edges, numbers }) => {
        const back = (number: number) => numbers.indexOf(number)
        expect(layers(nodes, renumber(edges, numbers), back)).toEqual(layers(nodes, edges))
      }),
    )
  })

  it('has no sets without a cycle, and leaves edges of no weight out', () => {
    expect(
      layers(3, [
        [0, 1, 5],
        [1, 2, 5],
      ]),
    ).toEqual({})
    expect(
      layers(2, [
        [0, 1, 5],
        [1, 0, 0],
      ]),
    ).toEqual({})
    expect(layers(1, [[0, 0, 5]])).toEqual({})
  })
})
