import { type AssetName, formatAmount } from '../assets.ts'
import { clipName, formatCount, formatDuration, idTitle, isoMinute, plural } from '../format.ts'
import type { EvidencePayment, ReportFinding } from '../report.ts'
import { shownAmount, shownCaption, shownTime } from '../tested-text.ts'
import { OVER_OTHERS, returnOutcome } from '../wording.ts'
import { address, transaction } from './links.ts'
import { type Html, html } from './template.ts'

type NameOf = (chain: string, asset: string | null) => AssetName

/** The payments of a finding, each with what came back and the explanations that it leaves open. */
export function payments({ payments: listed, count, tested }: ReportFinding, nameOf: NameOf): Html | null {
  if (count === 0 && tested !== null) return null
  if (count === 0) return html`<p class="soft">No payment of this pair was repaid by value.</p>`
  return html`<h4>Payments <span class="soft">${formatCount(listed.length)} of ${formatCount(count)} listed</span></h4>
<ol class="payments">${listed.map((payment) => paymentHtml(payment, nameOf, tested === null))}</ol>`
}

/** What came back is looked for by certificates alone. */
function paymentHtml(payment: EvidencePayment, nameOf: NameOf, isCertificate: boolean): Html {
  const { chain, logIndex, time, level, payer, payee, asset, amount, benign } = payment
  const label =
    level === 'none' ? html`<span class="level">context</span>` : html`<span class="level certified">${level}</span>`
  return html`<li><div class="payment-head">${label} <strong>${formatAmount(amount, asset, nameOf(chain, asset))}</strong> <span>${address(chain, payer)} → ${address(chain, payee)}</span> <time datetime="${time}">${isoMinute(time)}</time></div>
<div class="hash">${transaction(chain, payment.transaction)} <span class="soft">log ${logIndex}</span></div>
${isCertificate ? cameBack(payment, nameOf) : null}
<div class="open-ended"><span class="soft">Left open:</span> ${benign.length === 0 ? 'no explanation of this signal' : benign.map((story) => html`<span class="chip">${clipName(idTitle(story))}</span> `)}</div></li>
`
}

/** What came back, how much of it was matched with this payment, and how long after. */
function cameBack({ chain, asset, level, returned, returns: back }: EvidencePayment, nameOf: NameOf): Html {
  if (back.length === 0 && !/^0+$/.test(returned))
    return html`<div>Came back: ${formatAmount(returned, asset, nameOf(chain, asset))} ${OVER_OTHERS}</div>`
  if (back.length === 0)
    return html`<div>${level === 'W0' ? 'Payer and payee are the same: the value never left.' : 'Nothing came back within the window.'}</div>`
  const each = back.map(
    ({ transaction: hash, logIndex, asset: paid, amount, afterMs }) =>
      html`<li>${formatAmount(amount, paid, nameOf(chain, paid))} after ${formatDuration(afterMs)}
<div class="hash">${transaction(chain, hash)} <span class="soft">log ${logIndex}</span></div></li>`,
  )
  return html`<div>Came back: ${formatAmount(returned, asset, nameOf(chain, asset))} matched, in ${plural(back.length, 'transfer')}</div><ul class="came-back">${each}</ul>`
}

/** The later transfers from payee to payer, whether or not they are matched by value. */
export function returns(finding: ReportFinding, nameOf: NameOf): Html | null {
  if (finding.returns.length === 0) return null
  const each = finding.returns.map((transfer) => {
    const { chain, transaction: hash, logIndex, time, asset, amount } = transfer
    return html`<li><div class="payment-head"><strong>${formatAmount(amount, asset, nameOf(chain, asset))}</strong> <span>${returnOutcome(transfer, finding, nameOf(chain, asset))}</span> <time datetime="${time}">${isoMinute(time)}</time></div>
<div class="hash">${transaction(chain, hash)} <span class="soft">log ${logIndex}</span></div></li>
`
  })
  return html`<h4>Returns <span class="soft">transfers from payee to payer after a payment, ${formatCount(each.length)} listed</span></h4>
<ol class="returns">${each}</ol>`
}

/** Transfers that show what a signal with a null model says. */
export function shown(finding: ReportFinding, nameOf: NameOf): Html | null {
  if (finding.transfers.length === 0) return null
  const each = finding.transfers.map(
    (
      transfer,
    ) => html`<li><div class="payment-head"><strong>${shownAmount(transfer, nameOf)}</strong> <span>${address(transfer.chain, transfer.from)} → ${address(transfer.chain, transfer.to)}</span> <span class="soft">${shownTime(transfer)}</span></div>
<div class="hash">${transaction(transfer.chain, transfer.transaction)} <span class="soft">log ${transfer.logIndex}</span></div></li>
`,
  )
  return html`<h4>Transfers <span class="soft">${shownCaption(finding)}</span></h4>
<ol class="returns">${each}</ol>`
}
