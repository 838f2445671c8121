import { createHash } from 'node:crypto'
import type { SqlRow } from '../ledger/ledger.ts'
import type { EvidencePayment, ReportFinding } from '../report/report.ts'
import type { Finding, Signal } from '../signals/signal.ts'
import type { KeptEvidence, Listed } from './evidence.ts'
import { isoTime } from './iso-time.ts'
import { textOrNull } from './sql-values.ts'
import { describeShown, finiteOrNull } from './tested-evidence.ts'

/** A finding before the statements against it are known. */
export type Listing = Omit<ReportFinding, 'contested'>

/** Findings as the report lists them, each payment with its hashes and with the explanations that it leaves open. */
export function listFindings(evidence: KeptEvidence, notes: readonly (readonly string[])[]): Listing[] {
  const payments = groupBy(evidence.payments, (row) => Number(row.finding))
  const returns = groupBy(evidence.returns, (row) => Number(row.finding))
  const shownTransfers = groupBy(evidence.shown, (row) => Number(row.finding))
  const repayments = groupBy(evidence.paymentReturns, (row) => `${row.finding} ${row.usage_index}`)
  return evidence.listed.map((listed, i) => {
    const rows = payments.get(i) ?? []
    const returned = returns.get(i) ?? []
    const shown = rows.slice(0, evidence.mostPayments)
    const transfers = shownTransfers.get(i) ?? []
    return {
      ...idAndHashes(listed, rows, [...returned, ...transfers], evidence.mostHashes),
      tested: testedOf(listed.finding),
      payments: shown.map((row) =>
        describePayment(row, repayments.get(`${i} ${row.usage_index}`) ?? [], listed.signal),
      ),
      returns: returned.slice(0, evidence.mostPayments).map(describeReturn),
      transfers: transfers.slice(0, evidence.mostPayments).map(describeShown),
      notes: [...(notes[i] ?? [])],
      benign: listed.signal.falsePositives
        .filter((story) => story.staysOpen)
        .map(({ id, story, mitigation }) => ({ id, story, mitigation })),
    }
  })
}

/** The id depends on the signal, the subjects and the first hashes alone, so that it stays while a finding stays. */
function idAndHashes({ signal, finding }: Listed, rows: readonly SqlRow[], returned: readonly SqlRow[], most: number) {
  const hashes = [...new Set([...rows, ...returned].map((row) => String(row.tx_hash)))]
  const id = createHash('sha256')
    .update(JSON.stringify([signal.id, finding.subjects, hashes[0] ?? '']))
    .digest('hex')
  return {
    id: `${signal.id}-${id.slice(0, 12)}`,
    signal: signal.id,
    subjects: [...finding.subjects],
    count: finding.payments.length,
    transactions: hashes.slice(0, most),
  }
}

/** Null: a certificate, which needs no null model. */
function testedOf({ tested, pValue }: Finding): ReportFinding['tested'] {
  if (tested === undefined || pValue === null) return null
  return { statistic: finiteOrNull(tested.statistic), pValue, qValue: tested.qValue }
}

function describePayment(row: SqlRow, repayments: readonly SqlRow[], signal: Signal): EvidencePayment {
  return {
    transaction: String(row.tx_hash),
    logIndex: Number(row.log_index),
    chain: String(row.chain),
    usage: String(row.usage_id),
    time: isoTime(Number(row.paid_at)),
    payer: String(row.payer ?? row.consumer),
    payee: String(row.payee ?? row.provider),
    asset: textOrNull(row.asset),
    amount: textOrNull(row.gross),
    level: row.level as EvidencePayment['level'],
    returned: String(row.returned),
    returns: repayments.map((repayment) => ({
      transaction: String(repayment.tx_hash),
      logIndex: Number(repayment.log_index),
      asset: textOrNull(repayment.asset),
      amount: String(repayment.matched),
      afterMs: Number(repayment.after_ms),
    })),
    benign: signal.falsePositives.filter((story) => story.staysOpen).map((story) => story.id),
  }
}

function describeReturn(row: SqlRow): ReportFinding['returns'][number] {
  return {
    chain: String(row.chain),
    transaction: String(row.tx_hash),
    logIndex: Number(row.log_index),
    time: isoTime(Number(row.returned_at)),
    asset: textOrNull(row.asset),
    amount: textOrNull(row.amount),
    matched: String(row.matched),
  }
}

function groupBy<key>(rows: readonly SqlRow[], keyOf: (row: SqlRow) => key): Map<key, SqlRow[]> {
  const groups = new Map<key, SqlRow[]>()
  for (const row of rows) {
    const members = groups.get(keyOf(row))
    if (members === undefined) groups.set(keyOf(row), [row])
    else members.push(row)
  }
  return groups
}
