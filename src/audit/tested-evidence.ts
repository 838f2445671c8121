import type { EntityMap } from '../clusters/entity-map.ts'
import type { Economy } from '../features/economy.ts'
import type { Ledger, SqlRow } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { FINDING_LEVEL, isContext } from '../signals/run-signal.ts'
import type { EntityValues, Finding, Signal, SignalResult } from '../signals/signal.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { isoTime } from './iso-time.ts'
import { textOrNull } from './sql-values.ts'

/** What a signal with a null model measured, with its q-values. */
export type SignalValues = { readonly signal: Signal; readonly values: EntityValues; readonly qValue: Float64Array }

export function valuesOf(results: ReadonlyMap<Signal, SignalResult>): SignalValues[] {
  return [...results].flatMap(([signal, result]) =>
    result.status === 'measured' && result.values !== undefined && result.qValue !== undefined
      ? [{ signal, values: result.values, qValue: result.qValue }]
      : [],
  )
}

/** A statistic as the report holds it; null: infinite. */
export function finiteOrNull(statistic: number): number | null {
  return Number.isFinite(statistic) ? statistic : null
}

export function isFlagged({ signal, qValue }: Pick<SignalValues, 'signal' | 'qValue'>, row: number): boolean {
  return !isContext(signal) && qValue[row]! <= FINDING_LEVEL
}

/** 1 for each row that is a finding; context flags nobody. */
export function flaggedRows({ signal, qValue }: Pick<SignalValues, 'signal' | 'qValue'>): Uint8Array {
  return Uint8Array.from(qValue, (_, row) => Number(isFlagged({ signal, qValue }, row)))
}

/** How many entities a signal with a null model tested, and how many it flags; null for a certificate. */
export function entityCounts(signal: Signal, result: SignalResult & { status: 'measured' }): Counts | null {
  const { values, qValue } = result
  if (values === undefined || qValue === undefined) return null
  return { tested: testedIn(values), flagged: sumOf(flaggedRows({ signal, qValue })) }
}

/** A row whose p-value is NaN was not tested. */
export function testedIn({ pValue }: EntityValues): number {
  return pValue.reduce((sum, p) => sum + Number(!Number.isNaN(p)), 0)
}

type Counts = { readonly tested: number; readonly flagged: number }

const sumOf = (marks: Uint8Array) => marks.reduce((sum, is) => sum + is, 0)

/** Keeps the value of every entity, flagged or not, for the evidence: by columns, never an object a row. */
export async function keepSignalValues(
  ledger: Ledger,
  measured: readonly SignalValues[],
  { founder }: EntityMap,
  { names }: Pick<Economy, 'names'>,
): Promise<EvidenceFile> {
  const rows = measured.reduce((sum, { values }) => sum + values.entity.length, 0)
  const [signal_index, entity] = [new Int32Array(rows), new Int32Array(rows)]
  const [statistic, p_value, q_value] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)]
  let start = 0
  measured.forEach(({ values, qValue }, index) => {
    const end = start + values.entity.length
    signal_index.fill(index, start, end)
    entity.set(values.entity, start)
    statistic.set(values.statistic, start)
    p_value.set(values.pValue, start)
    q_value.set(qValue, start)
    start = end
  })
  await ledger.keep('signal_values', {
    signal_index: { type: 'integer', values: signal_index },
    entity: { type: 'integer', values: entity },
    statistic: { type: 'double', values: statistic },
    p_value: { type: 'double', values: p_value },
    q_value: { type: 'double', values: q_value },
  })
  await ledger.keep('value_signals', {
    signal_index: { type: 'integer', values: Int32Array.from(measured.keys()) },
    signal: { type: 'text', values: measured.map(({ signal }) => signal.id) },
    role: { type: 'text', values: measured.map(({ values }) => values.role) },
  })
  await ledger.keep('entity_wallets', {
    entity: { type: 'integer', values: Int32Array.from(founder.keys()) },
    wallet: { type: 'text', values: Array.from(founder, (party) => names[party]!) },
  })
  return { name: 'signal-values.parquet', query: 'signal-values' }
}

/** Keeps the transfers that show findings, in the order of the findings. */
export async function keepShown(ledger: Ledger, findings: readonly Finding[]): Promise<void> {
  const total = findings.reduce((sum, { tested }) => sum + (tested?.shown.length ?? 0), 0)
  const [finding, free_index, place] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)]
  let row = 0
  findings.forEach(({ tested }, index) => {
    tested?.shown.forEach((transfer, at) => {
      finding[row] = index
      free_index[row] = transfer
      place[row++] = at
    })
  })
  await ledger.keep('shown', {
    finding: { type: 'integer', values: finding },
    free_index: { type: 'integer', values: free_index },
    place: { type: 'integer', values: place },
  })
}

export function describeShown(row: SqlRow): Report['findings'][number]['transfers'][number] {
  return {
    chain: String(row.chain),
    transaction: String(row.tx_hash),
    logIndex: Number(row.log_index),
    time: row.moved_at === null ? null : isoTime(Number(row.moved_at)),
    from: String(row.from),
    to: String(row.to),
    asset: textOrNull(row.asset),
    amount: textOrNull(row.amount),
  }
}
