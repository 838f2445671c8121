import { publishedText, reportedFigure } from '../figures.ts'
import { formatPercent, formatRange, idTitle } from '../format.ts'
import type { Measure, Published, Report } from '../report.ts'
import { measures, publishedNames, unavailableValues } from '../wording.ts'
import { type Html, html } from './template.ts'

type Measured = Extract<Published, { status: 'measured' }>
type Zoom = { readonly share: number; readonly steps: number }

/** Reported against certified by the four measures: one bar each, and its first part enlarged where shares are small. */
export function picture(report: Report): Html {
  const zoom = zoomOf(report)
  const rows = measures.map((measure) => measureRow(report, measure, zoom))
  return html`<figure class="picture">
<figcaption>${legend(report, zoom)}</figcaption>
${rows}
${zoom === null ? null : axis(zoom)}
${otherValues(report)}</figure>
`
}

function legend(report: Report, zoom: Zoom | null): Html {
  const all = measures.map((measure) => report.published[measure].L0)
  const ranged = all.some((L0) => L0.status === 'measured' && L0.low < L0.high)
  const missing = all.some((L0) => L0.status === 'unavailable')
  const entry = (kind: string, text: string) => html`<li><span class="swatch ${kind}"></span><span>${text}</span></li>`
  return html`<ul class="legend">${entry('certified', `L0, ${publishedNames.L0}`)}${ranged ? entry('range', 'between the return rules that were tried') : null}${entry('rest', 'the rest of what is reported: undetermined, not clean')}${missing ? entry('hatched', 'could not be measured') : null}${
    zoom === null ? null : html`<li>Lower bars: the first ${formatPercent(zoom.share)}, enlarged.</li>`
  }</ul>`
}

/** What the enlarged bars can end at, with the steps of the axis. */
const zooms: readonly Zoom[] = [
  { share: 0.001, steps: 5 },
  { share: 0.002, steps: 4 },
  { share: 0.005, steps: 5 },
  { share: 0.01, steps: 5 },
  { share: 0.02, steps: 4 },
  { share: 0.05, steps: 5 },
  { share: 0.1, steps: 5 },
  { share: 0.2, steps: 4 },
]

/** One scale for all measures, so that they compare by eye; none where the bars are legible as they are. */
function zoomOf(report: Report): Zoom | null {
  const highs = measures.flatMap((measure) => {
    const { L0 } = report.published[measure]
    return L0.status === 'measured' ? [L0.high] : []
  })
  const highest = Math.max(0, ...highs)
  return highest === 0 ? null : (zooms.find(({ share }) => share >= highest * 1.1) ?? null)
}

function measureRow(report: Report, measure: Measure, zoom: Zoom | null): Html {
  const figure = reportedFigure(report, measure)
  const { L0 } = report.published[measure]
  const total = 'text' in figure ? figure.text : 'not reported'
  const head = html`<div class="measure-head"><div class="measure-name">${idTitle(measure)}</div><div class="measure-total">${total}</div></div>`
  if (L0.status === 'unavailable' || !('text' in figure)) {
    const reason = L0.status === 'unavailable' ? L0.reason : 'unavailable' in figure ? figure.unavailable : ''
    return html`<div class="measure">${head}<div class="measure-share"></div><div class="measure-bars"><div class="bar hatched"></div>
<p class="measure-range">Unavailable: ${reason}</p></div></div>
`
  }
  const range = L0.low === L0.high ? null : html`<div class="measure-range">${formatRange(L0.low, L0.high)}</div>`
  return html`<div class="measure">${head}<div class="measure-share"><strong>${formatPercent(L0.mid)}</strong>${range}</div>
<div class="measure-bars">${bars(L0, measure, zoom)}</div></div>
`
}

/** Coordinates in percent, so that the picture fits any width without being distorted. */
const at = (share: number) => `${Number((Math.min(1, share) * 100).toFixed(3))}%`

const FULL = 18
const FAN = 12
const ZOOMED = 14

function bars(L0: Measured, measure: Measure, zoom: Zoom | null): Html {
  const label = `L0 by ${measure}: ${publishedText(L0)} of what is reported`
  const height = zoom === null ? FULL : FULL + FAN + ZOOMED
  const full = { top: 0, height: FULL }
  // Enlarged below, the range would be a blur up here.
  const fill =
    zoom === null ? filled(L0, full) : html`<rect class="fill-certified" width="${at(L0.mid)}" height="${FULL}"/>`
  const atLeastVisible = L0.mid > 0 ? html`<rect class="fill-certified" width="2" height="${FULL}"/>` : null
  return html`<svg class="bar" width="100%" height="${height}" role="img" aria-label="${label}"><rect class="fill-rest" width="100%" height="${FULL}"/>${fill}${atLeastVisible}${frame(full)}${zoom === null ? tick(L0, full) : enlarged(L0, zoom)}</svg>`
}

type Place = { readonly top: number; readonly height: number }

const frame = ({ top, height }: Place): Html => html`<rect class="frame" y="${top}" width="100%" height="${height}"/>`

/** What every return rule certifies, then what only some of them do. */
function filled({ low, high }: Measured, { top, height }: Place, scale = 1): Html {
  const range = html`<rect class="fill-range" x="${at(low / scale)}" y="${top}" width="${at((high - low) / scale)}" height="${height}"/>`
  return html`<rect class="fill-certified" y="${top}" width="${at(low / scale)}" height="${height}"/>${low === high ? null : range}`
}

/** Where in its range the rule of this report stands. */
function tick({ low, mid, high }: Measured, { top, height }: Place, scale = 1): Html | null {
  const x = at(mid / scale)
  return low === high ? null : html`<line class="tick" x1="${x}" x2="${x}" y1="${top - 3}" y2="${top + height + 3}"/>`
}

/** The enlarged part hangs below the part of the full bar that it shows. */
function enlarged(L0: Measured, { share, steps }: Zoom): Html {
  const place = { top: FULL + FAN, height: ZOOMED }
  const fan = `0,0 ${share * 100},0 100,${FAN} 0,${FAN}`
  const grid = Array.from({ length: steps - 1 }, (_, step) => at((step + 1) / steps)).map(
    (x) => html`<line class="grid" x1="${x}" x2="${x}" y1="${place.top}" y2="${place.top + ZOOMED}"/>`,
  )
  return html`<svg y="${FULL}" width="100%" height="${FAN}" viewBox="0 0 100 ${FAN}" preserveAspectRatio="none"><polygon class="fill-fan" points="${fan}"/></svg><rect class="fill-card" y="${place.top}" width="100%" height="${ZOOMED}"/>${grid}${filled(L0, place, share)}${frame(place)}${tick(L0, place, share)}`
}

/** The axis of the enlarged bars, once below them all. */
function axis({ share, steps }: Zoom): Html {
  const labels = Array.from(
    { length: steps + 1 },
    (_, step) => html`<text x="${at(step / steps)}" y="12">${formatPercent((share * step) / steps)}</text>`,
  )
  return html`<svg class="axis" height="16" aria-hidden="true">${labels}</svg>`
}

const others = ['L1', 'P', 'U1', 'audited'] as const

/** The published values that need a model or a person: hatched, one line a reason, or their figures. */
function otherValues(report: Report): Html {
  const missing = unavailableValues(report, others).map(
    ({ what, reason }) =>
      html`<li><span class="swatch hatched"></span><strong>${what.join(', ')}</strong><span>unavailable: ${reason}</span></li>`,
  )
  const known = measures.flatMap((measure) =>
    others.flatMap((name) => {
      const value = report.published[measure][name]
      const text = value.status === 'measured' ? publishedText(value) : null
      return text === null
        ? []
        : [
            html`<li><span></span><strong>${name}</strong><span>by ${measure}: ${text}, ${publishedNames[name]}</span></li>`,
          ]
    }),
  )
  return html`<ul class="others">${known}${missing}</ul>`
}
