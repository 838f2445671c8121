import { clipName, idTitle } from '../format.ts'
import type { Report } from '../report.ts'
import { signalOutcome } from '../wording.ts'
import { page } from './links.ts'
import { type Html, html, section } from './template.ts'

/** Every signal: what it did, against which null, what it takes for wash usage wrongly, and what it cannot see. */
export function signals(report: Report): Html {
  const all = report.signals.map(signalHtml)
  return section('signals', 'Signals', html`${all.length === 0 ? html`<p>No signal ran.</p>` : all}`)
}

function signalHtml(signal: Report['signals'][number]): Html {
  const options = Object.entries(signal.options).map(([name, value]) => `${name} ${value}`)
  const missing = signal.result.status === 'measured' ? null : html` class="missing"`
  const note = signal.result.status === 'measured' ? signal.result.note : null
  return html`<article class="signal-card"><div class="signal-head"><h3>${signal.title}</h3><p${missing}>${signalOutcome(signal.result)}</p></div>
<p><span class="soft">${clipName(signal.id)}.</span> ${signal.why}${note === null ? null : html` ${note}`}</p>
<details><summary>How it works<span class="for-screen-reader"> (${clipName(signal.id)})</span></summary>
<dl class="facts"><dt>Statistic</dt><dd>${signal.statistic}</dd><dt>Null model</dt><dd>${signal.nullModel}</dd><dt>Options</dt><dd>${options.length === 0 ? 'none' : options.join(', ')}</dd><dt>Kind</dt><dd>family ${signal.family}, ${signal.maturity}, about a ${signal.subject}</dd></dl>
<h4>Benign look-alikes</h4><dl>${signal.falsePositives.map(({ id, story, mitigation }) => html`<dt>${idTitle(id)}</dt><dd>${story} <span class="soft">${mitigation}</span></dd>`)}</dl>
<h4>Blind spots</h4><ul>${signal.blindSpots.map((spot) => html`<li>${spot}</li>`)}</ul>
<h4>References</h4><ul>${signal.references.map(({ title, url }) => html`<li>${page(url, title)}</li>`)}</ul></details></article>
`
}
