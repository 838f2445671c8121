import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Match, type Moves, matchReturns } from '../../src/statistics/match-returns.ts'

type Row = { readonly flow: number; readonly isReturn: boolean; readonly time: number; readonly amount: bigint }

const movesOf = (rows: readonly Row[]): Moves => ({
  flow: Int32Array.from(rows, (row) => row.flow),
  isReturn: Int32Array.from(rows, (row) => (row.isReturn ? 1 : 0)),
  time: BigInt64Array.from(rows, (row) => BigInt(row.time)),
  amount: (row) => rows[row]?.amount ?? 0n,
})

/** The definition, unit by unit: each returned unit goes to the oldest unpaid unit of its flow inside the window. */
function slowly(rows: readonly Row[], window: number): Match[] {
  const openUnits: { readonly row: number; spent: boolean }[] = []
  const sums = new Map<string, Match>()
  for (const [index, row] of rows.entries())
    for (let unit = 0n; unit < row.amount; unit++) {
      if (!row.isReturn) {
        openUnits.push({ row: index, spent: false })
        continue
      }
      const found = openUnits.find(({ row: paid, spent }) => {
        const payment = rows[paid] as Row
        return !spent && payment.flow === row.flow && row.time - payment.time <= window
      })
      if (found === undefined) continue
      found.spent = true
      const key = `${found.row} ${index}`
      const amount = (sums.get(key)?.amount ?? 0n) + 1n
      sums.set(key, { paid: found.row, returned: index, amount })
    }
  return [...sums.values()]
}

const arbitraryRows = fc
  .array(
    fc.record({
      flow: fc.integer({ min: 0, max: 2 }),
      isReturn: fc.boolean(),
      time: fc.integer({ min: 0, max: 30 }),
      amount: fc.bigInt({ min: 0n, max: 6n }),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.sort((a, b) => a.flow - b.flow || a.time - b.time))

const arbitraryWindow = fc.integer({ min: 0, max: 35 })
const sorted = (matches: readonly Match[]) => [...matches].sort((a, b) => a.returned - b.returned || a.paid - b.paid)
const sum = (matches: readonly Match[]) => matches.reduce((total, match) => total + match.amount, 0n)

describe('matchReturns', () => {
  it('agrees with the definition unit by unit', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryWindow, (rows, window) => {
        expect(sorted(matchReturns(movesOf(rows), BigInt(window)))).toEqual(sorted(slowly(rows, window)))
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })

  it('spends each unit once, within its flow and its window, and never before the payment', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryWindow, (rows, window) => {
        const matches = matchReturns(movesOf(rows), BigInt(window))
        for (const [index, row] of rows.entries()) {
          const side = row.isReturn ? 'returned' : 'paid'
          expect(sum(matches.filter((match) => match[side] === index))).toBeLessThanOrEqual(row.amount)
        }
        for (const { paid, returned, amount } of matches) {
          const [payment, back] = [rows[paid], rows[returned]] as [Row, Row]
          expect(amount).toBeGreaterThan(0n)
          expect([payment.isReturn, back.isReturn]).toEqual([false, true])
          expect(payment.flow).toBe(back.flow)
          expect(paid).toBeLessThan(returned)
          expect(back.time - payment.time).toBeLessThanOrEqual(window)
        }
      }),
      { numRuns: 1_000, seed: 2 },
    )
  })

  it('repays the oldest payment first and keeps what is left of it for the next return', () => {
    const rows = [
      { flow: 0, isReturn: false, time: 0, amount: 10n },
      { flow: 0, isReturn: false, time: 1, amount: 10n },
      { flow: 0, isReturn: true, time: 2, amount: 4n },
      { flow: 0, isReturn: true, time: 3, amount: 12n },
    ]
    expect(matchReturns(movesOf(rows), 30n)).toEqual([
      { paid: 0, returned: 2, amount: 4n },
      { paid: 0, returned: 3, amount: 6n },
      { paid: 1, returned: 3, amount: 6n },
    ])
  })

  it('is exact beyond 64 bits', () => {
    const most = 10n ** 38n - 1n
    const rows = [
      { flow: 0, isReturn: false, time: 0, amount: most },
      { flow: 0, isReturn: true, time: 1, amount: most - 1n },
    ]
    expect(matchReturns(movesOf(rows), 1n)).toEqual([{ paid: 0, returned: 1, amount: most - 1n }])
  })

  it('finds nothing where there is nothing', () => expect(matchReturns(movesOf([]), 1n)).toEqual([]))
})
