import { escapeTerminal } from '../report/escape.ts'
import { formatCount } from '../report/format.ts'
import type { LoneRow } from './compare-tables.ts'
import type { Reconciliation } from './reconcile.ts'

/** A reconciliation as plain text. Every row that differs stands in it, up to the length of the lists. */
export function renderReconciliation(result: Reconciliation): string {
  const { protocol, chain, used, against, ranges, compared, missing, extra, different, unknown } = result
  const lines = [
    `${protocol} on ${chain}: ${against} compared with ${used}, whose numbers are used`,
    `blocks ${ranges.map(({ from, to }) => `${from} to ${to}`).join(', ')}`,
    `in both: ${formatCount(compared.usage_events)} events, ${formatCount(compared.payments)} payments, ${formatCount(compared.usage)} usages`,
    `missing in ${against}: ${formatCount(missing.total)}`,
    ...missing.rows.map((row) => `  ${rowText(row)}`),
    `only in ${against}: ${formatCount(extra.total)}`,
    ...extra.rows.map((row) => `  ${rowText(row)}`),
    `different: ${formatCount(different.total)}`,
    ...different.rows.map((row) => `  ${rowText(row)}: ${row.column} ${row.used}, there ${row.against}`),
    ...unknown.map(
      ({ table, column, rows }) => `known to one of them alone: ${table}.${column} of ${formatCount(rows)}`,
    ),
  ]
  return `${lines.map(escapeTerminal).join('\n')}\n`
}

function rowText({ table, usageId, kind, block, txHash }: Omit<LoneRow, 'logIndex'>): string {
  const place = [...(block === null ? [] : [`block ${block}`]), ...(txHash === null ? [] : [txHash])]
  return [table, usageId, kind, place.length === 0 ? '' : `(${place.join(', ')})`]
    .filter((part) => part !== '')
    .join(' ')
}
