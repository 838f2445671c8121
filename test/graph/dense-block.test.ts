import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCsr } from '../../src/graph/csr.ts'
import { denseBlock } from '../../src/graph/dense-block.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { arbitraryGraph, directed, type Edge } from './graphs.ts'

type Block = { readonly rows: readonly number[]; readonly columns: readonly number[] }

const scaleOf = (edges: readonly Edge[]) => {
  const degrees = new Map<number, number>()
  for (const [, column, weight] of edges) degrees.set(column, (degrees.get(column) ?? 0) + weight)
  return (column: number) => Math.round(2 ** 24 / Math.log(degrees.get(column)! + 5))
}

function weightIn(edges: readonly Edge[], { rows, columns }: Block): number {
  const scale = scaleOf(edges)
  const inside = edges.filter(([row, column]) => rows.includes(row) && columns.includes(column))
  return inside.reduce((sum, [, column, weight]) => sum + weight * scale(column), 0)
}

const density = (edges: readonly Edge[], block: Block) => {
  const size = block.rows.length + block.columns.length
  return size === 0 ? 0 : weightIn(edges, block) / size / 2 ** 24
}

/** Peels with every weight counted afresh at every step. */
function plainly(edges: readonly Edge[]): Block {
  const sorted = (values: number[]) => [...new Set(values)].sort((a, b) => a - b)
  let block: Block = { rows: sorted(edges.map(([row]) => row)), columns: sorted(edges.map(([, column]) => column)) }
  let best = block
  while (block.rows.length + block.columns.length > 1) {
    const { rows, columns } = block
    const whole = weightIn(edges, block)
    const smaller = [
      ...rows.map((gone) => ({ rows: rows.filter((row) => row !== gone), columns })),
      ...columns.map((gone) => ({ rows, columns: columns.filter((column) => column !== gone) })),
    ]
    const losses = smaller.map((other) => whole - weightIn(edges, other))
    block = smaller[losses.indexOf(Math.min(...losses))]!
    if (density(edges, block) > density(edges, best)) best = block
  }
  return best
}

const subsets = (values: readonly number[]) =>
  Array.from({ length: 2 ** values.length }, (_, chosen) => values.filter((_, i) => (chosen >> i) & 1))

const found = (nodes: number, edges: readonly Edge[]) => {
  const { rows, columns, density } = denseBlock(directed(nodes, edges))
  return { rows: [...rows], columns: [...columns], density }
}

describe('denseBlock', () => {
  it('takes the block that plain peeling takes', () => {
    fc.assert(
      fc.property(arbitraryGraph({ most: 9 }), ({ nodes, edges }) => {
        const { density: said, ...block } = found(nodes, edges)
        expect(block).toEqual(plainly(edges))
        expect(said).toBeCloseTo(density(edges, block), 12)
      }),
      { numRuns: 300 },
    )
  })

  it('is half as dense as the densest at least, and no denser', () => {
    fc.assert(
      fc.property(arbitraryGraph({ most: 5, density: 5 }), ({ nodes, edges }) => {
        const all = Array.from({ length: nodes }, (_, node) => node)
        const blocks = subsets(all).flatMap((rows) => subsets(all).map((columns) => ({ rows, columns })))
        const densest = Math.max(...blocks.map((block) => density(edges, block)))
        const { density: said } = found(nodes, edges)
        expect(said).toBeGreaterThanOrEqual(densest / 2 - 1e-12)
        expect(said).toBeLessThanOrEqual(densest + 1e-12)
      }),
      { numRuns: 100 },
    )
  })

  it('finds a block behind payments to popular services', () => {
    const random = randomStream(1, 'dense-block')
    const edges: [number, number][] = []
    for (let i = 0; i < 12_000; i++) edges.push([random.below(4000), 4000 + Math.floor(1000 * random.next() ** 3)])
    for (let payer = 0; payer < 30; payer++) {
      for (let payee = 0; payee < 20; payee++) edges.push([payer, 4980 + payee])
      for (let i = 0; i < 20; i++) edges.push([payer, 4000 + Math.floor(100 * random.next() ** 3)])
    }
    const distinct = [...new Set(edges.map(([payer, payee]) => payer * 5000 + payee))]
    const graph = buildCsr(
      5000,
      Int32Array.from(distinct, (edge) => Math.floor(edge / 5000)),
      Int32Array.from(distinct, (edge) => edge % 5000),
    )
    const { rows, columns } = denseBlock(graph)
    expect([...rows]).toEqual(Array.from({ length: 30 }, (_, i) => i))
    expect([...columns].filter((column) => column >= 4980).length).toBe(20)
  })

  it('has no block without edges', () => {
    expect(found(3, [])).toEqual({ rows: [], columns: [], density: 0 })
  })
})
