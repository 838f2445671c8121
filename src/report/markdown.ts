import { adoptionNotes, adoptionTables, type TextTable } from './adoption-text.ts'
import { assetNames, formatAmount } from './assets.ts'
import { cardLines, cardTable, cardTitle } from './card-text.ts'
import { clusterNotes, clusterTable, entitiesText } from './cluster-text.ts'
import { contestedLines, contestedTotals, namedText } from './contest-text.ts'
import { blocksText, coverageSummary, publishedText, reportedFigure, sourceName } from './figures.ts'
import {
  boundedDecimal,
  clipList,
  clipName,
  formatCount,
  formatDays,
  formatPercent,
  isoMinute,
  plural,
} from './format.ts'
import { findingsMarkdown } from './markdown-findings.ts'
import { type Cell, code, heading, list, table, text } from './markdown-text.ts'
import { patternTable } from './pattern-text.ts'
import type { Report } from './report.ts'
import { controlsNote, controlsTable, missingNotes, sensitivityReasons, sensitivityTable } from './robustness-text.ts'
import {
  coverageState,
  headline,
  howToVerify,
  levelText,
  limits,
  measures,
  publishedNames,
  signalOutcome,
  tokenmaxxingOutcome,
  unavailableValues,
  verificationText,
} from './wording.ts'

/** The whole report as Markdown: what the HTML says, without its pictures. */
export function renderMarkdown(report: Report): string {
  const { protocols, from, to } = report.reported
  const blocks = [
    heading(1, `Usage audit: ${clipList(protocols, 5)}`),
    `**${text(headline(report))}**`,
    `${formatDays(from, to)} · washboard ${text(clipName(report.version))} · ledger ${code(report.ledgerHash)}` +
      ` · ${coverageState(report).text}`,
    ...figures(report),
    ...claims(report),
    ...ladder(report),
    ...clusters(report),
    ...adoption(report),
    ...pattern(report),
    ...coverage(report),
    heading(2, 'Findings'),
    ...findingsMarkdown(report),
    ...cards(report),
    ...signals(report),
    ...accounting(report),
    ...sensitivity(report),
    ...leftOut(report),
    heading(2, 'Limits'),
    list(limits(report).map(text)),
    heading(2, 'How to verify'),
    list(howToVerify(report).map((step) => text(step.text) + (step.command === null ? '' : ` ${code(step.command)}`))),
  ]
  return `${blocks.join('\n\n')}\n`
}

function figures(report: Report): string[] {
  const rows = measures.map((measure): Cell[] => {
    const figure = reportedFigure(report, measure)
    const { L0 } = report.published[measure]
    return [
      text(measure),
      text('text' in figure ? figure.text : `unavailable: ${figure.unavailable}`),
      text(L0.status === 'measured' ? publishedText(L0) : `unavailable: ${L0.reason}`),
    ]
  })
  const names = ['L1', 'P', 'U1', 'audited'] as const
  const measured = names.flatMap((name) =>
    measures.flatMap((measure) => {
      const value = report.published[measure][name]
      return value.status === 'measured' ? [text(`${name} by ${measure}: ${publishedText(value)}`)] : []
    }),
  )
  const missing = unavailableValues(report, names).map(({ what, reason }) =>
    text(`${what.join(', ')} unavailable: ${reason}`),
  )
  return [
    heading(2, 'Reported and certified'),
    table(['Measure', 'Reported', 'L0 with its range'], rows, ['left', 'right', 'right']),
    list(Object.entries(publishedNames).map(([name, meaning]) => text(`${name}: ${meaning}`))),
    ...(measured.length + missing.length > 0 ? [list([...measured, ...missing])] : []),
  ]
}

function claims({ claims: rows }: Report): string[] {
  if (rows.length === 0) return []
  return [
    heading(2, 'What the network itself reports'),
    table(
      ['Protocol', 'Metric', 'Value', 'Date', 'Quote', 'Source'],
      rows.map(({ protocol, metric, value, date, quote, url }) =>
        [...[protocol, metric, value ?? 'unknown', date].map(clipName), quote ?? ''].map(text).concat(code(url)),
      ),
    ),
  ]
}

function clusters(report: Report): string[] {
  const found = clusterTable(report)
  return [
    heading(2, 'Users and linked wallets'),
    text(`${entitiesText(report)}.`),
    ...(found === null ? [] : [textTable(found)]),
    list(clusterNotes(report).map(text)),
  ]
}

function textTable({ header, rows, numeric }: TextTable): string {
  return table(
    header,
    rows.map((row) => row.map(text)),
    header.map((_, column) => (numeric.includes(column) ? 'right' : 'left')),
  )
}

function pattern(report: Report): string[] {
  const table = patternTable(report)
  return [
    heading(2, 'The pattern'),
    text(`Tokenmaxxing: ${tokenmaxxingOutcome(report.tokenmaxxing)}.`),
    ...(table === null ? [] : [textTable(table)]),
  ]
}

function adoption(report: Report): string[] {
  const tables = adoptionTables(report).flatMap((found) => [text(found.caption), textTable(found)])
  return [heading(2, 'Adoption by week'), ...tables, list(adoptionNotes(report).map(text))]
}

function ladder(report: Report): string[] {
  const rows = report.ladder.map((level) => [
    text(level.level),
    text(Object.values(levelText(level)).join(': ')),
    ...measures.map((measure) => {
      const cell = level[measure]
      return text(
        cell.status === 'measured'
          ? `${boundedDecimal(cell.amount)} (${formatPercent(cell.share)})`
          : `unavailable: ${cell.reason}`,
      )
    }),
  ])
  return [heading(2, 'Ladder'), table(['Level', 'Meaning', ...measures], rows)]
}

function coverage(report: Report): string[] {
  const summary = coverageSummary(report).map(({ source, chain, blocks, rows, from, to }) =>
    text(
      `${sourceName(source)} ${clipName(chain)}: ${blocksText(blocks)}, ${plural(rows, 'row')}, ${formatDays(from, to)}`,
    ),
  )
  const rows = report.coverage.map((row) => [
    code(row.source),
    ...[row.protocol, row.chain, row.table].map((name) => text(clipName(name))),
    text(row.fromBlock === null ? '–' : formatCount(row.fromBlock)),
    row.fromHash === null ? text('–') : code(row.fromHash),
    text(row.toBlock === null ? '–' : formatCount(row.toBlock)),
    row.toHash === null ? text('–') : code(row.toHash),
    text(clipName(row.method)),
    text(formatCount(row.rows)),
    text(row.checked === null ? '–' : formatCount(row.checked)),
  ])
  const blocks = ['First block', 'Hash', 'Last block', 'Hash']
  const header = ['Source', 'Protocol', 'Chain', 'Table', ...blocks, 'Method', 'Rows', 'Checked']
  summary.push(...report.verification.map((row) => text(`${clipName(row.chain)}: ${verificationText(row)}`)))
  return [heading(2, 'Coverage'), summary.length === 0 ? 'None recorded.' : list(summary), table(header, rows)]
}

function signals(report: Report): string[] {
  const sections = report.signals.map((signal) =>
    [
      heading(3, `${signal.id}: ${signal.title}`),
      text(signal.why),
      list([
        text(`Outcome: ${signalOutcome(signal.result)}`),
        ...(signal.result.status === 'measured' && signal.result.note !== null ? [text(signal.result.note)] : []),
        text(`Family ${signal.family}, ${signal.maturity}, about a ${signal.subject}`),
        text(`Statistic: ${signal.statistic}`),
        text(`Null model: ${signal.nullModel}`),
        text(
          `Options: ${Object.entries(signal.options)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
        ),
        ...signal.falsePositives.map(({ id, story, mitigation }) => text(`Benign, ${id}: ${story} ${mitigation}`)),
        ...signal.blindSpots.map((spot) => text(`Cannot see: ${spot}`)),
        ...signal.references.map(({ title, url }) => `${text(title)} ${code(url)}`),
      ]),
    ].join('\n\n'),
  )
  return [heading(2, 'Signals'), ...sections]
}

function accounting({ accounting: { returns, followUp, settledTransfers, unsettledUsages } }: Report): string[] {
  const rows: [string, number][] = [
    ['Transfers from a payee to a wallet that paid it, at any time', returns.anyTime],
    ['of these, after a payment between the two', returns.afterPayment],
    ['of these, not themselves the settlement of a usage', returns.excludingSettlements],
    ['of these, in an asset that was paid with', returns.sameAsset],
    ['Payments with complete follow-up', followUp.complete],
    ['Payments with incomplete follow-up: counted, never clean', followUp.incomplete],
    ['Transfers that settle a usage, left out of every graph', settledTransfers],
    ['Paid usages without a transfer of their own', unsettledUsages],
  ]
  const cells = rows.map(([what, count]) => [text(what), text(formatCount(count))])
  return [heading(2, 'Accounting'), table(['What', 'Count'], cells, ['left', 'right'])]
}

function sensitivity(report: Report): string[] {
  const found = sensitivityTable(report)
  const controls = controlsTable(report)
  return [
    heading(2, 'Sensitivity'),
    found === null ? 'No other option was tried.' : textTable(found),
    ...(controls === null ? [] : [text(controls.caption), textTable(controls)]),
    list([
      ...[controlsNote(report), ...sensitivityReasons(report), ...missingNotes(report)].map(text),
      text(`Rivals unavailable: ${report.rivals.reason}`),
    ]),
  ]
}

/** Of the entities that most families speak of: what is known for and against each. */
function cards(report: Report): string[] {
  const sections = report.cards.map((card) => {
    const values = cardTable(card)
    const lines = cardLines(card).map(({ label, text: said }) => text(`${label}: ${said}`))
    return [heading(3, cardTitle(card)), list(lines), ...(values === null ? [] : [textTable(values)])].join('\n\n')
  })
  const left = report.cardsOmitted
  return [
    heading(2, 'Cards'),
    text(`${namedText(report)}.`),
    ...sections,
    ...(left > 0
      ? [
          text(
            `${plural(left, 'more entity', 'more entities')} with a finding: washboard explain prints a card of each.`,
          ),
        ]
      : []),
  ]
}

function leftOut(report: Report): string[] {
  const { rejects, unpriced, reported } = report
  const nameOf = assetNames(report)
  const assets = reported.byAsset.map(({ chain, asset, amount, payments, declared, priced, overflowing }) => [
    text(clipName(chain)),
    code(asset),
    text(formatAmount(amount, asset, nameOf(chain, asset))),
    ...[formatCount(payments), declared ? 'yes' : 'no', priced ? 'yes' : 'no', formatCount(overflowing)].map(text),
  ])
  const rejected = rejects.byReason.map(({ table: name, reason, rows }) =>
    [clipName(name), reason, formatCount(rows)].map(text),
  )
  const share = `${plural(unpriced.usages, 'usage')} (${formatPercent(unpriced.share)}) without a measured value.`
  const totals = contestedTotals(report)
  return [
    heading(2, 'Assets, rejects and what has no value'),
    table(['Chain', 'Asset', 'Amount', 'Payments', 'Declared', 'Priced', 'Overflowing'], assets),
    `${share} ${plural(rejects.total, 'row')} rejected.`,
    ...(rejected.length > 0 ? [table(['Table', 'Reason', 'Rows'], rejected)] : []),
    ...(totals === null ? [] : [text(`${totals}:`), list(contestedLines(report).map(text))]),
    text(
      `Window ${report.config.from === null ? 'open' : isoMinute(report.config.from)} to ${report.config.to === null ? 'open' : isoMinute(report.config.to)}.`,
    ),
  ]
}
