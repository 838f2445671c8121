import type { ExplainedEntity } from '../audit/explain-entity.ts'
import { cardLines, cardTable, cardTitle } from '../report/card-text.ts'
import { escapeTerminal } from '../report/escape.ts'
import { isoMinute, plural } from '../report/format.ts'
import { clipWidth, pad, wrap } from '../report/terminal-text.ts'
import { formatProbability, shownTime } from '../report/tested-text.ts'

const LABEL = 13
/** Payments and transfers of one finding; all stand in the evidence of an audit. */
const PRINTED = 5
const MOST_LINES = 6
/** A hash with its time and chain is longer than many terminals are wide, and is not cut. */
const MOST_COLUMNS = 160

/** A card for a terminal: what is known for and against, the values of signals, and what shows them. */
export function entityText({ card, findings }: ExplainedEntity, width: number): string {
  const lines = cardLines(card).flatMap(({ label, text }) =>
    wrap(text, width - LABEL, MOST_LINES).map((line, i) => pad(i === 0 ? label : '', LABEL) + line),
  )
  return [...wrap(cardTitle(card), width, 2), ...lines, ...valueLines(card), ...findings.flatMap(findingLines)]
    .map((line) => clipWidth(escapeTerminal(line), MOST_COLUMNS))
    .join('\n')
}

function valueLines(card: ExplainedEntity['card']): string[] {
  const table = cardTable(card)
  if (table === null) return ['', 'No signal with a null model tested it.']
  // Hashes stand whole under the findings.
  const rows = [table.header, ...table.rows].map((row) => row.slice(0, -1))
  const widths = table.header.slice(0, -1).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return ['', `${table.caption}:`, ...rows.map((row) => `  ${row.map((cell, i) => pad(cell, widths[i]!)).join('  ')}`)]
}

function findingLines({ signal, tested, count, payments, transfers }: ExplainedEntity['findings'][number]): string[] {
  const q = tested === null ? 'certificate' : `q ${formatProbability(tested.qValue)}`
  return [
    '',
    `${signal} (${q}): ${plural(count, 'payment')}`,
    ...payments
      .slice(0, PRINTED)
      .map(
        ({ time, transaction, chain, level }) =>
          `  ${isoMinute(time)} payment${level === 'none' ? '' : ` ${level}`} on ${chain}: ${transaction}`,
      ),
    ...transfers
      .slice(0, PRINTED)
      .map((shown) => `  ${shownTime(shown)} transfer on ${shown.chain}: ${shown.transaction}`),
  ]
}
