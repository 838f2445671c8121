import { tokenTransfers } from './token-transfers.ts'
import { type AcpLog, type AcpRows, type AcpTransaction, jobOf, legRow, rejectRow } from './virtuals-acp-contracts.ts'

/** The payout of a job as its log tells it, before the fees that no log tells. */
export type Payout = {
  readonly log: AcpLog
  readonly id: string
  readonly provider: string
  readonly amount: bigint
  /** Null: the log does not name the token. */
  readonly asset: string | null
  /** Whether the evaluator's fee has a log of its own. */
  readonly evaluatorLogged: boolean
}

type TransferRow = ReturnType<typeof tokenTransfers>['transfers'][number]

/** Logs that stand among the transfers of a payout and do not begin another. */
const within: ReadonlySet<string> = new Set(['ClaimedEvaluatorFee', 'EvaluatorFeePaid', 'JobCompleted'])

/**
 * What the provider gets, and the fees where the transaction is known whole: they are what else the escrow paid since
 * the last log of the protocol, first the platform, then the evaluator. A second payout of one job is no second price:
 * the escrow could once be made to pay twice.
 */
export function payoutRows(transaction: AcpTransaction, payout: Payout, rows: AcpRows): void {
  const { log, id, provider, amount } = payout
  if (rows.payments.some((row) => row.usage_id === id && row.kind === 'net')) {
    rows.rejects.push(rejectRow(transaction, log, 'a second payout of one job in one transaction is above its budget'))
    return
  }
  const paid = paidFrom(transaction, log)
  const net = paid.findLast((row) => row.to === provider && row.amount === amount)
  const asset = payout.asset ?? net?.asset ?? null
  const leg = { id, event: 'settled', asset } as const
  rows.payments.push(legRow(transaction, log, { ...leg, kind: 'net', from: log.address, to: provider, amount }))
  if (net === undefined) return
  const logged = transaction.logs.find((one) => evaluatorFee(one)?.id === id)
  const fee = logged === undefined ? undefined : evaluatorFee(logged)
  const others = paid.filter((row) => row !== net && row.asset === net.asset && row.amount !== null)
  const evaluators = others.findLast(({ to, amount }) => to === fee?.evaluator && amount === fee?.amount)
  const fees = others.filter((row) => row !== evaluators)
  fees.forEach(({ to, amount }, i) => {
    const kind = payout.evaluatorLogged || i === 0 || to === fees[0]?.to ? 'platform-fee' : 'evaluator-fee'
    rows.payments.push(
      legRow(transaction, log, { ...leg, leg: i + 1, kind, from: log.address, to, amount: amount ?? 0n }),
    )
  })
}

/** The fee of an evaluator where it has a log of its own. */
export function evaluatorFee(log: AcpLog): { id: string; evaluator: string; amount: bigint } | null {
  if (log.eventName === 'ClaimedEvaluatorFee') {
    return { id: jobOf(log, log.args.jobId), evaluator: log.args.evaluator, amount: log.args.evaluatorFee }
  }
  if (log.eventName !== 'EvaluatorFeePaid') return null
  return { id: jobOf(log, log.args.jobId), evaluator: log.args.evaluator, amount: log.args.amount }
}

/** The token of an amount that a contract paid, where the transaction is known whole; else null. */
export function tokenPaid(transaction: AcpTransaction, log: AcpLog, to: string, amount: bigint): string | null {
  return paidFrom(transaction, log).findLast((row) => row.to === to && row.amount === amount)?.asset ?? null
}

/** What the contract of a log paid between the protocol's log before it and itself. */
function paidFrom(transaction: AcpTransaction, { address, logIndex }: AcpLog): readonly TransferRow[] {
  const before = transaction.logs.filter((one) => one.logIndex < logIndex && !within.has(one.eventName))
  const start = before.at(-1)?.logIndex ?? -1
  const between = transaction.rawLogs.filter((one) => one.logIndex > start && one.logIndex < logIndex)
  return tokenTransfers({ ...transaction, logs: between }).transfers.filter(({ from }) => from === address)
}
