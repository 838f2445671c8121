import type { TextTable } from './adoption-text.ts'
import { publishedText } from './figures.ts'
import { clipName, formatCount, formatPercent, plural } from './format.ts'
import type { Published, Report } from './report.ts'

type Row = Report['sensitivity'][number]

/** What the same signals flag after payees and recipients have changed places; null where this was not looked at. */
export function controlsTable({ controls }: Report): TextTable | null {
  if (controls.status === 'unavailable') return null
  return {
    caption: 'The same signals on the ledger and on shuffled data, by entities',
    header: ['Signal', 'Tested', 'p ≤ .05', 'q ≤ .05', 'Shuffled: tested', 'p ≤ .05', 'q ≤ .05'],
    rows: controls.signals.map(({ signal, real, shuffled }) => [
      clipName(signal),
      ...countCells(real),
      ...(shuffled.status === 'measured'
        ? countCells(shuffled)
        : [`unavailable: ${shuffled.reason}`, 'unavailable', 'unavailable']),
    ]),
    numeric: [1, 2, 3, 4, 5, 6],
  }
}

type Counts = { readonly tested: number; readonly atLevel: number; readonly flagged: number }

function countCells({ tested, atLevel, flagged }: Counts): string[] {
  const part = (n: number) => (tested === 0 ? formatCount(n) : `${formatCount(n)} (${formatPercent(n / tested)})`)
  return [formatCount(tested), part(atLevel), formatCount(flagged)]
}

export function controlsNote({ controls }: Report): string {
  if (controls.status === 'unavailable') return `Null-model control unavailable: ${controls.reason}.`
  const { payments, transfers } = controls.moved
  return `Null-model control: payees changed places within week and asset, recipients within week, asset and kind; ${formatPercent(payments)} of payments and ${formatPercent(transfers)} of transfers got another other side. Certificates read the ledger itself, which nothing shuffles, and are not in the table.`
}

/** `controls: 12 flagged, 1 on shuffled data`, over all signals. */
export function controlsSummary({ controls }: Report): string {
  if (controls.status === 'unavailable') return 'no controls'
  const real = controls.signals.reduce((sum, row) => sum + row.real.flagged, 0)
  const shuffled = controls.signals.reduce(
    (sum, row) => sum + (row.shuffled.status === 'measured' ? row.shuffled.flagged : 0),
    0,
  )
  return `controls: ${formatCount(real)} flagged, ${formatCount(shuffled)} on shuffled data`
}

/** L1 has columns only where any row has it: a version without it would print nothing but reasons. */
export function sensitivityTable({ sensitivity }: Report): TextTable | null {
  if (sensitivity.length === 0) return null
  const withL1 = sensitivity.some(({ L1 }) => L1.value.status === 'measured' || L1.count.status === 'measured')
  return {
    caption: 'The headline when one thing that it rests on is otherwise',
    header: [
      'Option',
      'Value',
      'Flagged',
      'L0 by value',
      'L0 by count',
      ...(withL1 ? ['L1 by value', 'L1 by count'] : []),
    ],
    rows: sensitivity.map((row) => [
      clipName(row.option),
      clipName(row.value),
      flaggedText(row.flagged),
      ...[row.L0.value, row.L0.count, ...(withL1 ? [row.L1.value, row.L1.count] : [])].map(shareText),
    ]),
    numeric: withL1 ? [2, 3, 4, 5, 6] : [2, 3, 4],
  }
}

function flaggedText(flagged: Row['flagged']): string {
  if (flagged.status === 'unavailable') return 'unavailable'
  const { low, high } = flagged
  return low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`
}

const shareText = (value: Published): string => (value.status === 'measured' ? publishedText(value) : 'unavailable')

/** Why cells of the table are unavailable, each reason once. */
export function sensitivityReasons({ sensitivity }: Report): string[] {
  const reasons = new Map<string, Set<string>>()
  const add = (option: string, what: string, value: { status: string; reason?: string }) => {
    if (value.status !== 'unavailable') return
    const reason = `${what} unavailable: ${value.reason ?? ''}`
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(clipName(option)))
  }
  for (const { option, flagged, L0, L1 } of sensitivity) {
    add(option, 'Flagged', flagged)
    for (const measure of ['value', 'count'] as const) {
      add(option, `L0 by ${measure}`, L0[measure])
      add(option, `L1 by ${measure}`, L1[measure])
    }
  }
  return [...reasons].map(([reason, options]) =>
    options.size === new Set(sensitivity.map((row) => row.option)).size
      ? `${reason}.`
      : `${reason} (${[...options].slice(0, 5).join(', ')}${options.size > 5 ? ' and others' : ''}).`,
  )
}

/** How much of what was asked for is not in the ledger. */
export function missingNotes({ missing }: Report): string[] {
  const { blocks, usagesWithoutTransfer, payersWithoutFunder } = missing
  return [
    blocks.status === 'measured'
      ? `Missing blocks: ${formatCount(blocks.missing)} of ${formatCount(blocks.covered + blocks.missing)} (${formatPercent(blocks.share)}) between the first and last that were read.`
      : `Missing blocks unavailable: ${blocks.reason}.`,
    usagesWithoutTransfer.status === 'measured'
      ? `${plural(usagesWithoutTransfer.usages, 'usage')} (${formatPercent(usagesWithoutTransfer.share)}) without a transfer of its own.`
      : `Usages without a transfer unavailable: ${usagesWithoutTransfer.reason}.`,
    payersWithoutFunder.status === 'measured'
      ? `${plural(payersWithoutFunder.payers, 'paying wallet')} (${formatPercent(payersWithoutFunder.share)}) whose first native currency the ledger did not see.`
      : `Wallets without a funder unavailable: ${payersWithoutFunder.reason}.`,
  ]
}
