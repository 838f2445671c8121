import type { MergeSummary } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'

/** Adds up what batches brought to each table, and what of them was rejected. */
export function tallyOf() {
  const rows: { [table in TableName]?: number } = {}
  let batches = 0
  let rejected = 0
  return {
    add(summary: MergeSummary): void {
      batches += 1
      for (const [table, { added, conflicting }] of Object.entries(summary) as [
        TableName,
        MergeSummary[TableName] & object,
      ][]) {
        rejected += conflicting + (table === 'rejects' ? added : 0)
        if (added > 0) rows[table] = (rows[table] ?? 0) + added
      }
    },
    sums: () => ({ batches, rows, rejected }),
  }
}
