import { keccak256, toHex } from 'viem'
import type { EventKind } from '../records/usage-event.ts'
import {
  type AcpLog,
  type AcpRows,
  type AcpTransaction,
  eventRow,
  jobOf,
  legRow,
  rejectRow,
  someone,
} from './virtuals-acp-contracts.ts'
import { evaluatorFee, payoutRows, tokenPaid } from './virtuals-acp-payouts.ts'

type Jobs = AcpLog<'acp' | 'job-manager'>
type Memo = Extract<AcpLog, { readonly eventName: 'NewMemo' }>

const NEGOTIATION = 1
const TRANSACTION = 2
/** What it means that a job entered a phase. Evaluation comes once the provider has handed in its work. */
const entered: { readonly [phase: number]: EventKind } = {
  2: 'funded',
  3: 'delivered',
  4: 'settled',
  5: 'rejected',
  6: 'expired',
}

/** The first and the second generation: one contract, and the same life of a job in three. */
export function decodeJobs(transaction: AcpTransaction, log: AcpLog, rows: AcpRows): void {
  if (log.eventName === 'NewMemo') decodeMemo(transaction, log, rows)
  else if (log.role === 'payment-manager') decodeEscrow(transaction, log, rows)
  else if (log.role === 'acp') {
    decodeJob(transaction, log, rows)
    decodeMoney(transaction, log, rows)
  } else if (log.role === 'job-manager') decodeJob(transaction, log, rows)
}

function decodeJob(transaction: AcpTransaction, log: Jobs, rows: AcpRows): void {
  const id = jobOf(log, log.args.jobId)
  if (log.eventName === 'JobCreated') {
    const { client, provider, evaluator } = log.args
    const parties = { consumer: client, provider: someone(provider), evaluator: someone(evaluator) }
    rows.usage_events.push(eventRow(transaction, log, 'requested', { id, ...parties }))
  } else if (log.eventName === 'BudgetSet') {
    const asset = tokenOf(transaction, log) ?? log.deployment.asset ?? null
    rows.usage_events.push(eventRow(transaction, log, 'priced', { id }))
    const amount = log.args.newBudget
    rows.payments.push(legRow(transaction, log, { id, event: 'priced', kind: 'price', asset, amount }))
  } else if (log.eventName === 'JobPhaseUpdated') {
    const kind = entered[log.args.newPhase]
    // Without an evaluator there is no evaluation: the delivery completes the job.
    const delivers = kind === 'delivered' || (kind === 'settled' && log.args.oldPhase === TRANSACTION)
    if (delivers) rows.usage_events.push(eventRow(transaction, log, 'delivered', { id, ...workOf(transaction, log) }))
    if (kind !== undefined && kind !== 'delivered') rows.usage_events.push(eventRow(transaction, log, kind, { id }))
  }
}

/** A budget and its token are two logs, one after the other. */
function tokenOf({ logs }: AcpTransaction, budget: Jobs): string | null {
  const token = logs.find(
    (log) =>
      log.eventName === 'JobPaymentTokenSet' && log.logIndex > budget.logIndex && log.args.jobId === budget.args.jobId,
  )
  return token?.eventName === 'JobPaymentTokenSet' ? someone(token.args.paymentToken) : null
}

/** The work stands in the memo that moved the job on. */
function workOf({ logs }: AcpTransaction, moved: Jobs) {
  const memo = logs.findLast(
    (log): log is Memo =>
      log.eventName === 'NewMemo' && log.logIndex < moved.logIndex && log.args.jobId === moved.args.jobId,
  )
  return memo === undefined ? {} : { provider: memo.args.sender, payload: hashOf(memo) }
}

/** The memo that asks for the work names the service; others only talk. */
function decodeMemo(transaction: AcpTransaction, log: Memo, rows: AcpRows): void {
  const service = serviceOf(log.args.content)
  const asks = 'nextPhase' in log.args ? log.args.nextPhase === NEGOTIATION : service !== null
  if (!asks) return
  const job = { id: jobOf(log, log.args.jobId), service, payload: hashOf(log) }
  rows.usage_events.push(eventRow(transaction, log, 'requested', job))
}

function hashOf({ args }: Memo): string {
  return keccak256(toHex(args.content))
}

function serviceOf(content: string): string | null {
  if (!content.startsWith('{')) return null
  try {
    const { name, serviceName = name, requirement, serviceRequirement = requirement } = JSON.parse(content)
    return typeof serviceName === 'string' && serviceRequirement !== undefined ? serviceName : null
  } catch {
    return null
  }
}

function decodeMoney(transaction: AcpTransaction, log: AcpLog<'acp'>, rows: AcpRows): void {
  const id = jobOf(log, log.args.jobId)
  if (log.eventName === 'ClaimedProviderFee') {
    const { provider, providerFee: amount } = log.args
    const asset = log.deployment.asset ?? null
    payoutRows(transaction, { log, id, provider, amount, asset, evaluatorLogged: true }, rows)
  } else if (log.eventName === 'ClaimedEvaluatorFee') {
    const { evaluator: to, amount } = evaluatorFee(log)!
    const asset = log.deployment.asset ?? tokenPaid(transaction, log, to, amount)
    const leg = { id, event: 'settled', kind: 'evaluator-fee', from: log.address, to, asset, amount } as const
    rows.payments.push(legRow(transaction, log, leg))
  } else if (log.eventName === 'RefundedBudget') {
    const { client, amount } = log.args
    refundRows(transaction, log, { id, client, amount, asset: tokenPaid(transaction, log, client, amount) }, rows)
  } else if (log.eventName === 'PayableTransferExecuted' || log.eventName === 'PayableRequestExecuted') {
    const { from, to, token, amount } = log.args
    const leg = { id, event: 'settled', kind: 'principal', from, to, asset: token, amount } as const
    rows.payments.push(legRow(transaction, log, leg))
  }
}

function decodeEscrow(transaction: AcpTransaction, log: AcpLog<'payment-manager'>, rows: AcpRows): void {
  const { amount, token: asset } = log.args
  if (log.eventName === 'PayableMemoExecuted') {
    const { memoId, sender: from, recipient: to } = log.args
    const id = jobOfMemo(transaction, memoId)
    if (id === null) rows.rejects.push(rejectRow(transaction, log, 'no log of the transaction says whose memo this is'))
    else {
      rows.payments.push(legRow(transaction, log, { id, event: 'settled', kind: 'principal', from, to, asset, amount }))
    }
    return
  }
  const id = jobOf(log, log.args.jobId)
  if (log.eventName === 'PaymentReleased') {
    const provider = log.args.recipient
    payoutRows(transaction, { log, id, provider, amount, asset, evaluatorLogged: false }, rows)
  } else refundRows(transaction, log, { id, client: log.args.client, amount, asset }, rows)
}

function refundRows(
  transaction: AcpTransaction,
  log: AcpLog,
  { id, client, amount, asset }: { id: string; client: string; amount: bigint; asset: string | null },
  rows: AcpRows,
): void {
  rows.usage_events.push(eventRow(transaction, log, 'refunded', { id, consumer: client }))
  const leg = { id, event: 'refunded', kind: 'refund', from: log.address, to: client, asset, amount } as const
  rows.payments.push(legRow(transaction, log, leg))
}

/** The escrow knows memos only; the memo manager says in the same transaction which job a memo is of. */
function jobOfMemo({ logs }: AcpTransaction, memoId: bigint): string | null {
  for (const log of logs)
    if (log.role === 'memo-manager' && log.args.memoId === memoId) return jobOf(log, log.args.jobId)
  return null
}
