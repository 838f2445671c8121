import { assetNames } from './assets.ts'
import { escapeCsv } from './escape.ts'
import { exactDecimal } from './format.ts'
import type { EvidencePayment, Report, ReportFinding } from './report.ts'

export const csvTables = ['findings', 'payments', 'clusters', 'wallets', 'values'] as const
export type CsvTable = (typeof csvTables)[number]

type Row = readonly (string | number | null)[]

/** A table of the report as CSV (RFC 4180), safe to open in a spreadsheet. The header is always there; empty is unknown. */
export function renderCsv(report: Report, table: CsvTable): string {
  const { header, rows } = tables[table]
  const lines = [header, ...rows(report)].map((row) => row.map((field) => escapeCsv(field ?? '')).join(','))
  return `${lines.join('\r\n')}\r\n`
}

const tables: Record<CsvTable, { header: readonly string[]; rows: (report: Report) => Row[] }> = {
  findings: {
    header: [
      ...['finding', 'signal', 'subjects', 'payments', 'payments_listed', 'statistic', 'p_value', 'q_value'],
      ...['transfers_listed', 'contested', 'benign', 'transactions'],
    ],
    rows: ({ findings }) => findings.map(findingRow),
  },
  payments: {
    header: [
      ...['finding', 'signal', 'level', 'chain', 'transaction', 'log_index', 'usage', 'time', 'payer', 'payee'],
      ...['asset', 'symbol', 'decimals', 'amount_smallest_unit', 'amount', 'returned_smallest_unit', 'returns'],
      ...['return_transactions', 'first_return_after_ms', 'benign'],
    ],
    rows: paymentRows,
  },
  clusters: {
    header: ['cluster', 'size', 'member'],
    rows: ({ clusters }) => clusters.flatMap(({ id, size, members }) => members.map((member) => [id, size, member])),
  },
  wallets: {
    header: [
      ...['wallet', 'cluster', 'findings', 'payments_made', 'payments_received', 'payments_w0', 'payments_w1'],
      'findings_contested',
    ],
    rows: walletRows,
  },
  values: {
    header: ['signal', 'wallet', 'role', 'statistic', 'p_value', 'q_value', 'flagged', 'q_alone', 'level', 'contested'],
    rows: valueRows,
  },
}

/** Ids hold no space where they come from a chain; those of files are taken as they are. */
const many = (ids: readonly string[]) => ids.join(' ')

function findingRow({ id, signal, subjects, count, transactions, ...finding }: ReportFinding): Row {
  const { payments, transfers, tested, contested, benign } = finding
  return [
    ...[id, signal, many(subjects), count, payments.length],
    ...[
      tested === null ? null : (tested.statistic ?? 'Infinity'),
      tested?.pValue ?? null,
      tested?.qValue ?? null,
      transfers.length,
    ],
    ...[contested.map(({ statement }) => statement).join(' | ') || null],
    ...[many(benign.map((story) => story.id)), many(transactions)],
  ]
}

/** What signals measured of the entities that have a card; those of all stand in evidence/signal-values.parquet. */
function valueRows({ cards }: Report): Row[] {
  return cards.flatMap(({ wallet, gate, values, contested }) =>
    values.map((row) => [
      ...[row.signal, wallet, row.role, row.statistic ?? 'Infinity', row.pValue, row.qValue],
      ...[String(row.flagged), row.alone?.qValue ?? null, gate.level, contested.length],
    ]),
  )
}

function paymentRows(report: Report): Row[] {
  const nameOf = assetNames(report)
  return report.findings.flatMap(({ id, signal, payments }) =>
    payments.map((payment) => {
      const { symbol, decimals } = nameOf(payment.chain, payment.asset)
      const { chain, transaction, logIndex, usage, time, payer, payee, asset, amount, level, returned, returns } =
        payment
      const whole = amount === null || decimals === null ? null : exactDecimal(amount, decimals)
      const first = returns.length === 0 ? null : Math.min(...returns.map(({ afterMs }) => afterMs))
      return [
        ...[id, signal, level, chain, transaction, logIndex, usage, time, payer, payee],
        ...[asset, symbol, decimals, amount, whole, returned, returns.length],
        ...[many(returns.map((transfer) => transfer.transaction)), first, many(payment.benign)],
      ]
    }),
  )
}

type Wallet = { readonly findings: Set<string>; made: number; received: number; w0: number; w1: number }

/** Every wallet of a finding. A payment that stands in two findings counts once. */
function walletRows({ findings, clusters }: Report): Row[] {
  const contested = new Set(findings.filter((finding) => finding.contested.length > 0).map(({ id }) => id))
  const clusterOf = new Map(clusters.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
  const wallets = new Map<string, Wallet>()
  const wallet = (address: string, finding: string) => {
    const known = wallets.get(address) ?? { findings: new Set(), made: 0, received: 0, w0: 0, w1: 0 }
    known.findings.add(finding)
    wallets.set(address, known)
    return known
  }
  const seen = new Set<string>()
  for (const { id, subjects, payments } of findings) {
    for (const subject of subjects) wallet(subject, id)
    for (const payment of payments) {
      const payer = wallet(payment.payer, id)
      const payee = wallet(payment.payee, id)
      const key = paymentKey(payment)
      if (seen.has(key)) continue
      seen.add(key)
      payer.made += 1
      payee.received += 1
      for (const party of new Set([payer, payee])) {
        if (payment.level === 'W0') party.w0 += 1
        if (payment.level === 'W1') party.w1 += 1
      }
    }
  }
  return [...wallets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, row]) => [
      ...[address, clusterOf.get(address) ?? null, many([...row.findings])],
      ...[row.made, row.received, row.w0, row.w1],
      [...row.findings].filter((finding) => contested.has(finding)).length,
    ])
}

const paymentKey = ({ chain, transaction, logIndex, usage, asset }: EvidencePayment) =>
  JSON.stringify([chain, transaction, logIndex, usage, asset])
