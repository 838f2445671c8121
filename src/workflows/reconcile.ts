import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type BlockRange, mergeRanges, subtractRanges } from '../records/block-range.ts'
import { type Comparison, compareTables } from './compare-tables.ts'

export type ReconcileOptions = {
  /** The ledger whose numbers are used, as a rule that of the chain itself. */
  readonly used: Ledger
  /** The ledger of the other source. Facts of one key are one fact, so one ledger cannot hold both. */
  readonly against: Ledger
  readonly protocol: string
  /** CAIP-2. */
  readonly chain: string
}

/** Two sources of the same records, row by row. It says which of them the numbers are from, and changes none. */
export type Reconciliation = Comparison & {
  readonly protocol: string
  readonly chain: string
  /** The source that the numbers are from, such as `rpc:eip155:100`. */
  readonly used: string
  readonly against: string
  /** Blocks that both have read in full; nothing else is compared. */
  readonly ranges: readonly BlockRange[]
}

/**
 * Compares usage events, payments and the usage folded from them over the blocks that both ledgers cover. A row is the
 * same row by usage id and kind, so that a source without log indexes can be compared. `missing` is what the other
 * source lacks, `extra` what it alone has. A column that one side does not know is no difference; it is counted apart.
 */
export async function reconcile({ used, against, protocol, chain }: ReconcileOptions): Promise<Reconciliation> {
  const [one, other] = await Promise.all([coveredBy(used, protocol, chain), coveredBy(against, protocol, chain)])
  const ranges = one.ranges.flatMap((range) => subtractRanges(range, subtractRanges(range, other.ranges)))
  if (ranges.length === 0) throw nothingCommon(protocol, chain, one.ranges, other.ranges)
  const folder = await mkdtemp(join(tmpdir(), 'washboard-reconcile-'))
  try {
    await write(used, folder, 'used', protocol, chain)
    await write(against, folder, 'against', protocol, chain)
    const comparison = await compareTables(folder, ranges)
    return { protocol, chain, used: one.source, against: other.source, ranges, ...comparison }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function write(ledger: Ledger, folder: string, side: string, protocol: string, chain: string): Promise<void> {
  const parameters = { protocol, chain }
  await ledger.materialize('usage')
  await ledger.writeParquet('reconcile-events', join(folder, `${side}-usage_events.parquet`), parameters)
  await ledger.writeParquet('reconcile-payments', join(folder, `${side}-payments.parquet`), parameters)
  await ledger.writeParquet('reconcile-usage', join(folder, `${side}-usage.parquet`), parameters)
}

/** What a ledger covers by its widest question: one that contracts found later have overtaken covers no more than that. */
async function coveredBy(ledger: Ledger, protocol: string, chain: string) {
  const questions = new Map<string, { source: string; ranges: BlockRange[] }>()
  for (const row of await ledger.rows('all-coverage')) {
    if (row.protocol !== protocol || row.chain !== chain || row.table_name !== 'usage_events') continue
    if (row.from_block === null || row.to_block === null) continue
    const key = `${row.source} ${row.spec}`
    const question = questions.get(key) ?? { source: String(row.source), ranges: [] }
    question.ranges.push({ from: Number(row.from_block), to: Number(row.to_block) })
    questions.set(key, question)
  }
  let widest = { source: 'nothing', ranges: [] as BlockRange[], blocks: 0 }
  for (const { source, ranges } of questions.values()) {
    const merged = mergeRanges(ranges)
    const blocks = merged.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    if (blocks > widest.blocks) widest = { source, ranges: merged, blocks }
  }
  return widest
}

function nothingCommon(protocol: string, chain: string, one: readonly BlockRange[], other: readonly BlockRange[]) {
  const said = (ranges: readonly BlockRange[]) =>
    ranges.map(({ from, to }) => `${from} to ${to}`).join(', ') || 'nothing'
  return new ConfigError(`The two sources have no block of ${protocol} on ${chain} in common.`, {
    details: [`one covers ${said(one)}`, `the other covers ${said(other)}`],
    fix: 'Collect the same range from both.',
  })
}
