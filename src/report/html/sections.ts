import { assetNames, formatAmount } from '../assets.ts'
import { publishedText } from '../figures.ts'
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

export function sensitivity(report: Report): Html {
  const rows = report.sensitivity.map(({ option, value, measure, L0 }) => [
    html`${clipName(option)}`,
    html`${clipName(value)}`,
    html`${measure}`,
    L0.status === 'measured'
      ? html`${publishedText(L0)}`
      : html`<span class="missing">unavailable: ${L0.reason}</span>`,
  ])
  const header = ['Option', 'Value', 'Measure', 'L0']
  const { returnShare, returnWindowDays } = report.config
  return section(
    'sensitivity',
    'Sensitivity',
    html`<p>The rule of this report: ${formatPercent(returnShare)} of a payment back within ${plural(returnWindowDays, 'day')}.</p>
${rows.length === 0 ? html`<p>No other rule was tried.</p>` : dataTable({ caption: 'L0 under other rules', header, rows, numeric: [1, 3] })}
<dl class="facts"><dt>Null-model controls</dt><dd>unavailable: ${report.controls.reason}</dd><dt>Rival rules</dt><dd>unavailable: ${report.rivals.reason}</dd></dl>`,
  )
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
  const contested = report.contested.slice(0, MAX_CONTESTED).map((item) => html`<li>${item}</li>`)
  return section(
    'limits',
    'Limits',
    html`<ul>${limits(report).map((limit) => html`<li>${limit}</li>`)}</ul>${
      contested.length === 0 ? null : html`<p>Contested:</p><ul>${contested}</ul>`
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
