import { cardLines, cardTable, cardTitle } from '../card-text.ts'
import { namedText } from '../contest-text.ts'
import { plural } from '../format.ts'
import type { Report } from '../report.ts'
import { textTable } from './robustness.ts'
import { type Html, html, section } from './template.ts'

/** Cards as many as fit into `budget` bytes; what does not fit is counted. */
export function cards(report: Report, budget: number): Html {
  const shown: Html[] = []
  let left = budget
  for (const card of report.cards) {
    const piece = cardHtml(card)
    left -= Buffer.byteLength(piece.html)
    if (left < 0) break
    shown.push(piece)
  }
  const omitted = report.cards.length - shown.length + report.cardsOmitted
  return section(
    'cards',
    'Cards',
    html`<p>${namedText(report)}.</p>${shown}
${omitted > 0 ? html`<p class="soft">${plural(omitted, 'more entity', 'more entities')} with a finding: washboard explain prints a card of each.</p>` : null}`,
  )
}

function cardHtml(card: Report['cards'][number]): Html {
  const lines = cardLines(card).map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)
  return html`<details class="finding"><summary><h3>${cardTitle(card)}</h3><span class="soft">${card.gate.level}</span></summary>
<div class="finding-body"><dl class="facts">${lines}</dl>${textTable(cardTable(card))}</div></details>
`
}
