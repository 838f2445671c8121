import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LeidenOptions, leiden } from '../../src/graph/leiden.ts'
import { constantPotts, modularity } from '../../src/graph/quality.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { arbitraryGraph, type Edge, groupsOf, isConnected, karate, undirected } from './graphs.ts'
import { bestSingleMove, worth } from './levels.ts'

const run = (graph: ReturnType<typeof undirected>, seed: number, options: Partial<LeidenOptions> = {}) =>
  leiden(graph, { objective: 'modularity', random: randomStream(seed, 'leiden').next, ...options })

const objectives = fc.record({
  objective: fc.constantFrom('modularity' as const, 'cpm' as const),
  resolution: fc.constantFrom(0.05, 0.2, 0.5, 1, 2),
  seed: fc.nat(),
})

/** Cliques of five in a ring, one edge between neighbours. */
const ringOfCliques = (cliques: number): Edge[] =>
  Array.from({ length: cliques }, (_, clique) => clique * 5).flatMap((first) => [
    ...[0, 1, 2, 3].flatMap((i) => [4, 3, 2, 1].filter((j) => j > i).map((j): Edge => [first + i, first + j, 1])),
    [first, (first + 6) % (5 * cliques), 1] as const,
  ])

/** Every partition of n nodes, as restricted growth strings. */
function partitions(n: number): number[][] {
  if (n === 0) return [[]]
  return partitions(n - 1).flatMap((labels) =>
    Array.from({ length: Math.max(-1, ...labels) + 2 }, (_, label) => [...labels, label]),
  )
}

describe('leiden', () => {
  it('finds the proven optimum of the karate club, 0.4198 (Brandes et al. 2008)', () => {
    const found = Array.from({ length: 20 }, (_, seed) => run(karate(), seed).quality)
    expect(Math.max(...found)).toBeCloseTo(0.4197896, 7)
    expect(Math.min(...found)).toBeGreaterThan(0.415)
    expect(found.filter((quality) => quality > 0.41978).length).toBeGreaterThanOrEqual(10)
  })

  it('tells 30 cliques in a ring apart by the Potts model, where modularity joins them in pairs', () => {
    const edges = ringOfCliques(30)
    const potts = run(undirected(150, edges), 1, { objective: 'cpm', resolution: 0.5 })
    expect(groupsOf(potts.membership)).toEqual(
      Array.from({ length: 30 }, (_, clique) => [0, 1, 2, 3, 4].map((i) => 5 * clique + i)),
    )
    expect(run(undirected(150, edges), 1).count).toBeLessThan(30)
  })

  it('never gives a community that is not connected, and names the quality it has', () => {
    fc.assert(
      fc.property(
        arbitraryGraph({ most: 60, density: 3 }),
        objectives,
        ({ nodes, edges }, { seed, objective, resolution }) => {
          const graph = undirected(nodes, edges)
          const { membership, count, quality } = run(graph, seed, { objective, resolution })
          const groups = groupsOf(membership)
          expect(groups.length).toBe(count)
          for (const group of groups) expect(isConnected(group, edges)).toBe(true)
          const measure = objective === 'cpm' ? constantPotts : modularity
          expect(quality).toBe(measure(graph, membership, resolution))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('ends where no node gains by moving and no two communities gain by merging', () => {
    fc.assert(
      fc.property(arbitraryGraph({ most: 14 }), objectives, ({ nodes, edges }, { seed, resolution }) => {
        const level = { graph: undirected(nodes, edges), sizes: new Float64Array(nodes).fill(1) }
        const { membership, count } = run(level.graph, seed, { objective: 'cpm', resolution })
        const value = worth(level, membership, resolution)
        expect(bestSingleMove(level, membership, resolution)).toBeLessThan(value + 1e-8)
        for (let a = 0; a < count; a++)
          for (let b = 0; b < a; b++) {
            const merged = membership.map((group) => (group === a ? b : group))
            expect(worth(level, merged, resolution)).toBeLessThan(value + 1e-8)
          }
      }),
    )
  })

  it('comes within 1 % of the best of all partitions of small graphs, in sum', () => {
    const all = Array.from({ length: 8 }, (_, n) => partitions(n).map((labels) => Int32Array.from(labels)))
    let [found, best] = [0, 0]
    fc.assert(
      fc.property(arbitraryGraph({ most: 7, density: 2 }), fc.nat(), ({ nodes, edges }, seed) => {
        fc.pre(edges.length > 0)
        const graph = undirected(nodes, edges)
        const optimum = Math.max(...all[nodes]!.map((membership) => modularity(graph, membership)))
        const { quality } = run(graph, seed)
        expect(quality).toBeLessThan(optimum + 1e-9)
        found += quality
        best += optimum
      }),
      { seed: 7, numRuns: 200 },
    )
    expect(found).toBeGreaterThan(0.99 * best)
  })

  it('gives the same communities for the same stream, and none worse for more iterations', () => {
    fc.assert(
      fc.property(arbitraryGraph({ most: 40 }), fc.nat(), ({ nodes, edges }, seed) => {
        const graph = undirected(nodes, edges)
        expect(run(graph, seed)).toEqual(run(graph, seed))
        fc.pre(edges.length > 0)
        const qualities = [1, 2, 3, Number.POSITIVE_INFINITY].map((iterations) => run(graph, seed, { iterations }))
        for (let i = 1; i < qualities.length; i++)
          expect(qualities[i]!.quality).toBeGreaterThan(qualities[i - 1]!.quality - 1e-12)
      }),
    )
  })

  it('takes a node of size s for s nodes', () => {
    const [heavy, light] = [Float64Array.of(3, 3), Float64Array.of(1, 1)]
    const graph = undirected(2, [[0, 1, 4]])
    expect(run(graph, 1, { objective: 'cpm', resolution: 0.5, nodeSizes: heavy }).count).toBe(2)
    expect(run(graph, 1, { objective: 'cpm', resolution: 0.5, nodeSizes: light }).count).toBe(1)
  })

  it('leaves nodes without edges alone', () => {
    expect(run(undirected(3, []), 1)).toMatchObject({ count: 3, quality: Number.NaN })
    expect(run(undirected(0, []), 1)).toMatchObject({ count: 0 })
    expect(run(undirected(3, [[1, 1, 5]]), 1)).toMatchObject({ count: 3, quality: 0 })
  })
})
