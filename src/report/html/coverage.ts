import { blocksText, type CoverageSummary, coverageSummary, sourceName } from '../figures.ts'
import { clip, clipName, formatCount, formatDays, isoDate, plural, shortAddress } from '../format.ts'
import type { Report } from '../report.ts'
import { verificationText } from '../wording.ts'
import { id } from './links.ts'
import { dataTable, type Html, html, section } from './template.ts'

const MAX_SOURCES = 12

/** What the figures rest on: sources with the hashes that anchor them, then the ranges table by table. */
export function coverage(report: Report): Html {
  const all = coverageSummary(report)
  const shown = all.slice(0, MAX_SOURCES)
  const more = all.length - shown.length
  const facts = html`<dl class="facts">${shown.map(sourceFacts)}${more > 0 ? html`<dt>Also</dt><dd>${plural(more, 'more source')}, in the table</dd>` : null}
${report.verification.map((row) => html`<dt>Verified<br>${clipName(row.chain)}</dt><dd>${verificationText(row)}.</dd>`)}<dt>Ledger hash</dt><dd>${id(report.ledgerHash)}</dd><dt>Made by</dt><dd>washboard ${clipName(report.version)}, seed ${report.config.seed}</dd></dl>`
  return section('coverage', 'What it rests on', html`${facts}${rangesTable(report, shown)}`)
}

function sourceFacts({ source, chain, blocks, hashes: [first, last], rows, from, to }: CoverageSummary): Html {
  const what = [plural(rows, 'row'), formatDays(from, to), ...(blocks === null ? [] : [blocksText(blocks)])]
  const whole = sourceName(source) === source ? null : html`<div>${id(source)}</div>`
  const anchor = (name: string, hash: string | null) =>
    hash === null ? null : html`<div><span class="soft">${name} block</span> ${id(hash)}</div>`
  return html`<dt>${sourceName(source)}<br>${clipName(chain)}</dt><dd>${what.join(' · ')}${whole}${anchor('First', first)}${anchor('Last', last)}</dd>
`
}

function rangesTable(report: Report, shown: readonly CoverageSummary[]): Html {
  if (report.coverage.length === 0) return html`<p>No coverage is recorded.</p>`
  const whole = new Set(shown.flatMap(({ hashes }) => hashes))
  const block = (height: number | null, hash: string | null) => {
    if (height === null) return html`<span class="missing">no number</span>`
    const printed =
      hash === null ? null : whole.has(hash) ? html`<code>${clip(shortAddress(hash), 16)}</code>` : id(hash)
    return html`<div>${formatCount(height)}${printed === null ? null : html`<br><span class="soft">${printed}</span>`}</div>`
  }
  const rows = report.coverage.map((row) => [
    html`${clipName(row.table)}<br><span class="soft">${clipName(row.protocol)}</span>`,
    html`<div>${sourceName(row.source)}, ${clipName(row.chain)}<br><span class="soft">${clipName(row.method)}</span></div>`,
    block(row.fromBlock, row.fromHash),
    block(row.toBlock, row.toHash),
    days(row.from, row.to),
    html`${formatCount(row.rows)}`,
    row.checked === null ? html`<span class="missing">none</span>` : html`${formatCount(row.checked)}`,
  ])
  const header = ['Table', 'Source', 'First block', 'Last block', 'Time', 'Rows', 'Checked']
  return dataTable({ caption: 'Ranges that were read, closed at both ends', header, rows, numeric: [5, 6] })
}

function days(from: string | null, to: string | null): Html {
  if (from === null || to === null || isoDate(from) === isoDate(to))
    return html`<span class="days">${formatDays(from, to)}</span>`
  return html`<div><span class="days">${isoDate(from)}</span> to <span class="days">${isoDate(to)}</span></div>`
}
