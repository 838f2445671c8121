import { type AssetName, assetNames, formatAmount } from '../assets.ts'
import { paidTotals } from '../figures.ts'
import { formatCount, formatDuration, idTitle, isoMinute, plural, shortAddress } from '../format.ts'
import type { EvidencePayment, Report, ReportFinding } from '../report.ts'
import { address, id, transaction } from './links.ts'
import { type Html, html, section } from './template.ts'

type NameOf = (chain: string, asset: string | null) => AssetName

/**
 * Findings with their payments, as many as fit into `budget` characters: the report that the page embeds takes
 * the most of what one file may weigh. What does not fit is counted.
 */
export function findings(report: Report, budget: number): Html {
  const nameOf = assetNames(report)
  const shown: Html[] = []
  let left = budget
  for (const [index, finding] of report.findings.entries()) {
    const fitting = ['payments', 'head']
      .map((extent) => findingHtml(finding, { nameOf, open: index === 0, withPayments: extent === 'payments' }))
      .find((piece) => byteLength(piece) <= left)
    if (fitting === undefined) break
    left -= byteLength(fitting)
    shown.push(fitting)
  }
  const omitted = report.findings.length - shown.length
  const content = html`${shown.length === 0 ? html`<p>${emptyText(report)}</p>` : tools}${shown}
${omitted > 0 ? html`<p>${plural(omitted, 'more finding')} did not fit into this page; report.json lists all of them.</p>` : null}
${report.findingsOmitted > 0 ? html`<p>${plural(report.findingsOmitted, 'more finding')} in the evidence files only.</p>` : null}`
  return section('findings', 'Findings', content)
}

const byteLength = ({ html: text }: Html) => Buffer.byteLength(text)

const emptyText = ({ findings: all }: Report) =>
  all.length === 0 ? 'Nothing found. What was tested, and what could not be, stands under signals.' : ''

/** Shown by the script alone: without it, nothing here would work. */
const tools = html`<div id="finding-tools" hidden><label for="finding-filter">Filter by wallet, hash or signal</label>
<input id="finding-filter" type="search" autocomplete="off" spellcheck="false">
<button id="finding-open" type="button">Open all</button> <span id="finding-count" role="status"></span></div>
`

type View = { readonly nameOf: NameOf; readonly open: boolean; readonly withPayments: boolean }

function findingHtml(finding: ReportFinding, { nameOf, open, withPayments }: View): Html {
  const { signal, subjects, count, payments, transactions } = finding
  const chain = payments[0]?.chain ?? ''
  const listed = new Set(payments.map((payment) => payment.transaction))
  const further = transactions.filter((hash) => !listed.has(hash))
  const totals = paidTotals(payments, nameOf)
  return html`<details class="finding"${open ? html` open` : null}><summary><h3><span class="signal">${signal}</span> ${shownSubjects(subjects)}</h3>
<span class="soft">${plural(count, 'payment')}${totals.length > 0 ? ` · ${totals.slice(0, 3).join(', ')}${count > payments.length ? ' listed' : ''}` : ''}</span></summary>
<dl class="facts"><dt>Subjects</dt><dd>${subjects.slice(0, MAX_SUBJECTS).map((subject) => html`<div>${address(chain, subject, 'full')}</div>`)}</dd><dt>Finding</dt><dd>${id(finding.id)}</dd></dl>
<h4>Benign explanations of this signal</h4>
<dl>${finding.benign.map((story) => html`<dt>${idTitle(story.id)}</dt><dd>${story.story} <span class="soft">${story.mitigation}</span></dd>`)}</dl>
<h4>Payments: ${formatCount(payments.length)} of ${formatCount(count)} listed</h4>
${
  withPayments
    ? html`<ol class="payments">${payments.map((payment) => paymentHtml(payment, nameOf))}</ol>${furtherHashes(chain, further)}`
    : html`<p>Left out to keep this page small; report.json holds them.</p>`
}</details>
`
}

const MAX_SUBJECTS = 50

function shownSubjects(subjects: readonly string[]): string {
  const short = subjects.slice(0, 3).map(shortAddress).join(', ')
  return subjects.length > 3 ? `${short} and ${formatCount(subjects.length - 3)} more` : short
}

const furtherHashes = (chain: string, hashes: readonly string[]): Html | null =>
  hashes.length === 0
    ? null
    : html`<details><summary>${plural(hashes.length, 'further transaction')}</summary>
<ul class="hashes">${hashes.map((hash) => html`<li>${transaction(chain, hash)}</li>`)}</ul></details>`

function paymentHtml(payment: EvidencePayment, nameOf: NameOf): Html {
  const { chain, logIndex, time, level, payer, payee, asset, amount, benign } = payment
  const label = level === 'none' ? 'context' : level
  return html`<li><div class="payment-head"><span class="level">${label}</span> <strong>${formatAmount(amount, asset, nameOf(chain, asset))}</strong> <span>${address(chain, payer)} → ${address(chain, payee)}</span> <time datetime="${time}">${isoMinute(time)}</time></div>
<div class="hash">${transaction(chain, payment.transaction)} <span class="soft">log ${logIndex}</span></div>
${returned(payment, nameOf)}
<div class="open-ended"><span class="soft">Left open:</span> ${benign.length === 0 ? 'no explanation of this signal' : benign.map((story) => html`<span class="chip">${idTitle(story)}</span> `)}</div></li>
`
}

/** What came back, how much of it was matched with this payment, and how long after. */
function returned({ chain, asset, level, returned: matched, returns }: EvidencePayment, nameOf: NameOf): Html {
  if (returns.length === 0)
    return html`<div>${level === 'W0' ? 'Payer and payee are the same: the value never left.' : 'Nothing came back within the window.'}</div>`
  const each = returns.map(
    ({ transaction: hash, logIndex, asset: paid, amount, afterMs }) =>
      html`<li>${formatAmount(amount, paid, nameOf(chain, paid))} after ${formatDuration(afterMs)}
<div class="hash">${transaction(chain, hash)} <span class="soft">log ${logIndex}</span></div></li>`,
  )
  return html`<div>Came back: ${formatAmount(matched, asset, nameOf(chain, asset))} matched, in ${plural(returns.length, 'transfer')}</div><ul class="returns">${each}</ul>`
}
