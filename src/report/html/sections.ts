import { assetNames, formatAmount } from '../assets.ts'
import { contestedLines, contestedTotals } from '../contest-text.ts'
import { boundedDecimal, clipName, formatCount, formatPercent, plural } from '../format.ts'
import type { Report } from '../report.ts'
import { howToVerify, limits } from '../wording.ts'
import { id } from './links.ts'
import { dataTable, type Html, html, section } from './template.ts'

export function accounting({ accounting: { returns, followUp, settledTransfers, unsettledUsages } }: Report): Html {
  const rows: [string, number][] = [
    ['Transfers from a payee to a wallet that paid it, at any time', returns.anyTime],
    ['of these, later than a payment between the two', returns.afterPayment],
    ['of these, not themselves the settlement of a usage', returns.excludingSettlements],
    ['of these, in an asset that was paid with; only they are matched by value', returns.sameAsset],
    ['Payments whose window is covered to its end', followUp.complete],
    ['Payments with incomplete follow-up: counted, never clean', followUp.incomplete],
    ['Transfers that settle a usage, and so stand in no graph', settledTransfers],
    ['Paid usages without a transfer of their own in the ledger', unsettledUsages],
  ]
  const table = dataTable({
    caption: 'How payments and transfers were counted',
    header: ['What', 'Count'],
    rows: rows.map(([what, count]) => [html`${what}`, html`${formatCount(count)}`]),
    numeric: [1],
  })
  return section('accounting', 'Accounting', table)
}

export function assets(report: Report): Html {
  const nameOf = assetNames(report)
  const yes = (is: boolean) => html`${is ? 'yes' : 'no'}`
  const rows = report.reported.byAsset.map((row) => [
    html`<span class="soft">${clipName(row.chain)}</span><br>${id(row.asset)}`,
    html`${formatAmount(row.amount, row.asset, nameOf(row.chain, row.asset))}`,
    html`${formatCount(row.payments)}`,
    yes(row.declared),
    yes(row.priced),
    html`${formatCount(row.overflowing)}`,
  ])
  const { unpriced, reported } = report
  const header = ['Asset', 'Amount', 'Payments', 'Declared', 'Priced', 'Overflowing']
  const status = reported.byStatus.map((row) => [
    html`${clipName(row.status)}`,
    html`${formatCount(row.usages)}`,
    yes(row.counted),
  ])
  const prices = report.config.prices.map((row) => [
    html`<span class="soft">${clipName(row.chain)}</span><br>${id(row.asset)}`,
    html`${boundedDecimal(row.usd)}`,
    html`${clipName(row.source)}`,
  ])
  return section(
    'assets',
    'What was counted, and in which assets',
    html`${dataTable({ caption: 'Usages by status; the network’s own metric counts those marked yes', header: ['Status', 'Usages', 'Counted'], rows: status, numeric: [1] })}
${dataTable({ caption: 'Amounts by asset, exact', header, rows, numeric: [1, 2, 5] })}
${prices.length === 0 ? null : dataTable({ caption: 'Prices used', header: ['Asset', 'USD', 'Source'], rows: prices, numeric: [1] })}
<p>${plural(unpriced.usages, 'usage')} (${formatPercent(unpriced.share)} of the counted ones) without a measured value.</p>`,
  )
}

export function rejects({ rejects: { total, byReason } }: Report): Html {
  const rows = byReason.map(({ table, reason, rows: count }) => [
    html`${clipName(table)}`,
    html`${reason}`,
    html`${formatCount(count)}`,
  ])
  const caption = 'Rows that could not be stored exactly, kept apart with their raw text'
  const table = dataTable({ caption, header: ['Table', 'Reason', 'Rows'], rows, numeric: [2] })
  return section('rejects', 'Rejects', total === 0 ? html`<p>No row was rejected.</p>` : table)
}

/** Entries a list prints; the file that contests wallets can be of any length. */
const MAX_CONTESTED = 200

export function limitsSection(report: Report): Html {
  const totals = contestedTotals(report)
  const lines = contestedLines(report).slice(0, MAX_CONTESTED)
  return section(
    'limits',
    'Limits',
    html`<ul>${limits(report).map((limit) => html`<li>${limit}</li>`)}</ul>${
      totals === null ? null : html`<p>${totals}:</p><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`
    }`,
  )
}

export function verification(report: Report): Html {
  const steps = howToVerify(report).map(
    ({ text, command }) =>
      html`<li>${text}${command === null ? null : html`<pre tabindex="0"><code>${command}</code></pre>`}</li>`,
  )
  return section('verify', 'How to verify', html`<ol>${steps}</ol>`)
}
