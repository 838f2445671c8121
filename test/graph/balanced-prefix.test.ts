import { describe, expect, it } from 'vitest'
import { balancedPrefix, placesFor } from '../../src/graph/balanced-prefix.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { drawTrades, type Trade, tradesOf } from './trades.ts'

function prefix(nodes: number, rows: readonly Trade[], margin = 10_000n, chosen = Int32Array.from(rows.keys())) {
  const trades = tradesOf(nodes, rows)
  const places = placesFor(trades)
  const count = balancedPrefix(trades, chosen, margin, places)
  expect(places.every((place) => place === -1)).toBe(true)
  return count
}

/** Every balance counted afresh for every prefix, the longest first. */
function slowly(nodes: number, rows: readonly Trade[], margin: bigint): number {
  for (let count = rows.length; count > 1; count--) {
    const balances = Array.from({ length: nodes }, () => 0n)
    let total = 0n
    for (const [from, to, , amount] of rows.slice(0, count)) {
      balances[from]! -= amount
      balances[to]! += amount
      total += amount
    }
    const within = (balance: bigint) =>
      (balance < 0n ? -balance : balance) * BigInt(count) * 1_000_000n <= margin * total
    if (total > 0n && balances.every(within)) return count
  }
  return 0
}

describe('balancedPrefix', () => {
  it('drops trades from the end until all balance', () => {
    const rows: Trade[] = [
      [0, 1, 0, 100n],
      [1, 2, 1, 100n],
      [2, 0, 2, 100n],
      [0, 1, 3, 100n],
      [1, 2, 4, 30n],
    ]
    expect(prefix(3, rows)).toBe(3)
    expect(prefix(3, rows, 10_000n, Int32Array.of(0, 1, 3))).toBe(0)
    expect(prefix(3, rows.slice(0, 1), 2_000_000n)).toBe(0)
  })

  it('takes the margin itself, to the last of 2^128 units', () => {
    const whole = 2n ** 128n - (2n ** 128n % 400n)
    const back = (less: bigint): Trade[] => [
      [0, 1, 0, whole + whole / 200n + less],
      [1, 0, 1, whole - whole / 200n - less],
    ]
    // Means of one `whole`: a balance of a hundredth is within, one more unit is not.
    expect(prefix(2, back(0n))).toBe(2)
    expect(prefix(2, back(1n))).toBe(0)
  })

  it('has no run of trades that move nothing', () => {
    expect(
      prefix(2, [
        [0, 1, 0, 0n],
        [1, 0, 1, 0n],
      ]),
    ).toBe(0)
  })

  it('agrees with every prefix counted afresh', () => {
    const random = randomStream(1, 'balanced-prefix')
    let matched = 0
    for (let i = 0; i < 300; i++) {
      const { nodes, rows } = drawTrades(random)
      const margin = random.pick([0n, 10_000n, 100_000n])
      const exact = slowly(nodes, rows, margin)
      expect(prefix(nodes, rows, margin)).toBe(exact)
      if (exact > 0) matched++
    }
    expect(matched).toBeGreaterThan(60)
  })
})
