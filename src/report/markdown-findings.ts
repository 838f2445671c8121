import { type AssetName, assetNames, formatAmount } from './assets.ts'
import { statementText } from './contest-text.ts'
import { paidTotals } from './figures.ts'
import { clipName, formatDuration, idTitle, isoMinute, plural } from './format.ts'
import { type Cell, code, heading, list, table, text } from './markdown-text.ts'
import type { EvidencePayment, Report, ReportFinding } from './report.ts'
import { shownAmount, shownCaption, shownTime, testedText } from './tested-text.ts'
import { OVER_OTHERS, returnOutcome } from './wording.ts'

type NameOf = (chain: string, asset: string | null) => AssetName

/** Every finding with its payments, what came back, and the explanations that each payment leaves open. */
export function findingsMarkdown(report: Report): string[] {
  const nameOf = assetNames(report)
  const sections = report.findings.map((finding) => findingMarkdown(finding, nameOf))
  const omitted = report.findingsOmitted
  return [
    ...(sections.length === 0 ? ['Nothing found. See under signals what was tested and what could not be.'] : sections),
    ...(omitted > 0 ? [`${plural(omitted, 'more finding')} in the evidence files.`] : []),
  ]
}

function findingMarkdown(finding: ReportFinding, nameOf: NameOf): string {
  const { id, signal, subjects, count, payments, benign, transactions } = finding
  const totals = paidTotals(payments, nameOf)
  const tested = testedText(finding)
  const rows = payments.map((payment) => paymentRow(payment, nameOf, finding.tested === null))
  const listed = new Set([...payments, ...finding.returns, ...finding.transfers].map(({ transaction }) => transaction))
  const unlisted = transactions.filter((hash) => !listed.has(hash))
  return [
    heading(3, `${signal}, ${plural(count, 'payment')}`),
    list([
      `Subjects: ${subjects.map(code).join(', ')}`,
      text(
        `Listed here: ${plural(payments.length, 'payment')}${totals.length > 0 ? `, ${totals.slice(0, 10).join(', ')}` : ''}`,
      ),
      `Finding ${code(id)}`,
      ...finding.contested.map((statement) => text(`Contested: ${statementText(statement)}`)),
      ...(tested === null ? [] : [text(`Measured: ${tested}`)]),
      ...finding.notes.map((note) => text(`Beside it: ${note}`)),
      ...benign.map(({ id: story, ...rest }) =>
        text(`Benign explanation, ${idTitle(story)}: ${rest.story} ${rest.mitigation}`),
      ),
      ...(unlisted.length > 0 ? [`Further transactions: ${unlisted.map(code).join(', ')}`] : []),
    ]),
    ...(rows.length > 0 ? [table(finding.tested === null ? header : shownHeader, rows)] : []),
    ...returnsMarkdown(finding, nameOf),
    ...shownMarkdown(finding, nameOf),
  ].join('\n\n')
}

/** The later transfers from payee to payer, whether or not they are matched by value. */
function returnsMarkdown(finding: ReportFinding, nameOf: NameOf): string[] {
  if (finding.returns.length === 0) return []
  const rows = finding.returns.map((transfer): Cell[] => {
    const { chain, transaction, logIndex, time, asset, amount } = transfer
    const name = nameOf(chain, asset)
    return [
      text(isoMinute(time)),
      `${code(transaction)} log ${logIndex}` as Cell,
      text(formatAmount(amount, asset, name)),
      text(returnOutcome(transfer, finding, name)),
    ]
  })
  return [
    `Transfers from payee to payer after a payment, ${rows.length} listed:`,
    table(['Time', 'Transaction', 'Amount', 'Matched by value'], rows),
  ]
}

const header = ['Time', 'Level', 'Transaction', 'Payer', 'Payee', 'Amount', 'Came back', 'Explanations left open']
const shownHeader = header.filter((name) => name !== 'Came back')

/** Transfers that show what a signal with a null model says. */
function shownMarkdown(finding: ReportFinding, nameOf: NameOf): string[] {
  if (finding.transfers.length === 0) return []
  const rows = finding.transfers.map((transfer): Cell[] => [
    text(shownTime(transfer)),
    `${code(transfer.transaction)} log ${transfer.logIndex}` as Cell,
    code(transfer.from),
    code(transfer.to),
    text(shownAmount(transfer, nameOf)),
  ])
  return [text(`${shownCaption(finding)}:`), table(['Time', 'Transaction', 'From', 'To', 'Amount'], rows)]
}

/** What came back is looked for by certificates alone: elsewhere there is no such column. */
function paymentRow(payment: EvidencePayment, nameOf: NameOf, isCertificate: boolean): Cell[] {
  const { chain, transaction, logIndex, time, level, payer, payee, asset, amount, benign } = payment
  return [
    text(isoMinute(time)),
    text(level),
    `${code(transaction)} log ${logIndex}` as Cell,
    code(payer),
    code(payee),
    text(formatAmount(amount, asset, nameOf(chain, asset))),
    ...(isCertificate ? [returnsCell(payment, nameOf)] : []),
    text(benign.length === 0 ? 'none' : benign.map((story) => clipName(idTitle(story))).join(', ')),
  ]
}

function returnsCell({ chain, asset, returned, returns, level }: EvidencePayment, nameOf: NameOf): Cell {
  if (level === 'W0') return text('never left')
  if (returns.length === 0)
    return text(
      /^0+$/.test(returned) ? 'nothing found' : `${formatAmount(returned, asset, nameOf(chain, asset))} ${OVER_OTHERS}`,
    )
  const each = returns.map(({ transaction, ...transfer }) => {
    const amount = formatAmount(transfer.amount, transfer.asset, nameOf(chain, transfer.asset))
    return `${text(`${amount} after ${formatDuration(transfer.afterMs)}`)} ${code(transaction)}`
  })
  return `${text(formatAmount(returned, asset, nameOf(chain, asset)))} matched: ${each.join('; ')}` as Cell
}
