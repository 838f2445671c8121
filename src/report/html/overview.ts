import { sourceName } from '../figures.ts'
import { boundedDecimal, clipList, clipName, formatDays, formatPercent, plural, shortAddress } from '../format.ts'
import type { LadderLevel, Report } from '../report.ts'
import { coverageState, headline, levelText, measures } from '../wording.ts'
import { page } from './links.ts'
import { picture } from './picture.ts'
import { type Cell, dataTable, type Html, html, MAX_TEXT, section } from './template.ts'

/** The first screen: the answer, what it was computed from, the picture and the ladder. */
export function overview(report: Report): Html {
  const { protocols, from, to } = report.reported
  return html`<header>
<div class="kicker"><div><h1>${clipList(protocols, 5)}</h1><p class="soft">Usage audit, ${formatDays(from, to)}</p></div>${badge(report)}</div>
<p class="lead">${answer(report)}</p>
<p class="basis soft">${basis(report)}</p>
</header>
${section('figures', 'Reported and certified', picture(report), 'above')}${ladder(report)}${claims(report)}`
}

function badge(report: Report): Html {
  const { text, tone } = coverageState(report)
  const mark = { good: '●', plain: '○', warning: '▲' }[tone]
  return html`<p class="badge ${tone}"><span aria-hidden="true">${mark}</span> ${text}</p>`
}

/** The headline with its figures set apart, which is what the eye looks for. */
function answer(report: Report): Html {
  const parts = headline(report)
    .slice(0, MAX_TEXT)
    .split(/((?:[<>] )?\d+(?:\.\d+)? %)/)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<strong>${part}</strong>` : html`${part}`))}`
}

function basis({ coverage, ledgerHash, version }: Report): string {
  const rows = coverage.reduce((sum, row) => sum + row.rows, 0)
  const sources = [...new Set(coverage.map(({ source, chain }) => `${sourceName(source)} (${clipName(chain)})`))]
  const read = sources.length === 0 ? 'No coverage is recorded' : `${plural(rows, 'row')} from ${clipList(sources, 3)}`
  return `${read} · ledger ${shortAddress(ledgerHash)} · washboard ${clipName(version)}`
}

function claims({ claims: rows }: Report): Html | null {
  if (rows.length === 0) return null
  const cells = rows.map(({ protocol, metric, value, date, quote, url }) => [
    html`${clipName(protocol)}, ${clipName(metric)}`,
    html`${clipName(value ?? 'unknown')}`,
    html`<span class="days">${clipName(date)}</span>`,
    html`${quote ?? ''}`,
    page(url),
  ])
  const header = ['Claim', 'Value', 'Date', 'Quote', 'Source']
  const table = dataTable({ caption: 'What the network itself reports', header, rows: cells, numeric: [1] })
  return section('claims', 'The network’s own claim', table)
}

/** A level that no measure could look at says why in one cell; elsewhere, cells point to reasons below the table. */
function ladder(report: Report): Html {
  const mixed = report.ladder.filter((rung) => sharedReason(rung) === null)
  const reasons = [
    ...new Set(
      mixed.flatMap((rung) =>
        measures.flatMap((measure) => {
          const cell = rung[measure]
          return cell.status === 'unavailable' ? [cell.reason] : []
        }),
      ),
    ),
  ]
  const rows = report.ladder.map((rung) => [rungName(rung), ...rungCells(rung, reasons)])
  const header = ['Level', ...measures.map((measure) => `By ${measure}`)]
  const notes = reasons.map((reason, index) => html`<li id="ladder-note-${index + 1}">${reason}</li>`)
  return section(
    'ladder',
    'The ladder',
    html`${dataTable({ caption: 'Levels of evidence, each holding the ones above it up to W3', header, rows, numeric: [1, 2, 3, 4] })}
${notes.length === 0 ? null : html`<ol class="soft">${notes}</ol>`}<p class="soft">Unavailable means that it could not be looked at, which is not zero.</p>`,
  )
}

function rungName(rung: LadderLevel): Html {
  const { name, meaning } = levelText(rung)
  const ordered = /^W\d$/.test(rung.level)
  const certified = rung.level === 'W0' || rung.level === 'W1'
  const chip = ordered
    ? html`<span class="level${certified ? ' certified' : ''}">${rung.level}</span>`
    : html`<span></span>`
  return html`<div class="rung">${chip}<div>${name}<br><span class="soft">${meaning}</span></div></div>`
}

function rungCells(rung: LadderLevel, reasons: readonly string[]): Cell[] {
  const shared = sharedReason(rung)
  if (shared !== null) return [{ ...html`<span class="missing">Unavailable: ${shared}</span>`, span: measures.length }]
  return measures.map((measure) => rungCell(rung[measure], reasons))
}

/** The reason why nothing of a level could be measured, if it is one reason. */
function sharedReason(rung: LadderLevel): string | null {
  const [first, ...others] = new Set(
    measures.map((measure) => {
      const cell = rung[measure]
      return cell.status === 'unavailable' ? cell.reason : null
    }),
  )
  return others.length === 0 ? (first ?? null) : null
}

function rungCell(cell: LadderLevel['value'], reasons: readonly string[]): Html {
  if (cell.status === 'measured')
    return html`<div><span class="share">${formatPercent(cell.share)}</span><br><span class="soft">${boundedDecimal(cell.amount)}</span></div>`
  const note = reasons.indexOf(cell.reason) + 1
  return html`<div class="missing">unavailable <a href="#ladder-note-${note}"><span class="for-screen-reader">reason </span>[${note}]</a></div>`
}
