import { type assetNames, formatAmount } from './assets.ts'
import {
  boundedDecimal,
  clipName,
  compactDecimal,
  formatCount,
  formatPercent,
  formatRange,
  shortAddress,
} from './format.ts'
import type { Measure, Published, Report } from './report.ts'

/** A figure as text, or the reason why there is none. */
export type Figure = { readonly text: string } | { readonly unavailable: string }

/** What the network reports by a measure. `compact` rounds for narrow places. */
export function reportedFigure(report: Report, measure: Measure, compact = false): Figure {
  const { value, count, units, users } = report.reported
  const decimal = (text: string) => (compact ? compactDecimal(text) : boundedDecimal(text))
  if (measure === 'count') return { text: formatCount(count) }
  if (measure === 'users') return { text: formatCount(users) }
  if (measure === 'units')
    return units.status === 'measured'
      ? { text: `${decimal(units.total)} ${clipName(units.kind)}` }
      : { unavailable: units.reason }
  if (value.status === 'unavailable') return { unavailable: value.reason }
  return { text: `${decimal(value.total)} ${valueUnit(report)}` }
}

/** What the value measure counts in: USD, or the symbol of the one declared asset. */
export function valueUnit(report: Report): string {
  const { value, byAsset } = report.reported
  if (value.status === 'unavailable') return ''
  if (value.basis === 'usd') return 'USD'
  if (value.asset === null) return 'asset units'
  return clipName(byAsset.find(({ asset }) => asset === value.asset)?.symbol ?? shortAddress(value.asset))
}

/** `1.8 % (1.5–2.1 %)`, or one number where the range is a point. */
export function publishedText(value: Extract<Published, { status: 'measured' }>): string {
  const mid = formatPercent(value.mid)
  return value.low === value.high ? mid : `${mid} (${formatRange(value.low, value.high)})`
}

export type CoverageSummary = {
  readonly source: string
  readonly chain: string
  readonly blocks: readonly [number, number] | null
  /** Of the first and the last block. */
  readonly hashes: readonly [string | null, string | null]
  readonly from: string | null
  readonly to: string | null
  readonly rows: number
}

/** Coverage in one row a source and chain; the rows a table stay in the report. */
export function coverageSummary(report: Report): CoverageSummary[] {
  const groups = new Map<string, CoverageSummary>()
  for (const row of report.coverage) {
    const key = JSON.stringify([row.source, row.chain])
    const known = groups.get(key)
    const blocks: CoverageSummary['blocks'] =
      row.fromBlock === null || row.toBlock === null ? null : [row.fromBlock, row.toBlock]
    const range = wider(known?.blocks ?? null, blocks)
    groups.set(key, {
      source: row.source,
      chain: row.chain,
      blocks: range,
      hashes: [
        row.fromBlock === range?.[0] ? (row.fromHash ?? known?.hashes[0] ?? null) : (known?.hashes[0] ?? null),
        row.toBlock === range?.[1] ? (row.toHash ?? known?.hashes[1] ?? null) : (known?.hashes[1] ?? null),
      ],
      from: smallest([known?.from ?? null, row.from]),
      to: smallest([known?.to ?? null, row.to], -1),
      rows: (known?.rows ?? 0) + row.rows,
    })
  }
  return [...groups.values()]
}

/** A source for a reader: `rpc`, or `file 6965…f178` where its id is the hash of a file. */
export function sourceName(source: string): string {
  const [kind = '', ...rest] = source.split(':')
  const name = rest.join(':')
  return clipName(/^[0-9a-f]{64}$/.test(name) ? `${kind} ${name.slice(0, 4)}…${name.slice(-4)}` : source)
}

function wider(a: CoverageSummary['blocks'], b: CoverageSummary['blocks']): CoverageSummary['blocks'] {
  if (a === null || b === null) return a ?? b
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
}

function smallest(times: readonly (string | null)[], sign = 1): string | null {
  const known = times.filter((time) => time !== null)
  return known.sort((a, b) => (a < b ? -sign : a > b ? sign : 0))[0] ?? null
}

export const blocksText = (blocks: CoverageSummary['blocks']): string =>
  blocks === null ? 'no block numbers' : `blocks ${formatCount(blocks[0])}–${formatCount(blocks[1])}`

/** Totals of the payments a finding lists, exact, one an asset. */
export function paidTotals(payments: Report['findings'][number]['payments'], nameOf: ReturnType<typeof assetNames>) {
  const totals = new Map<string, { chain: string; asset: string | null; amount: bigint }>()
  for (const { chain, asset, amount } of payments) {
    if (amount === null) continue
    const key = JSON.stringify([chain, asset])
    totals.set(key, { chain, asset, amount: (totals.get(key)?.amount ?? 0n) + BigInt(amount) })
  }
  return [...totals.values()].map((total) =>
    formatAmount(String(total.amount), total.asset, nameOf(total.chain, total.asset)),
  )
}
