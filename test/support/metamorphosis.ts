import { createHash } from 'node:crypto'
import type { Facts } from '../../src/records/index.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { byJson, type Measured } from './measure-signal.ts'

/** A change of the facts that must not change what a signal says, up to `expected`. */
export type Metamorphosis = {
  readonly name: string
  readonly facts: (facts: Facts) => Facts | readonly Facts[]
  readonly expected: (measured: Measured) => Measured
}

type AnyRow = { readonly [column: string]: unknown }

const same = (measured: Measured) => measured

export const metamorphoses: readonly Metamorphosis[] = [
  { name: 'rows in another order', facts: shuffle, expected: same },
  { name: 'batches cut otherwise', facts: split, expected: same },
  { name: 'wallets by other names', facts: (facts) => mapRows(facts, renameRow), expected: renameMeasured },
  { name: 'another time', facts: (facts) => mapRows(facts, shiftRow), expected: same },
  { name: 'amounts in a smaller unit', facts: (facts) => mapRows(facts, scaleRow), expected: scaleMeasured },
]

function mapRows(facts: Facts, change: (row: AnyRow) => AnyRow): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([table, rows]) => [table, (rows as readonly AnyRow[]).map(change)]),
  ) as Facts
}

function shuffle(facts: Facts): Facts {
  const random = randomStream(1, 'shuffle')
  return Object.fromEntries(
    Object.entries(facts).map(([table, rows]) => {
      const keyed = (rows as readonly AnyRow[]).map((row) => ({ row, key: random.next() }))
      return [table, keyed.sort((a, b) => a.key - b.key).map(({ row }) => row)]
    }),
  ) as Facts
}

/** Every third row in a batch, the last third twice. */
function split(facts: Facts): Facts[] {
  return [2, 0, 1, 2].map(
    (part) =>
      Object.fromEntries(
        Object.entries(facts).map(([table, rows]) => [
          table,
          (rows as readonly AnyRow[]).filter((_, i) => i % 3 === part),
        ]),
      ) as Facts,
  )
}

const walletColumns = [
  'consumer',
  'provider',
  'evaluator',
  'tx_from',
  'from',
  'to',
  'address',
  'subject',
  'object',
  'recipient',
]
const timeColumns = ['timestamp', 'from_time', 'to_time']
const amountColumns = ['amount', 'expected_amount']

export const rename = (name: string) => `0x${createHash('sha256').update(name).digest('hex').slice(0, 40)}`

function changeColumns<value>(row: AnyRow, columns: readonly string[], change: (value: value) => value): AnyRow {
  const changed = columns.filter((column) => row[column] !== null && row[column] !== undefined)
  return { ...row, ...Object.fromEntries(changed.map((column) => [column, change(row[column] as value)])) }
}

const renameRow = (row: AnyRow) => changeColumns(row, walletColumns, rename)
const shiftRow = (row: AnyRow) => changeColumns<number>(row, timeColumns, (time) => time + 12_345_678_901)
const scaleRow = (row: AnyRow) => changeColumns<bigint>(row, amountColumns, (amount) => amount * 10n ** 12n)

function renameMeasured({ tested, findings }: Measured): Measured {
  return {
    tested,
    findings: findings.map((finding) => ({ ...finding, subjects: finding.subjects.map(rename) })).sort(byJson),
  }
}

function scaleMeasured({ tested, findings }: Measured): Measured {
  const scale = (amount: bigint) => amount * 10n ** 12n
  return {
    tested,
    findings: findings
      .map((finding) => ({
        ...finding,
        payments: finding.payments
          .map((payment) => ({
            ...payment,
            returned: scale(payment.returned),
            returns: payment.returns.map((part) => ({ ...part, amount: scale(part.amount) })).sort(byJson),
          }))
          .sort(byJson),
      }))
      .sort(byJson),
  }
}
