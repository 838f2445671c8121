import { virtualsAcpContract } from '../../abis/virtuals-acp.ts'
import { virtualsCommerce } from '../../abis/virtuals-commerce.ts'
import { virtualsFundHook } from '../../abis/virtuals-fund-hook.ts'
import { virtualsJobManager } from '../../abis/virtuals-job-manager.ts'
import { virtualsMemoManager } from '../../abis/virtuals-memo-manager.ts'
import { virtualsPaymentManager } from '../../abis/virtuals-payment-manager.ts'
import { virtualsRouter } from '../../abis/virtuals-router.ts'
import type { PaymentKind } from '../records/payment.ts'
import type { EventKind } from '../records/usage-event.ts'
import type { DecodedLog, Transaction, UnsourcedFacts } from './protocol.ts'
import { graduationEvaluators, requiredServices } from './virtuals-acp-deployments.ts'

export const virtualsContracts = {
  acp: virtualsAcpContract,
  router: virtualsRouter,
  'job-manager': virtualsJobManager,
  'memo-manager': virtualsMemoManager,
  'payment-manager': virtualsPaymentManager,
  commerce: virtualsCommerce,
  'fund-hook': virtualsFundHook,
} as const

type Role = keyof typeof virtualsContracts
export type AcpTransaction = Transaction<typeof virtualsContracts>
export type AcpLog<role extends Role = Role> = Extract<DecodedLog<typeof virtualsContracts>, { readonly role: role }>
export type AcpRows = {
  readonly [table in 'usage_events' | 'payments' | 'rejects']: NonNullable<UnsourcedFacts[table]>[number][]
}

/** Numbers of jobs begin anew in each generation but the second, which begins at a thousand million. */
const generations: { readonly [role in Role]: string } = {
  acp: 'v1',
  router: 'v2',
  'job-manager': 'v2',
  'memo-manager': 'v2',
  'payment-manager': 'v2',
  commerce: 'v3',
  'fund-hook': 'v3',
}

export function jobOf({ role }: { readonly role: Role }, jobId: bigint): string {
  return `${generations[role]}:${jobId}`
}

export type Job = {
  readonly id: string
  readonly consumer?: string | null
  readonly provider?: string | null
  readonly evaluator?: string | null
  readonly service?: string | null
  readonly payload?: string | null
}

const NOBODY = `0x${'0'.repeat(40)}`

/** Contracts write an address of zeros where there is none, or none yet. */
export function someone(address: string): string | null {
  return address === NOBODY ? null : address
}

export function eventRow(
  transaction: AcpTransaction,
  log: AcpLog,
  kind: EventKind,
  { id, consumer = null, provider = null, evaluator = null, service = null, payload = null }: Job,
): AcpRows['usage_events'][number] {
  const graduates = [consumer, provider, evaluator].some((party) => party !== null && graduationEvaluators.has(party))
  const required = service !== null && requiredServices.has(service)
  return {
    ...placeOf(transaction, log),
    kind,
    usage_id: id,
    consumer,
    provider,
    evaluator,
    tx_from: transaction.from,
    service,
    units: null,
    expected_units: null,
    unit_kind: null,
    payload_hash: payload,
    attribution: 'event',
    class: graduates || required ? 'rule-required' : 'ordinary',
  }
}

export type Leg = {
  readonly id: string
  readonly event: EventKind
  readonly leg?: number
  readonly kind: PaymentKind
  readonly from?: string | null
  readonly to?: string | null
  readonly asset: string | null
  readonly amount: bigint
}

export function legRow(
  transaction: AcpTransaction,
  log: AcpLog,
  { id, event, leg = 0, kind, from = null, to = null, asset, amount }: Leg,
): AcpRows['payments'][number] {
  const money = { from, to, asset, amount, expected_amount: null, kind }
  return { ...placeOf(transaction, log), event_kind: event, leg, usage_id: id, ...money }
}

export function rejectRow({ hash }: AcpTransaction, log: AcpLog, reason: string): AcpRows['rejects'][number] {
  const { address, eventName, logIndex, args } = log
  const raw = JSON.stringify({ transactionHash: hash, logIndex, address, event: eventName, ...args }, amountsAsText)
  return { table_name: 'payments', position: `${hash}:${logIndex}`, reason, raw }
}

function placeOf({ chain, hash, blockNumber, timestamp }: AcpTransaction, { logIndex }: AcpLog) {
  const place = { chain, tx_hash: hash, log_index: logIndex, sub_index: 0, block_number: blockNumber, timestamp }
  return { ...place, protocol: 'virtuals-acp' }
}

function amountsAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
