import { clusterNotes, clusterTable, entitiesText } from '../cluster-text.ts'
import type { Report } from '../report.ts'
import { dataTable, html, section } from './template.ts'

export function clusters(report: Report) {
  const table = clusterTable(report)
  const rows =
    table === null ? null : dataTable({ ...table, rows: table.rows.map((row) => row.map((cell) => html`${cell}`)) })
  const notes = clusterNotes(report).map((note) => html`<p class="soft">${note}</p>`)
  return section('clusters', 'Users and linked wallets', html`<p>${entitiesText(report)}.</p>${rows}${notes}`)
}
