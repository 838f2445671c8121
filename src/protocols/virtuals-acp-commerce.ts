import {
  type AcpLog,
  type AcpRows,
  type AcpTransaction,
  eventRow,
  jobOf,
  legRow,
  someone,
} from './virtuals-acp-contracts.ts'
import { evaluatorFee, payoutRows } from './virtuals-acp-payouts.ts'

/** The third generation: an ERC-8183 contract, and hooks that move principal. */
export function decodeCommerce(
  transaction: AcpTransaction,
  log: AcpLog<'commerce' | 'fund-hook'>,
  rows: AcpRows,
): void {
  if (log.eventName === 'PayableTransferExecuted') {
    const { jobId, from, to, token, amount } = log.args
    const leg = { event: 'settled', kind: 'principal', from, to, asset: token, amount } as const
    rows.payments.push(legRow(transaction, log, { id: jobOf(log, jobId), ...leg }))
  } else {
    decodeLife(transaction, log, rows)
    decodeMoney(transaction, log, rows)
  }
}

function decodeLife(transaction: AcpTransaction, log: AcpLog<'commerce'>, rows: AcpRows): void {
  const id = jobOf(log, log.args.jobId)
  const add = (kind: Parameters<typeof eventRow>[2], job = {}) =>
    rows.usage_events.push(eventRow(transaction, log, kind, { id, ...job }))
  if (log.eventName === 'JobCreated') {
    const { client, provider, evaluator } = log.args
    add('requested', { consumer: client, provider: someone(provider), evaluator: someone(evaluator) })
    // As `priced` it would take the place of a budget set before.
  } else if (log.eventName === 'ProviderSet') add('requested', { provider: someone(log.args.provider) })
  else if (log.eventName === 'BudgetSet') add('priced')
  else if (log.eventName === 'JobFunded') add('funded', { consumer: log.args.client })
  else if (log.eventName === 'JobSubmitted') {
    add('delivered', { provider: log.args.provider, payload: log.args.deliverable })
  } else if (log.eventName === 'JobCompleted') add('settled', { evaluator: someone(log.args.evaluator) })
  else if (log.eventName === 'JobRejected') add('rejected')
  else if (log.eventName === 'JobExpired') add('expired')
  else if (log.eventName === 'Refunded') add('refunded', { consumer: log.args.client })
}

/** One token for all jobs of the contract, which its logs do not name. What was funded is the budget, in no leg twice. */
function decodeMoney(transaction: AcpTransaction, log: AcpLog<'commerce'>, rows: AcpRows): void {
  const id = jobOf(log, log.args.jobId)
  const asset = log.deployment.asset ?? null
  if (log.eventName === 'BudgetSet') {
    const amount = log.args.amount
    rows.payments.push(legRow(transaction, log, { id, event: 'priced', kind: 'price', asset, amount }))
  } else if (log.eventName === 'PaymentReleased') {
    const { provider, amount } = log.args
    payoutRows(transaction, { log, id, provider, amount, asset, evaluatorLogged: true }, rows)
  } else if (log.eventName === 'EvaluatorFeePaid') {
    const { evaluator: to, amount } = evaluatorFee(log)!
    const leg = { id, event: 'settled', kind: 'evaluator-fee', from: log.address, to, asset, amount } as const
    rows.payments.push(legRow(transaction, log, leg))
  } else if (log.eventName === 'Refunded') {
    const { client: to, amount } = log.args
    const leg = { id, event: 'refunded', kind: 'refund', from: log.address, to, asset, amount } as const
    rows.payments.push(legRow(transaction, log, leg))
  }
}
