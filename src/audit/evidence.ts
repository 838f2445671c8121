import type { Ledger, SqlRow } from '../ledger/ledger.ts'
import type { Finding, Signal, SignalResult } from '../signals/signal.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { keepShown } from './tested-evidence.ts'

/** A finding with its signal, in the order of the report. */
export type Listed = { readonly signal: Signal; readonly finding: Finding }

export type KeptEvidence = {
  readonly listed: readonly Listed[]
  /** Findings beyond what the report lists; they stand in the evidence files. */
  readonly omitted: number
  readonly mostHashes: number
  readonly mostPayments: number
  readonly payments: readonly SqlRow[]
  readonly paymentReturns: readonly SqlRow[]
  readonly returns: readonly SqlRow[]
  /** Transfers that show findings of signals with a null model. */
  readonly shown: readonly SqlRow[]
  readonly files: readonly EvidenceFile[]
}

/** What keeps report.json under 4 MB: findings listed, hashes and payments over all findings, and at most in one. */
const LISTED_FINDINGS = 500
const ALL_HASHES = 20_000
const ALL_PAYMENTS = 2_500
const MOST_HASHES = 500
const MOST_PAYMENTS = 50
const EVERYTHING = 2_000_000_000

/** Hands the marks of the findings back to the ledger's session, where they are joined to hashes, and reads what is listed. */
export async function keepEvidence(ledger: Ledger, results: ReadonlyMap<Signal, SignalResult>): Promise<KeptEvidence> {
  const all = [...results].flatMap(([signal, result]) =>
    result.status === 'measured' ? result.findings.map((finding) => ({ signal, finding })) : [],
  )
  // The largest first, then by name, so that the cap never hides a large one.
  const order = all.sort(
    (a, b) =>
      size(b.finding) - size(a.finding) || compare(a.signal.id, b.signal.id) || compare(key(a.finding), key(b.finding)),
  )
  await keepMarks(ledger, order)
  const hasShown = order.some(({ finding }) => (finding.tested?.shown.length ?? 0) > 0)
  if (hasShown)
    await keepShown(
      ledger,
      order.map(({ finding }) => finding),
    )
  const listed = order.slice(0, LISTED_FINDINGS)
  const share = Math.max(1, listed.length)
  const mostHashes = Math.max(1, Math.min(MOST_HASHES, Math.floor(ALL_HASHES / share)))
  const mostPayments = Math.max(1, Math.min(MOST_PAYMENTS, Math.floor(ALL_PAYMENTS / share)))
  const hasReturns = order.some(({ finding }) => finding.transfers.length > 0)
  return {
    listed,
    omitted: order.length - listed.length,
    mostHashes,
    mostPayments,
    payments: await ledger.rows('finding-payments', { most: mostHashes, findings: listed.length }),
    paymentReturns: hasReturns ? await ledger.rows('payment-returns', { findings: listed.length }) : [],
    returns: hasReturns ? await ledger.rows('finding-returns', { most: mostHashes, findings: listed.length }) : [],
    shown: hasShown ? await ledger.rows('finding-transfers', { most: mostHashes, findings: listed.length }) : [],
    files: filesOf(hasShown, hasReturns),
  }
}

function filesOf(hasShown: boolean, hasReturns: boolean): EvidenceFile[] {
  const parameters = { most: EVERYTHING, findings: EVERYTHING }
  const shown = { name: 'transfers.parquet', query: 'finding-transfers', parameters }
  const returns = [
    { name: 'returns.parquet', query: 'finding-returns', parameters },
    { name: 'matches.parquet', query: 'payment-returns', parameters: { findings: EVERYTHING } },
  ]
  return [
    { name: 'payments.parquet', query: 'finding-payments', parameters },
    ...(hasShown ? [shown] : []),
    ...(hasReturns ? returns : []),
  ]
}

async function keepMarks(ledger: Ledger, order: readonly Listed[]): Promise<void> {
  const marks = order.flatMap(({ finding }, i) => finding.payments.map((mark) => ({ finding: i, mark })))
  await ledger.keep('marked', {
    usage_index: { type: 'integer', values: Int32Array.from(marks, ({ mark }) => mark.usage) },
    finding: { type: 'integer', values: Int32Array.from(marks, ({ finding }) => finding) },
    level: { type: 'text', values: marks.map(({ mark }) => mark.level) },
    returned: { type: 'amount', values: marks.map(({ mark }) => mark.returned) },
  })
  const matches = marks.flatMap(({ finding, mark }) =>
    mark.returns.map((part) => ({ finding, usage: mark.usage, ...part })),
  )
  await ledger.keep('matched', {
    usage_index: { type: 'integer', values: Int32Array.from(matches, (match) => match.usage) },
    transfer_index: { type: 'integer', values: Int32Array.from(matches, (match) => match.transfer) },
    finding: { type: 'integer', values: Int32Array.from(matches, (match) => match.finding) },
    amount: { type: 'amount', values: matches.map((match) => match.amount) },
  })
  const returned = order.flatMap(({ finding }, i) => finding.transfers.map((transfer) => ({ finding: i, transfer })))
  await ledger.keep('returned', {
    finding: { type: 'integer', values: Int32Array.from(returned, ({ finding }) => finding) },
    transfer_index: { type: 'integer', values: Int32Array.from(returned, ({ transfer }) => transfer) },
  })
}

function size(finding: Finding): number {
  return Math.max(finding.payments.length, finding.transfers.length, finding.tested?.shown.length ?? 0)
}

function key(finding: Finding): string {
  return finding.subjects.join(' ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
