import type { SqlRow } from '../ledger/ledger.ts'
import { type BlockRange, mergeRanges } from '../records/block-range.ts'
import { nativeMethods } from '../records/coverage.ts'

/** Blocks inside what a source was asked for that no verified chunk covers. */
export type CoverageGap = BlockRange & { readonly source: string; readonly chain: string; readonly table: string }

const NATIVE: ReadonlySet<string> = new Set(nativeMethods)

/**
 * Gaps between covered ranges of one question (source, protocol, chain, table, spec). A question that a later one of
 * the same kind has overtaken, because contracts or wallets were found since, is not asked for its gaps again. Transfers of
 * tokens and of the chain's own currency are two kinds: neither covers the other.
 */
export function coverageGaps(rows: readonly SqlRow[]): CoverageGap[] {
  const questions = new Map<string, { kind: string; rows: SqlRow[] }>()
  for (const row of rows) {
    if (row.from_block === null || row.to_block === null) continue
    const isNative = NATIVE.has(String(row.method))
    const kind = JSON.stringify([row.source, row.protocol, row.chain, row.table_name, isNative])
    const id = `${kind} ${row.spec}`
    const question = questions.get(id) ?? { kind, rows: [] }
    question.rows.push(row)
    questions.set(id, question)
  }
  const widest = new Map<string, { ranges: BlockRange[]; blocks: number; row: SqlRow }>()
  for (const { kind, rows: answers } of questions.values()) {
    const ranges = mergeRanges(answers.map((row) => ({ from: Number(row.from_block), to: Number(row.to_block) })))
    const blocks = ranges.reduce((sum, range) => sum + range.to - range.from + 1, 0)
    if (blocks >= (widest.get(kind)?.blocks ?? 0)) widest.set(kind, { ranges, blocks, row: answers[0] as SqlRow })
  }
  return [...widest.values()].flatMap(({ ranges, row }) =>
    ranges.slice(1).map((range, i) => ({
      source: String(row.source),
      chain: String(row.chain),
      table: String(row.table_name),
      from: (ranges[i] as BlockRange).to + 1,
      to: range.from - 1,
    })),
  )
}
