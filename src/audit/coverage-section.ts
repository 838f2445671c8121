import type { SqlRow } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { omissionPower, omissionSeen } from '../statistics/omission-power.ts'
import { isoTime } from './iso-time.ts'
import { numberOrNull, textOrNull } from './sql-values.ts'

export function coverageRow(row: SqlRow): Report['coverage'][number] {
  return {
    source: String(row.source),
    protocol: String(row.protocol),
    chain: String(row.chain),
    table: String(row.table_name),
    fromBlock: numberOrNull(row.from_block),
    toBlock: numberOrNull(row.to_block),
    fromHash: textOrNull(row.from_hash),
    toHash: textOrNull(row.to_hash),
    from: isoTime(numberOrNull(row.from_time)),
    to: isoTime(numberOrNull(row.to_time)),
    method: String(row.method),
    rows: Number(row.rows),
    checked: numberOrNull(row.checked),
  }
}

/** Files cannot be compared with anything; nodes of one chain are taken together. */
export function verificationRows(coverage: readonly SqlRow[]): Report['verification'] {
  const sums = new Map<string, { source: string; chain: string; checked: number }>()
  for (const { source, chain, checked } of coverage) {
    if (checked === null || checked === undefined) continue
    const sum = sums.get(`${source} ${chain}`) ?? { source: String(source), chain: String(chain), checked: 0 }
    sum.checked += Number(checked)
    sums.set(`${source} ${chain}`, sum)
  }
  return [...sums.values()].map((sum) => ({
    ...sum,
    powerAtHalfPercent: omissionPower(sum.checked, 0.005),
    shareSeen: omissionSeen(sum.checked, 0.99),
  }))
}
