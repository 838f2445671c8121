import { adoptionLines } from './adoption-text.ts'
import { entitiesText } from './cluster-text.ts'
import { namedSummary } from './contest-text.ts'
import { escapeTerminal } from './escape.ts'
import { blocksText, coverageSummary, publishedText, reportedFigure, sourceName } from './figures.ts'
import { clipName, compactDecimal, formatDays, formatPercent, plural } from './format.ts'
import type { Measure, Report } from './report.ts'
import { controlsSummary } from './robustness-text.ts'
import { clipWidth, displayWidth, pad, painter, type Tone, wrap } from './terminal-text.ts'
import {
  coverageState,
  followUpMeaning,
  headline,
  levelText,
  measures,
  signalOutcome,
  tokenmaxxingOutcome,
  unavailableValues,
} from './wording.ts'

export type TerminalOptions = {
  readonly color: boolean
  readonly columns: number
  /** Paths of the files that were written, to say where to read on. */
  readonly files?: readonly string[] | undefined
}

type Line = { readonly label?: string; readonly text: string; readonly tone?: Tone }

const LABEL = 12
/** Below this the table of figures takes two lines a measure. */
const NARROW = 64

/** The report as one screen of at most 30 lines at 80 columns; narrower terminals get more lines, never longer ones. */
export function renderTerminal(report: Report, { color, columns, files = [] }: TerminalOptions): string {
  const width = Math.max(24, columns)
  const paint = painter(color)
  const blank: Line = { text: '' }
  const lines: Line[] = [
    ...wrap(title(report), width, allowed(width, 1)).map((text): Line => ({ text, tone: 'quiet' })),
    blank,
    ...wrap(headline(report), width, allowed(width, 3)).map((text): Line => ({ text, tone: 'strong' })),
    blank,
    ...coverageLines(report, width),
    blank,
    ...figureLines(report, width),
    ...unavailableLines(report, width),
    ...labelled('Entities', entitiesText(report), width, 1),
    ...ladderLines(report, width),
    ...adoptionLines(report)
      .slice(0, 1)
      .flatMap((line) => labelled('Adoption', line, width, 1)),
    ...signalLines(report, width),
    ...labelled('Named', `${namedSummary(report)} · ${controlsSummary(report)}`, width, 1),
    ...countLines(report, width),
    ...whereLines(files, width),
  ]
  const text = lines.map(({ label, text, tone = 'plain' }) => {
    const body = paint(text, tone)
    return label === undefined ? body : paint(pad(label, LABEL), 'accent') + body
  })
  return `${text.map((line) => line.trimEnd()).join('\n')}\n`
}

function title(report: Report): string {
  const { protocols, from, to } = report.reported
  return `washboard ${report.version} · ${protocols.join(', ')} · ${formatDays(from, to)}`
}

/** Text beside a label, hanging under itself where it wraps. */
function labelled(label: string, text: string, width: number, maxLines: number, tone: Tone = 'plain'): Line[] {
  return wrap(text, width - LABEL, allowed(width, maxLines)).map((line, index) => ({
    label: index === 0 ? label : '',
    text: line,
    tone,
  }))
}

/** A narrow screen wraps more: the same text needs about 80 / width as many lines. */
const allowed = (width: number, maxLines: number) => Math.ceil(maxLines * Math.max(1, 80 / width) ** 1.5)

function coverageLines(report: Report, width: number): Line[] {
  const summaries = coverageSummary(report)
  const shown = summaries.slice(0, summaries.length > 2 ? 1 : 2)
  const rows = shown.map(
    ({ source, chain, blocks, from, to, rows: count }) =>
      `${sourceName(source)} ${clipName(chain)}: ${blocksText(blocks)}, ${plural(count, 'row')}, ${formatDays(from, to)}`,
  )
  if (summaries.length > 2) rows.push(`and ${summaries.length - 1} more sources and chains`)
  if (rows.length === 0) rows.push('none recorded')
  const { text: state, tone } = coverageState(report)
  return [
    ...rows.flatMap((row, index) => labelled(index === 0 ? 'Coverage' : '', row, width, rows.length > 1 ? 1 : 2)),
    ...labelled('', state, width, 1, tone === 'good' ? 'plain' : tone),
  ]
}

function figureLines(report: Report, width: number): Line[] {
  if (width < NARROW) return measures.flatMap((measure) => narrowFigure(report, measure, width))
  const head = `${pad('reported', 28, 'left')}   ${pad('L0 (range)', 24)}`
  return [{ label: '', text: head, tone: 'quiet' }, ...measures.map((measure) => wideFigure(report, measure, width))]
}

function wideFigure(report: Report, measure: Measure, width: number): Line {
  const figure = reportedFigure(report, measure, true)
  const { L0 } = report.published[measure]
  if ('unavailable' in figure)
    return { label: measure, text: clipWidth(escapeTerminal(`unavailable: ${figure.unavailable}`), width - LABEL) }
  const reported = pad(clipWidth(escapeTerminal(figure.text), 28), 28, 'left')
  const certified =
    L0.status === 'measured' ? `${pad(publishedText(L0), 24)} ${bar(L0.mid, 12)}` : `unavailable: ${L0.reason}`
  return { label: measure, text: clipWidth(escapeTerminal(`${reported}   ${certified}`), width - LABEL) }
}

function narrowFigure(report: Report, measure: Measure, width: number): Line[] {
  const figure = reportedFigure(report, measure, true)
  const { L0 } = report.published[measure]
  const reported = 'text' in figure ? figure.text : `unavailable: ${figure.unavailable}`
  const certified = L0.status === 'measured' ? `L0 ${publishedText(L0)}` : `L0 unavailable: ${L0.reason}`
  return [...labelled(measure, reported, width, 1), ...('text' in figure ? labelled('', certified, width, 1) : [])]
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar in eighths of a cell; what is not nothing is seen. */
function bar(share: number, cells: number): string {
  const parts = Math.min(cells * 8, Math.max(share > 0 ? 1 : 0, Math.round(share * cells * 8)))
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '')
}

function unavailableLines(report: Report, width: number): Line[] {
  const reasons = unavailableValues(report, ['L1', 'P', 'U1', 'audited'])
  const measured = measures.flatMap((measure) =>
    (['L1', 'P', 'U1', 'audited'] as const).flatMap((name) => {
      const value = report.published[measure][name]
      return value.status === 'measured' ? [`${name} by ${measure} ${publishedText(value)}`] : []
    }),
  )
  const missing = reasons.map(({ what, reason }) => `${what.join(', ')} unavailable: ${reason}`)
  return [
    ...(measured.length > 0 ? labelled('Models', measured.join(' · '), width, missing.length > 0 ? 1 : 2) : []),
    ...(missing.length > 0 ? labelled('Not known', missing.join(' · '), width, measured.length > 0 ? 1 : 2) : []),
  ]
}

function ladderLines(report: Report, width: number): Line[] {
  const levels = report.ladder.map((rung) => ({ level: rung.level, name: levelText(rung).name, count: rung.count }))
  const known = levels.flatMap(({ level, name, count }) =>
    count.status === 'measured'
      ? [`${levelName(level, name)} ${compactDecimal(count.amount)} (${formatPercent(count.share)})`]
      : [],
  )
  const unknown = levels.filter(({ count }) => count.status === 'unavailable').map(({ level }) => level)
  const text = [...known, ...(unknown.length > 0 ? [`${unknown.join(', ')} not measured`] : [])]
  return labelled('Ladder', `by count: ${text.join(' · ')}`, width, 2)
}

/** `W1 closed loop`; a level whose id is a word needs no title. */
const levelName = (level: string, name: string) => (/^W\d$/.test(level) ? `${level} ${name.toLowerCase()}` : level)

function signalLines(report: Report, width: number): Line[] {
  const outcomes = report.signals.map(({ id, result }) => `${id}: ${signalOutcome(result)}`)
  const text = outcomes.length === 0 ? 'no signal ran' : outcomes.join(' · ')
  return [
    ...labelled('Signals', text, width, report.adoption.status === 'measured' ? 1 : 2),
    ...labelled('Pattern', `tokenmaxxing: ${tokenmaxxingOutcome(report.tokenmaxxing)}`, width, 1),
  ]
}

function countLines(report: Report, width: number): Line[] {
  const { accounting, rejects, unpriced } = report
  const { incomplete } = accounting.followUp
  const [first] = rejects.byReason
  const reason = first === undefined ? '' : `, most often ${first.table}: ${first.reason}`
  const rejected = rejects.total === 0 ? 'no row rejected' : `${plural(rejects.total, 'row')} kept apart${reason}`
  const noValue = `${plural(unpriced.usages, 'usage')} (${formatPercent(unpriced.share)}) without a measured value`
  return [
    ...labelled('Follow-up', `${plural(incomplete, 'payment')} incomplete: ${followUpMeaning}`, width, 1),
    ...labelled('Left out', `${noValue} · ${rejected}`, width, 1, rejects.total > 0 ? 'warning' : 'plain'),
  ]
}

function whereLines(files: readonly string[], width: number): Line[] {
  const report = files.find((file) => file.endsWith('.json')) ?? 'report.json'
  const further = `washboard export payments --report ${report} --format csv`
  return [
    ...(files.length > 0 ? labelled('Files', files.join(' '), width, 2) : []),
    ...(displayWidth(further) > width - LABEL && width >= 80
      ? labelled('Go on', 'washboard export payments --report <report.json> --format csv', width, 1)
      : labelled('Go on', further, width, 2)),
    ...labelled('', 'Evidence, not a verdict: each payment lists its benign explanations.', width, 1),
  ]
}
