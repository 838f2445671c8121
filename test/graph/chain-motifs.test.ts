import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chains, clusters, type Motif, type Transfers } from '../../src/graph/chain-motifs.ts'
import { arbitraryGraph, type Edge, groupsOf, isConnected } from './graphs.ts'

const transfersOf = (nodes: number, rows: readonly Edge[]): Transfers => ({
  nodes,
  from: Int32Array.from(rows, ([from]) => from),
  to: Int32Array.from(rows, ([, to]) => to),
  sizes: Float64Array.from(rows, ([, , size]) => size),
})

const plain = (motifs: readonly Motif[]) =>
  motifs.map(({ nodes, transfers }) => ({ nodes: [...nodes], transfers: [...transfers] }))

/** Neighbours as sets, components by trying which nodes edges join. */
function slowly(nodes: number, rows: readonly Edge[], motif: 'chain' | 'cluster', least: number, variation: number) {
  const others = (node: number, end: 0 | 1) =>
    new Set(rows.filter((row) => row[end] === node && row[0] !== row[1]).map((row) => row[1 - end] as number))
  const isChosen = (node: number) => {
    const [down, up] = [others(node, 0), others(node, 1)]
    if (motif === 'cluster') return down.size > 1 || up.size > 1
    return down.size === 1 && up.size === 1 && [...down][0] !== [...up][0]
  }
  const chosen = Array.from({ length: nodes }, (_, node) => node).filter(isChosen)
  const apart = rows.filter(([from, to]) => from !== to)
  const labels = Array.from({ length: nodes }, (_, node) => node)
  for (const _ of chosen)
    for (const [from, to] of apart)
      if (chosen.includes(from) && chosen.includes(to)) labels[from] = labels[to] = Math.min(labels[from]!, labels[to]!)
  return groupsOf(labels).flatMap((group) => {
    const transfers = [...rows.keys()].filter((i) => {
      const [from, to] = rows[i]!
      return from !== to && group.includes(from) && group.includes(to)
    })
    const sizes = transfers.map((i) => rows[i]![2])
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    const sd = Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length - mean * mean)
    return group.length >= least && chosen.includes(group[0]!) && sd / mean <= variation
      ? [{ nodes: group, transfers }]
      : []
  })
}

describe('chains and clusters', () => {
  it('are those that sets of neighbours give', () => {
    let found = 0
    fc.assert(
      fc.property(
        arbitraryGraph({ most: 14, density: 2, maxWeight: 3 }),
        fc.constantFrom(2, 3, 4),
        fc.constantFrom(0.101, 0.35, 9, 9),
        ({ nodes, edges }, least, variation) => {
          const transfers = transfersOf(nodes, edges)
          for (const [kind, search] of [
            ['chain', chains],
            ['cluster', clusters],
          ] as const) {
            const motifs = search(transfers, { least, variation })
            const ours = plain(motifs)
            expect(ours).toEqual(slowly(nodes, edges, kind, least, variation))
            for (const motif of ours) expect(isConnected(motif.nodes, edges)).toBe(true)
            found += motifs.length
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(found).toBeGreaterThan(20)
  })

  it('finds capital handed on at one size, twice over, without the ends of the chain', () => {
    const rows: Edge[] = [0, 1, 2, 3, 0, 1, 2, 3].map((node, i) => [node, node + 1, 100 + (i % 3)])
    rows.push([2, 2, 9000])
    const [chain, ...others] = chains(transfersOf(6, rows))
    expect(others).toEqual([])
    expect([...chain!.nodes]).toEqual([1, 2, 3])
    expect([...chain!.transfers]).toEqual([1, 2, 5, 6])
    expect(chain!.variation).toBeCloseTo(Math.sqrt(11 / 16) / 101.25, 12)
    expect(clusters(transfersOf(6, rows))).toEqual([])
  })

  it('leaves out two that pay back and forth, and sizes that differ', () => {
    const pair: Edge[] = [
      [0, 1, 5],
      [1, 0, 5],
    ]
    expect(chains(transfersOf(2, pair), { least: 2 })).toEqual([])
    const ring: Edge[] = [
      [0, 1, 5],
      [1, 2, 5],
      [2, 0, 9],
    ]
    expect(chains(transfersOf(3, ring))).toEqual([])
    expect(plain(chains(transfersOf(3, ring), { variation: 0.4 }))).toEqual([
      { nodes: [0, 1, 2], transfers: [0, 1, 2] },
    ])
  })

  it('finds four that pay each other alike', () => {
    const all = [0, 1, 2, 3]
    const rows = all.flatMap((a) => all.filter((b) => b !== a).map((b): Edge => [a, b, 50]))
    expect(plain(clusters(transfersOf(5, rows)))).toEqual([{ nodes: all, transfers: [...rows.keys()] }])
    expect(chains(transfersOf(5, rows))).toEqual([])
  })
})
