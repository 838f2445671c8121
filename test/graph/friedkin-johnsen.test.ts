import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GraphError, strengths } from '../../src/graph/csr.ts'
import { friedkinJohnsen } from '../../src/graph/friedkin-johnsen.ts'
import { arbitraryGraph, arbitraryRenumbered, type Edge, edgesOf, renumber, undirected } from './graphs.ts'

/** One node with all others around it: Euclidean norms and largest changes differ the most. */
const arbitraryStar = () =>
  fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }).map((weights) => ({
    nodes: weights.length + 1,
    edges: weights.map((weight, i): Edge => [0, i + 1, weight]),
  }))

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

  it('gives by hand what it gives for three nodes in a row', () => {
    // Strengths 3, 4, 1. Each line is half the start and half the mean of the neighbours on the line before.
    const graph = undirected(3, [
      [0, 1, 3],
      [1, 2, 1],
    ])
    const lines = [
      [1, 0, 0],
      [1 / 2, 3 / 8, 0],
      [11 / 16, 3 / 16, 3 / 16],
      [19 / 32, 9 / 32, 3 / 32],
      [41 / 64, 15 / 64, 9 / 64],
    ]
    // The largest change halves: 1/2, 3/16, 3/32, 3/64, …
    for (const [iterations, tolerance] of [0.51, 0.19, 0.1, 0.05].entries()) {
      const found = friedkinJohnsen(graph, Float64Array.of(1, 0, 0), { tolerance })
      expect(found.iterations).toBe(iterations + 1)
      expect([...found.opinions]).toEqual(lines[found.iterations])
    }
    // x₀ = (1 + x₁)/2, x₁ = (3 x₀ + x₂)/8, x₂ = x₁/2.
    const { opinions } = friedkinJohnsen(graph, Float64Array.of(1, 0, 0), { tolerance: 1e-12 })
    const solved = [5 / 8, 1 / 4, 1 / 8]
    for (const [node, exact] of solved.entries()) expect(opinions[node]).toBeCloseTo(exact, 11)
  })

  const arbitraryStart = fc.oneof(arbitraryGraph({ most: 40 }), arbitraryStar()).chain(({ nodes, edges }) =>
    fc
      .array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: nodes,
        maxLength: nodes,
      })
      .map((start) => ({ graph: undirected(nodes, edges), start: Float64Array.from(start) })),
  )

  it('keeps the sum by strength at every step, halves the largest change, and stays between the opinions at the start', () => {
    fc.assert(
      fc.property(arbitraryStart, ({ graph, start }) => {
        const strength = strengths(graph)
        const total = (values: Float64Array) => values.reduce((sum, value, node) => sum + value * strength[node]!, 0)
        const steps: Float64Array[] = [start]
        for (let tolerance = 0.6; tolerance > 1e-5; tolerance *= 0.7) {
          const { opinions, iterations } = friedkinJohnsen(graph, start, { tolerance })
          steps[iterations] = opinions
        }
        const change = (step: number) =>
          Math.max(...steps[step]!.map((x, node) => Math.abs(x - steps[step - 1]![node]!)))
        // Tolerances closer together than one halving miss a step only where a change shrinks faster than 0.7 of it.
        for (const [step, opinions] of steps.entries()) {
          if (opinions === undefined) continue
          expect(total(opinions)).toBeCloseTo(total(start), 8)
          if (step > 1 && steps[step - 1] && steps[step - 2])
            expect(change(step)).toBeLessThanOrEqual(change(step - 1) / 2 + 1e-15)
          expect(Math.max(...opinions)).toBeLessThanOrEqual(Math.max(...start) + 1e-12)
          expect(Math.min(...opinions)).toBeGreaterThanOrEqual(Math.min(...start) - 1e-12)
        }
      }),
    )
  })

  it('needs 17 iterations at most, and 25 by the rule of the paper', () => {
    let most = 0
    fc.assert(
      fc.property(arbitraryStart, ({ graph, start }) => {
        const { iterations } = friedkinJohnsen(graph, start)
        most = Math.max(most, iterations)
        expect(iterations).toBeLessThanOrEqual(17)
        expect(friedkinJohnsen(graph, start, { stop: 'relative' }).iterations).toBeLessThanOrEqual(25)
      }),
      { numRuns: 300 },
    )
    // Two nodes that change places: 2^-17 is the first power of 1/2 below 1e-5.
    const pair = undirected(2, [[0, 1, 1]])
    expect(friedkinJohnsen(pair, Float64Array.of(1, 0)).iterations).toBe(17)
    expect(most).toBeGreaterThan(10)
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

  it('ends from opinions far from 0, and from one that is unknown', () => {
    const graph = undirected(3, [
      [0, 1, 3],
      [1, 2, 1],
    ])
    for (const stop of ['largest', 'relative'] as const) {
      const far = friedkinJohnsen(graph, Float64Array.of(1e9, -3e8, 7), { tolerance: 1e-12, stop })
      expect(far.iterations).toBeLessThan(60)
      expect(friedkinJohnsen(graph, Float64Array.of(1, Number.NaN, 0), { stop }).opinions[1]).toBeNaN()
    }
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
