import { createHash } from 'node:crypto'
import { embedJson } from '../escape.ts'
import { clipList } from '../format.ts'
import type { Report } from '../report.ts'
import { adoption } from './adoption.ts'
import { cards } from './cards.ts'
import { clusters } from './clusters.ts'
import { coverage } from './coverage.ts'
import { findings } from './findings.ts'
import { overview } from './overview.ts'
import { pattern } from './pattern.ts'
import { sensitivity } from './robustness.ts'
import { script } from './script.ts'
import { accounting, assets, limitsSection, rejects, verification } from './sections.ts'
import { signals } from './signals.ts'
import { style } from './style.ts'
import { type Html, html } from './template.ts'

/** The file is to stay under 5 MB with a margin for the frame around its parts. */
const MAX_BYTES = 4_950_000

/**
 * The report as one file that needs nothing else: no request, no font, no picture from anywhere.
 * The same report gives the same bytes. The report itself is embedded, under the id `report`.
 */
export function renderHtml(report: Report): string {
  const before = overview(report).html
  const after = closing(report).html
  const embedded = embedJson(report)
  const frame = head(report).html
  const used = [before, after, embedded, frame, style, script].reduce((sum, part) => sum + Buffer.byteLength(part), 0)
  const listed = findings(report, MAX_BYTES - used - cardBudget(report)).html
  const middle = listed + cards(report, MAX_BYTES - used - Buffer.byteLength(listed)).html
  return `<!doctype html>
<html lang="en">
${frame}<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${contents.html}<main id="content">
${before}${middle}${after}</main>
<footer>Evidence, not verdicts. Every figure is printed from the report embedded in this file.</footer>
<script type="application/json" id="report">${embedded}</script>
<script>${script}</script>
</body>
</html>
`
}

/** Findings leave this much of the page to cards: about 6 kB each, and their frame. */
const cardBudget = (report: Report) => 2_000 + report.cards.length * 6_000

/** The style sheet and the script are allowed by their hashes; everything else is refused. */
const policy = [
  "default-src 'none'",
  `style-src '${sha256(style)}'`,
  `script-src '${sha256(script)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function sha256(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`
}

const head = ({ reported }: Report): Html => html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ html: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Usage audit: ${clipList(reported.protocols, 5)}</title>
`

const closing = (report: Report): Html =>
  html`${clusters(report)}${adoption(report)}${pattern(report)}${signals(report)}${accounting(report)}${sensitivity(report)}${assets(report)}${rejects(report)}${coverage(report)}${limitsSection(report)}${verification(report)}`

const links = [
  ['figures', 'Figures'],
  ['ladder', 'Ladder'],
  ['findings', 'Findings'],
  ['cards', 'Cards'],
  ['clusters', 'Users'],
  ['adoption', 'Adoption'],
  ['pattern', 'Pattern'],
  ['signals', 'Signals'],
  ['accounting', 'Accounting'],
  ['sensitivity', 'Sensitivity'],
  ['assets', 'Assets'],
  ['rejects', 'Rejects'],
  ['coverage', 'Coverage'],
  ['limits', 'Limits'],
  ['verify', 'How to verify'],
] as const

const contents = html`<nav aria-label="Contents"><div><span class="wordmark">washboard</span><ul>${links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></div></nav>
`
