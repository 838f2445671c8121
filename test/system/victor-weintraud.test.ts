import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { matchTrades } from '../../src/graph/victor-weintraud.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { drawTrades, type Trade, tradesOf } from '../graph/trades.ts'

const WINDOWS = [1000, 10_000, 100_000]
type Market = {
  readonly nodes: number
  readonly rows: readonly Trade[]
  readonly occurrences: number
  readonly margin: number
}
type Label = readonly [members: readonly number[], window: number] | null

function askPeer(markets: readonly Market[]): Label[][] {
  const folder = mkdtempSync(join(tmpdir(), 'washboard-markets-'))
  try {
    const file = join(folder, 'markets.json')
    const asked = markets.map(({ rows, margin, ...rest }) => ({
      ...rest,
      trades: rows.map(([from, to, time, amount]) => [from, to, time, String(amount)]),
      windows: WINDOWS,
      margin: Math.round(margin * 1e6),
    }))
    writeFileSync(file, JSON.stringify(asked))
    const python = resolve('node_modules/.cache/python/bin/python')
    const script = join(import.meta.dirname, 'victor-weintraud-peer.py')
    return JSON.parse(execFileSync(python, [script, file], { encoding: 'utf8', maxBuffer: 2 ** 30 }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ours({ nodes, rows, occurrences, margin }: Market): Label[] {
  const { layers, sets, passes } = matchTrades(tradesOf(nodes, rows), { occurrences, margin, windows: WINDOWS })
  return Array.from(sets, (set, row) => {
    if (set === -1) return null
    const members = layers.members.slice(layers.starts[set], layers.ends[set]).sort((a, b) => a - b)
    return [[...members], WINDOWS[passes[row]!]!]
  })
}

it('labels the trades of 1,000 random markets as the published procedure on networkx does', () => {
  const random = randomStream(1, 'victor-weintraud-peer')
  const markets = Array.from({ length: 1000 }, () => ({
    ...drawTrades(random),
    occurrences: 1 + random.below(3),
    margin: random.pick([0, 0.01, 0.1]),
  }))
  const theirs = askPeer(markets)
  markets.forEach((market, i) => {
    expect(ours(market)).toEqual(theirs[i])
  })
  const labels = theirs.flat()
  const found = labels.filter((label) => label !== null)
  expect(found.length).toBeGreaterThan(2000)
  expect(labels.length - found.length).toBeGreaterThan(2000)
  for (const window of WINDOWS) expect(found.filter(([, within]) => within === window).length).toBeGreaterThan(100)
}, 300_000)
