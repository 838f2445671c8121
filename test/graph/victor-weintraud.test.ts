import { describe, expect, it } from 'vitest'
import { balancedPrefix, placesFor } from '../../src/graph/balanced-prefix.ts'
import { matchTrades } from '../../src/graph/victor-weintraud.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { type Edge, slowStrongComponents } from './graphs.ts'
import { drawTrades, type Trade, tradesOf } from './trades.ts'

const HOUR = 3_600_000
const options = { occurrences: 2, windows: [1000, 10_000, 100_000], margin: 0.02 }

/** As published: components are counted layer by layer, each is searched in every window of every pass. */
function slowly(nodes: number, rows: readonly Trade[]): (string | null)[] {
  const counts = new Map<string, number>()
  const weights = new Map<string, number>()
  for (const [from, to] of rows) if (from !== to) weights.set(`${from},${to}`, (weights.get(`${from},${to}`) ?? 0) + 1)
  let left = [...weights].map(([pair, weight]): Edge => [...(pair.split(',').map(Number) as [number, number]), weight])
  while (left.length > 0) {
    for (const component of slowStrongComponents(nodes, left))
      if (component.length > 1) counts.set(String(component), (counts.get(String(component)) ?? 0) + 1)
    left = left.map(([a, b, weight]): Edge => [a, b, weight - 1]).filter(([, , weight]) => weight > 0)
  }
  const labels = rows.map((): string | null => null)
  const trades = tradesOf(nodes, rows)
  for (const window of options.windows)
    for (const [members, count] of counts) {
      if (count < options.occurrences) continue
      const inside = new Set(members.split(',').map(Number))
      const open = [...rows.keys()].filter((row) => {
        const [from, to] = rows[row]!
        return labels[row] === null && from !== to && inside.has(from) && inside.has(to)
      })
      for (const within of new Set(open.map((row) => Math.floor(rows[row]![2] / window)))) {
        const found = Int32Array.from(open.filter((row) => Math.floor(rows[row]![2] / window) === within))
        for (const row of found.subarray(0, balancedPrefix(trades, found, 20_000n, placesFor(trades))))
          labels[row] = `${members} in ${window}`
      }
    }
  return labels
}

function quickly(nodes: number, rows: readonly Trade[]): (string | null)[] {
  const { layers, sets, passes } = matchTrades(tradesOf(nodes, rows), options)
  return Array.from(sets, (set, row) => {
    if (set === -1) return null
    const members = layers.members.slice(layers.starts[set], layers.ends[set]).sort((a, b) => a - b)
    return `${members} in ${options.windows[passes[row]!]}`
  })
}

describe('matchTrades', () => {
  it('labels what the published procedure labels', () => {
    const random = randomStream(1, 'victor-weintraud')
    const seen = new Set<string>()
    for (let i = 0; i < 400; i++) {
      const { nodes, rows } = drawTrades(random)
      const labels = quickly(nodes, rows)
      expect(labels).toEqual(slowly(nodes, rows))
      for (const label of labels) if (label !== null) seen.add(label)
    }
    expect(seen.size).toBeGreaterThan(40)
    for (const window of options.windows) expect([...seen].some((label) => label.endsWith(` in ${window}`))).toBe(true)
  })

  it('matches a ring of 100 turns as the paper would, and not one of 99', () => {
    const ring = (turns: number) =>
      Array.from({ length: turns * 3 }, (_, i): Trade => [i % 3, (i + 1) % 3, i * 60_000, 10n ** 21n])
    const { layers, sets, passes } = matchTrades(tradesOf(4, [...ring(100), [2, 3, 301 * 60_000, 5n]]))
    expect([...layers.occurrences]).toEqual([100])
    expect(sets.filter((set) => set === 0).length).toBe(300)
    expect(new Set(passes.subarray(0, 300))).toEqual(new Set([0]))
    expect([sets[300], passes[300]]).toEqual([-1, -1])
    expect(matchTrades(tradesOf(3, ring(99))).sets.every((set) => set === -1)).toBe(true)
  })

  it('leaves to a longer window what a shorter one cannot balance', () => {
    const rows: Trade[] = [
      [0, 1, 0, 100n],
      [1, 0, 2 * HOUR, 100n],
      [0, 1, 30 * HOUR, 7n],
      [1, 0, 60 * HOUR, 7n],
    ]
    expect([...matchTrades(tradesOf(2, rows), { occurrences: 1 }).passes]).toEqual([1, 1, 2, 2])
    expect([...matchTrades(tradesOf(2, rows), { occurrences: 1, start: -23 * HOUR }).passes]).toEqual([2, 2, 2, 2])
  })

  it('keeps pace with many trades', () => {
    const random = randomStream(1, 'victor-weintraud, many')
    const rows = Array.from({ length: 40_000 }, (_, i): Trade => {
      const [from, to] = [random.below(500), random.below(500)]
      return [from, to, i * 1000, BigInt(1 + random.below(1000))]
    })
    const began = performance.now()
    matchTrades(tradesOf(500, rows), { occurrences: 1 })
    // A fresh count of every balance for every trade dropped would take minutes.
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
