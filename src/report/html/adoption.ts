import { adoptionNotes, adoptionTables } from '../adoption-text.ts'
import type { Report } from '../report.ts'
import { dataTable, type Html, html, section } from './template.ts'

export function adoption(report: Report): Html {
  const tables = adoptionTables(report).map(({ rows, ...table }) =>
    dataTable({ ...table, rows: rows.map((row) => row.map((cell) => html`${cell}`)) }),
  )
  const notes = adoptionNotes(report).map((note) => html`<p class="soft">${note}</p>`)
  return section('adoption', 'Adoption by week', html`${tables}${notes}`)
}
