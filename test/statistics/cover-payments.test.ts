import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACK, coverPayments, GRANT, PAYMENT } from '../../src/statistics/cover-payments.ts'

type Row = { readonly kind: number; readonly payer: number; readonly time: number; readonly amount: number }

const rowsArbitrary = fc
  .array(
    fc.record({
      kind: fc.constantFrom(GRANT, BACK, PAYMENT),
      payer: fc.nat(1),
      time: fc.nat(20),
      amount: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 20 },
  )
  .map((rows) => rows.toSorted((a, b) => a.time - b.time))

const cover = (rows: readonly Row[], window: number): number[] =>
  coverPayments(
    {
      kind: Uint8Array.from(rows, ({ kind }) => kind),
      payer: Int32Array.from(rows, ({ payer }) => payer),
      time: BigInt64Array.from(rows, ({ time }) => BigInt(time)),
      amount: (row) => BigInt(rows[row]!.amount),
    },
    BigInt(window),
  ).map(Number)

/** The definition, unit by unit. */
function slowly(rows: readonly Row[], window: number): number[] {
  const covered = rows.map(() => 0)
  const held = [0, 0]
  const open: number[][] = [[], []]
  rows.forEach(({ kind, payer, amount, time }, row) => {
    for (let unit = 0; unit < amount; unit++) {
      if (kind === GRANT) held[payer]! += 1
      else if (kind === BACK) held[payer] = Math.max(0, held[payer]! - 1)
      else open[payer]!.push(row)
    }
    open[payer] = open[payer]!.filter((paid) => time - rows[paid]!.time <= window)
    while (held[payer]! > 0 && open[payer]!.length > 0) {
      covered[open[payer]!.shift()!]! += 1
      held[payer]! -= 1
    }
  })
  return covered
}

describe('coverPayments', () => {
  it('covers unit by unit what a payer had or soon gets', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.nat(20), (rows, window) => {
        expect(cover(rows, window)).toEqual(slowly(rows, window))
      }),
    )
  })

  it('never covers more than was granted, nor more of a payment than it is', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.nat(20), (rows, window) => {
        const covered = cover(rows, window)
        const sum = (kind: number) => rows.reduce((all, row) => all + (row.kind === kind ? row.amount : 0), 0)
        expect(covered.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(sum(GRANT))
        rows.forEach(({ kind, amount }, row) => {
          expect(covered[row]!).toBeLessThanOrEqual(kind === PAYMENT ? amount : 0)
        })
      }),
    )
  })
})
