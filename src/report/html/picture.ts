import { publishedText, reportedFigure } from '../figures.ts'
import { formatPercent, formatRange, idTitle } from '../format.ts'
import type { Measure, Published, Report } from '../report.ts'
import { measures, publishedNames, unavailableValues } from '../wording.ts'
import { type Html, html } from './template.ts'

type Measured = Extract<Published, { status: 'measured' }>

/** Reported against certified by the four measures: one bar each, and the same enlarged where the shares are small. */
export function picture(report: Report): Html {
  const zoom = zoomOf(report)
  const rows = measures.map((measure) => measureRow(report, measure, zoom))
  return html`<figure class="picture">
<figcaption>Full bar: what the network reports. Dark part: L0, ${publishedNames.L0}. The remainder is undetermined, not clean.${
    zoom === null
      ? null
      : html` Below each bar, 0 to ${formatPercent(zoom)} enlarged, with the range over other return rules.`
  }</figcaption>
${rows}
${otherValues(report)}</figure>
`
}

const scales = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]

/** One scale for all measures, so that they compare by eye; none where the bars are legible as they are. */
function zoomOf(report: Report): number | null {
  const highs = measures.flatMap((measure) => {
    const { L0 } = report.published[measure]
    return L0.status === 'measured' ? [L0.high] : []
  })
  const highest = Math.max(0, ...highs)
  return highest === 0 ? null : (scales.find((scale) => scale >= highest * 1.1) ?? null)
}

function measureRow(report: Report, measure: Measure, zoom: number | null): Html {
  const figure = reportedFigure(report, measure)
  const { L0 } = report.published[measure]
  const total = 'text' in figure ? figure.text : 'not reported'
  const head = html`<div class="measure-name">${idTitle(measure)}</div><div class="measure-total">${total}</div>`
  if (L0.status === 'unavailable' || !('text' in figure)) {
    const reason = L0.status === 'unavailable' ? L0.reason : 'unavailable' in figure ? figure.unavailable : ''
    return html`<div class="measure">${head}<div class="bar hatched"></div>
<p class="measure-share">Unavailable: ${reason}</p></div>
`
  }
  return html`<div class="measure">${head}${fullBar(L0, measure)}${zoom === null ? null : zoomBar(L0, zoom)}
<p class="measure-share"><strong>${formatPercent(L0.mid)}</strong> certified as W0 or W1${
    L0.low === L0.high ? null : html`, range ${formatRange(L0.low, L0.high)}`
  }</p></div>
`
}

/** Coordinates in percent, so that the picture fits any width without being distorted. */
const at = (share: number) => `${Number((Math.min(1, share) * 100).toFixed(3))}%`

function fullBar({ low, mid, high }: Measured, measure: Measure): Html {
  const label = `L0 by ${measure}: ${publishedText({ status: 'measured', low, mid, high })} of what is reported`
  return html`<svg class="bar" width="100%" height="22" role="img" aria-label="${label}"><rect class="bar-all" width="100%" height="22"/><rect class="bar-certified" width="${at(mid)}" height="22"/>${
    mid > 0 ? html`<rect class="bar-certified" width="3" height="22"/>` : null
  }</svg>`
}

function zoomBar({ low, mid, high }: Measured, zoom: number): Html {
  const from = at(low / zoom)
  const to = at(high / zoom)
  return html`<svg class="bar zoom" width="100%" height="14" aria-hidden="true"><rect class="bar-rest" width="100%" height="14"/><rect class="bar-certified" width="${at(mid / zoom)}" height="14"/><line class="whisker" x1="${from}" x2="${to}" y1="7" y2="7"/><line class="whisker" x1="${from}" x2="${from}" y1="2" y2="12"/><line class="whisker" x1="${to}" x2="${to}" y1="2" y2="12"/></svg>`
}

const others = ['L1', 'P', 'U1', 'audited'] as const

/** The published values that need a model or a person: hatched, one line a reason, or their figures. */
function otherValues(report: Report): Html {
  const missing = unavailableValues(report, others).map(
    ({ what, reason }) =>
      html`<li><span class="swatch hatched"></span><strong>${what.join(', ')}</strong> unavailable: ${reason}</li>`,
  )
  const known = measures.flatMap((measure) =>
    others.flatMap((name) => {
      const value = report.published[measure][name]
      const text = value.status === 'measured' ? publishedText(value) : null
      return text === null
        ? []
        : [html`<li><strong>${name}</strong> by ${measure} (${publishedNames[name]}): ${text}</li>`]
    }),
  )
  return html`<ul class="others">${known}${missing}</ul>`
}
