import { blocksText, coverageSummary } from '../figures.ts'
import { formatCount, formatDays, formatDecimal, formatPercent, plural } from '../format.ts'
import type { LadderLevel, Report } from '../report.ts'
import { headline, levelMeanings, measures } from '../wording.ts'
import { id, page } from './links.ts'
import { picture } from './picture.ts'
import { dataTable, type Html, html, section } from './template.ts'

/** The first screen: the answer, the picture, and what it was computed from. */
export function overview(report: Report): Html {
  const { protocols, from, to } = report.reported
  return html`<header>
<div class="kicker"><p>Usage audit · ${formatDays(from, to)}</p>${badge(report)}</div>
<h1>${protocols.join(', ')}</h1>
<p class="lead">${headline(report)}</p>
</header>
<div class="first">${section('figures', 'Reported and certified', html`${picture(report)}`)}${facts(report)}</div>
${claims(report)}${ladder(report)}${coverage(report)}`
}

function badge({ incomplete }: Report): Html {
  return incomplete
    ? html`<p class="badge warning"><span aria-hidden="true">▲</span> Incomplete: gaps were allowed</p>`
    : html`<p class="badge good"><span aria-hidden="true">●</span> Coverage complete</p>`
}

const MAX_FACTS = 4

function facts(report: Report): Html {
  const all = coverageSummary(report)
  const sources = all.slice(0, MAX_FACTS).map(
    ({ source, chain, blocks, hashes: [first, last], rows, from, to }) =>
      html`<dt>${source}, ${chain}</dt><dd>${blocksText(blocks)}<br>${plural(rows, 'row')}, ${formatDays(from, to)}</dd>
${first === null ? null : html`<dt>Hash of the first block</dt><dd>${id(first)}</dd>`}${last === null ? null : html`<dt>Hash of the last block</dt><dd>${id(last)}</dd>`}`,
  )
  const more = all.length - sources.length
  return section(
    'basis',
    'What it rests on',
    html`<dl class="facts">${sources}${more > 0 ? html`<dt>Also</dt><dd>${more} more, under coverage</dd>` : null}
<dt>Ledger hash</dt><dd>${id(report.ledgerHash)}</dd><dt>Made by</dt><dd>washboard ${report.version}, seed ${report.config.seed}</dd></dl>`,
  )
}

function claims({ claims: rows }: Report): Html | null {
  if (rows.length === 0) return null
  const cells = rows.map(({ protocol, metric, value, date, quote, url }) => [
    html`${protocol}, ${metric}`,
    html`${value ?? 'unknown'}`,
    html`${date}`,
    html`${quote ?? ''}`,
    page(url),
  ])
  const header = ['Claim', 'Value', 'Date', 'Quote', 'Source']
  const table = dataTable({ caption: 'What the network itself reports', header, rows: cells, numeric: [1] })
  return section('claims', 'The network’s own claim', table)
}

/** Each unavailable cell says so and points to its reason, printed once below the table. */
function ladder(report: Report): Html {
  const reasons = [
    ...new Set(
      report.ladder.flatMap((level) =>
        measures.flatMap((measure) => {
          const cell = level[measure]
          return cell.status === 'unavailable' ? [cell.reason] : []
        }),
      ),
    ),
  ]
  const rows = report.ladder.map((level) => [
    html`<span class="level">${level.level}</span> ${/^W\d$/.test(level.level) ? level.title : null}<br><span class="soft">${levelMeanings[level.level] ?? ''}</span>`,
    ...measures.map((measure) => levelCell(level[measure], reasons)),
  ])
  const header = ['Level', ...measures.map((measure) => `By ${measure}`)]
  const notes = reasons.map((reason, index) => html`<li id="ladder-note-${index + 1}">${reason}</li>`)
  return section(
    'ladder',
    'The ladder',
    html`${dataTable({ caption: 'Levels of evidence, by four measures', header, rows, numeric: [1, 2, 3, 4] })}
${notes.length === 0 ? null : html`<p class="soft">Unavailable means that it could not be looked at, which is not zero:</p><ol class="soft">${notes}</ol>`}`,
  )
}

function levelCell(cell: LadderLevel['value'], reasons: readonly string[]): Html {
  if (cell.status === 'measured')
    return html`${formatDecimal(cell.amount)}<br><span class="soft">${formatPercent(cell.share)}</span>`
  const note = reasons.indexOf(cell.reason) + 1
  return html`<span class="missing">unavailable</span> <a href="#ladder-note-${note}"><span class="for-screen-reader">reason </span>[${note}]</a>`
}

function coverage(report: Report): Html {
  const rows = report.coverage.map((row) => [
    html`${row.source}, ${row.protocol}`,
    html`${row.chain}`,
    html`${row.table}`,
    block(row.fromBlock, row.fromHash),
    block(row.toBlock, row.toHash),
    html`${formatDays(row.from, row.to)}`,
    html`${row.method}`,
    html`${formatCount(row.rows)}`,
  ])
  const header = ['Source', 'Chain', 'Table', 'First block', 'Last block', 'Time', 'Method', 'Rows']
  const table = dataTable({ caption: 'Ranges that were read, closed at both ends', header, rows, numeric: [7] })
  return section('coverage', 'Coverage', rows.length === 0 ? html`<p>No coverage is recorded.</p>` : table)
}

const block = (height: number | null, hash: string | null): Html =>
  html`${height === null ? 'no block number' : formatCount(height)}${hash === null ? null : html`<br><span class="hash">${id(hash)}</span>`}`
