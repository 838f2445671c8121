import { patternTable } from '../pattern-text.ts'
import type { Report } from '../report.ts'
import { tokenmaxxingOutcome } from '../wording.ts'
import { page } from './links.ts'
import { dataTable, type Html, html, section } from './template.ts'

/** The Amazon pattern on a page of its own: each phrase with its status, one number and its evidence. */
export function pattern(report: Report): Html {
  const table = patternTable(report)
  const summary = html`<p><strong>Tokenmaxxing:</strong> ${tokenmaxxingOutcome(report.tokenmaxxing)}. Tests are counted and never added up to a probability: what they find is activity for the counter, which is not wash usage by itself.</p>`
  if (table === null) return section('pattern', 'The pattern', summary)
  const rows = table.rows.map((row) => row.map((cell) => html`${cell}`))
  return section('pattern', 'The pattern', html`${summary}${dataTable({ ...table, rows })}${details(report)}`)
}

function details({ tokenmaxxing }: Report): Html[] {
  return tokenmaxxing.tests.map(
    (test) => html`<details class="pattern-test"><summary>${test.id} ${test.name}</summary>
<p>${test.claim}</p>
<dl class="facts"><dt>Statistic</dt><dd>${test.statistic}</dd><dt>Null model</dt><dd>${test.nullModel}</dd></dl>
<h3>Benign look-alikes</h3><ul>${test.falsePositives.map(({ story, mitigation }) => html`<li>${story} <span class="soft">${mitigation}</span></li>`)}</ul>
<h3>Blind spots</h3><ul>${test.blindSpots.map((spot) => html`<li>${spot}</li>`)}</ul>
<h3>References</h3><ul>${test.references.map(({ title, url }) => html`<li>${page(url, title)}</li>`)}</ul></details>
`,
  )
}
