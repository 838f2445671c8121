import type { TextTable } from '../adoption-text.ts'
import { formatPercent, plural } from '../format.ts'
import type { Report } from '../report.ts'
import { controlsNote, controlsTable, missingNotes, sensitivityReasons, sensitivityTable } from '../robustness-text.ts'
import { dataTable, type Html, html, section } from './template.ts'

/** What the headline rests on: the table of what changes it, the null-model control, and what is missing. */
export function sensitivity(report: Report): Html {
  const { returnShare, returnWindowDays } = report.config
  const rows = sensitivityTable(report)
  const notes = [controlsNote(report), ...sensitivityReasons(report), ...missingNotes(report)]
  return section(
    'sensitivity',
    'Sensitivity',
    html`<p>The rule of this report: ${formatPercent(returnShare)} of a payment back within ${plural(returnWindowDays, 'day')}.</p>
${rows === null ? html`<p>No other rule was tried.</p>` : textTable(rows)}${textTable(controlsTable(report))}
<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>
<dl class="facts"><dt>Rival rules</dt><dd>unavailable: ${report.rivals.reason}</dd></dl>`,
  )
}

export function textTable(table: TextTable | null): Html | null {
  return table && dataTable({ ...table, rows: table.rows.map((row) => row.map((cell) => html`${cell}`)) })
}
