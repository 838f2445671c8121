import { type AssetName, assetNames } from '../assets.ts'
import { statementText } from '../contest-text.ts'
import { paidTotals } from '../figures.ts'
import { clipName, formatCount, idTitle, plural, shortAddress } from '../format.ts'
import type { Report, ReportFinding } from '../report.ts'
import { formatProbability, testedText } from '../tested-text.ts'
import { address, id, transaction } from './links.ts'
import { payments, returns, shown as shownTransfers } from './payments.ts'
import { type Html, html, MAX_TEXT, section } from './template.ts'

type NameOf = (chain: string, asset: string | null) => AssetName

/**
 * Findings with their payments and returns, as many as fit into `budget` characters: the report that the page
 * embeds takes the most of what one file may weigh. What does not fit is counted.
 */
export function findings(report: Report, budget: number): Html {
  const nameOf = assetNames(report)
  const shown: Html[] = []
  let left = budget
  for (const [index, finding] of report.findings.entries()) {
    const fitting = ['evidence', 'head']
      .map((extent) => findingHtml(finding, { nameOf, open: index === 0, withEvidence: extent === 'evidence' }))
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

type View = { readonly nameOf: NameOf; readonly open: boolean; readonly withEvidence: boolean }

function findingHtml(finding: ReportFinding, { nameOf, open, withEvidence }: View): Html {
  const chain = finding.payments[0]?.chain ?? finding.returns[0]?.chain ?? finding.transfers[0]?.chain ?? ''
  const evidence = withEvidence
    ? html`${payments(finding, nameOf)}${returns(finding, nameOf)}${shownTransfers(finding, nameOf)}${furtherHashes(chain, finding)}`
    : html`<p>Payments and returns are left out to keep this page small; report.json holds them.</p>`
  return html`<details class="finding"${open ? html` open` : null}><summary><h3>${clipName(finding.signal)} <span class="subjects">${shownSubjects(finding.subjects)}</span></h3>
<span class="soft">${extent(finding, nameOf)}</span></summary>
<div class="finding-body">${facts(chain, finding)}${evidence}</div></details>
`
}

/** How much a finding is about, in one line. */
function extent(finding: ReportFinding, nameOf: NameOf): string {
  const { payments: listed, returns: back, count, tested } = finding
  const totals = paidTotals(listed, nameOf)
  const paid = totals.length === 0 ? '' : ` · ${totals.slice(0, 3).join(', ')}${count > listed.length ? ' listed' : ''}`
  if (tested !== null) return `q ${formatProbability(tested.qValue)} · ${plural(count, 'payment')}${paid}`
  return count === 0 ? plural(back.length, 'return') : `${plural(count, 'payment')}${paid}`
}

const MAX_SUBJECTS = 50
const MAX_NOTES = 50

function facts(chain: string, all: ReportFinding): Html {
  const { id: finding, subjects, notes, benign, contested } = all
  const tested = testedText(all)
  const wallets = subjects.slice(0, MAX_SUBJECTS).map((subject) => html`<div>${address(chain, subject, 'full')}</div>`)
  const more = subjects.length - wallets.length
  return html`<dl class="facts"><dt>${subjects.length === 1 ? 'Subject' : 'Subjects'}</dt><dd>${wallets}${more > 0 ? html`<div>${formatCount(more)} more in report.json</div>` : null}</dd>
${contested.map((statement) => html`<dt>Contested</dt><dd>${statementText(statement)}</dd>`)}${tested === null ? null : html`<dt>Measured</dt><dd>${tested}</dd>`}
${notes.length === 0 ? null : html`<dt>Beside it</dt><dd>${notes.slice(0, MAX_NOTES).map((note) => html`<p>${noteHtml(chain, note)}</p>`)}</dd>`}
<dt>Benign explanations</dt><dd>${benign.length === 0 ? 'None is left open.' : null}${benign.map(
    (story) =>
      html`<p><span class="story">${idTitle(story.id)}.</span> ${story.story} <span class="soft">${story.mitigation}</span></p>`,
  )}</dd>
<dt>Id</dt><dd>${id(finding)}</dd></dl>
`
}

/** A note with the hashes that it names linked. */
function noteHtml(chain: string, note: string): Html[] {
  const parts = note.slice(0, MAX_TEXT).split(/(0x[0-9a-f]{64})(?![0-9a-f])/)
  return parts.map((part, index) => (index % 2 === 1 ? transaction(chain, part) : html`${part}`))
}

function shownSubjects(subjects: readonly string[]): string {
  const short = subjects.slice(0, 3).map(shortAddress).join(', ')
  return subjects.length > 3 ? `${short} and ${formatCount(subjects.length - 3)} more` : short
}

/** Hashes that a finding names beyond the payments and returns it lists. */
function furtherHashes(
  chain: string,
  { payments: paid, returns: back, transfers, transactions }: ReportFinding,
): Html | null {
  const listed = new Set([...paid, ...back, ...transfers].map((row) => row.transaction))
  const hashes = transactions.filter((hash) => !listed.has(hash))
  return hashes.length === 0
    ? null
    : html`<details><summary>${plural(hashes.length, 'further transaction')}</summary>
<ul class="hashes">${hashes.map((hash) => html`<li>${transaction(chain, hash)}</li>`)}</ul></details>`
}
