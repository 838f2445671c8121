import { keepEvidence } from '../../src/audit/evidence.ts'
import type { SqlRow } from '../../src/ledger/ledger.ts'
import type { Facts, TableName } from '../../src/records/index.ts'
import { runSignal } from '../../src/signals/run-signal.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { withLedger } from './ledger-with.ts'

/** A finding in the words of the facts: names and hashes in place of row numbers, all in one order. */
export type PlainFinding = {
  readonly subjects: readonly string[]
  readonly pValue: number | null
  readonly payments: readonly {
    readonly usage: string
    readonly level: string
    readonly returned: bigint
    readonly returns: readonly { readonly transaction: string; readonly amount: bigint }[]
  }[]
  readonly transfers: readonly string[]
}

export type Measured = { readonly tested: number; readonly findings: readonly PlainFinding[] }

const ALL = { most: 2_000_000_000, findings: 2_000_000_000 }

/** What a signal says of the facts, through a real ledger and the real runner. */
export function measureSignal(signal: Signal, batches: Facts | readonly Facts[], seed = 1): Promise<Measured> {
  return withLedger(batches, async ({ ledger, context }) => {
    const filled = new Set((await ledger.rows('filled-tables')).map((row) => row.table_name as TableName))
    const result = await runSignal(signal, context, filled, seed)
    if (result.status !== 'measured') throw new Error(`${signal.id} did not measure: ${JSON.stringify(result)}`)
    const { listed } = await keepEvidence(ledger, new Map([[signal, result]]))
    if (listed.length < result.findings.length) throw new Error('more findings than one report lists')
    const payments = await ledger.rows('finding-payments', ALL)
    const hasReturns = result.findings.some((finding) => finding.transfers.length > 0)
    const returns = hasReturns ? await ledger.rows('payment-returns', { findings: ALL.findings }) : []
    const transfers = hasReturns ? await ledger.rows('finding-returns', ALL) : []
    const findings = listed.map(({ finding }, i) => ({
      subjects: finding.subjects,
      pValue: finding.pValue,
      payments: payments
        .filter((row) => row.finding === i)
        .map((row) => plainPayment(row, returns))
        .sort(byJson),
      transfers: transfers
        .filter((row) => row.finding === i)
        .map((row) => String(row.tx_hash))
        .sort(),
    }))
    return { tested: result.tested, findings: findings.sort(byJson) }
  })
}

function plainPayment(row: SqlRow, returns: readonly SqlRow[]): PlainFinding['payments'][number] {
  return {
    usage: String(row.usage_id),
    level: String(row.level),
    returned: BigInt(row.returned as bigint),
    returns: returns
      .filter((part) => part.finding === row.finding && part.usage_index === row.usage_index)
      .map((part) => ({ transaction: String(part.tx_hash), amount: BigInt(part.matched as bigint) }))
      .sort(byJson),
  }
}

/** JSON with amounts as text. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part))

export function byJson(a: unknown, b: unknown): number {
  const [first, second] = [jsonOf(a), jsonOf(b)]
  return first < second ? -1 : first > second ? 1 : 0
}
