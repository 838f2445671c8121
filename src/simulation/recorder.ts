import { createHash } from 'node:crypto'
import type { Label, LabelKind } from '../records/context.ts'
import type { Facts } from '../records/index.ts'
import type { Payment } from '../records/payment.ts'
import type { Transfer } from '../records/transfer.ts'
import type { UsageEvent } from '../records/usage-event.ts'

/** What a payment really is. `story`: the honest reason, by the id a signal declares, why it may look like wash usage. */
export type PaymentTruth = { readonly kind: 'organic' | 'self' | 'ring'; readonly story: string | null }

/** Facts as a collection would have found them, and what no collection can know. */
export type Market = {
  readonly facts: Facts
  readonly truth: { readonly payments: ReadonlyMap<string, PaymentTruth> }
}

/** Value from one wallet to another. `at` is in days after the market opens; amounts are in the smallest unit. */
export type Move = { readonly from: string; readonly to: string; readonly amount: bigint; readonly at: number }

/** One paid use of a service, settled by a transfer of its own. */
export type Purchase = Move & {
  readonly service: string
  readonly kind?: PaymentTruth['kind']
  readonly story?: string
}

export type Recorder = ReturnType<typeof startRecording>

const CHAIN = 'eip155:31337'
const PROTOCOL = 'simulation'
const SOURCE = 'simulation'
const DAY_MS = 86_400_000
const OPENS = Date.UTC(2025, 0, 1)
const FIRST_BLOCK = 1_000_000
const BLOCK_MS = 2_000
/** Transfers are covered for as long as the longest return window after the market closes. */
const FOLLOW_UP_DAYS = 90

/** Writes down what happens in a market, as a chain would. Names of wallets and transactions depend on the seed alone. */
export function startRecording(seed: number, days: number) {
  const events: UsageEvent[] = []
  const legs: Payment[] = []
  const transfers: Transfer[] = []
  const labels: Label[] = []
  const purchases: Purchase[] = []
  const truth = new Map<string, PaymentTruth>()
  const logsOfBlock = new Map<number, number>()
  const hash = (name: string) => `0x${createHash('sha256').update(`${seed} ${name}`).digest('hex')}`
  const wallet = (name: string) => hash(`wallet ${name}`).slice(0, 42)
  const token = wallet('token')
  let transactions = 0

  const beginTransaction = (at: number) => {
    const block = Math.floor((at * DAY_MS) / BLOCK_MS)
    const common = {
      chain: CHAIN,
      tx_hash: hash(`transaction ${transactions++}`),
      block_number: FIRST_BLOCK + block,
      timestamp: OPENS + block * BLOCK_MS,
      source: SOURCE,
    }
    const nextLog = () => {
      const log = logsOfBlock.get(block) ?? 0
      logsOfBlock.set(block, log + 1)
      return log
    }
    return { common, nextLog }
  }

  /** One transaction with the token's transfer and the event of a usage that names it as its leg. */
  const recordUsage = (
    move: Move,
    kind: 'settled' | 'refunded',
    leg: 'price' | 'refund',
    usage: {
      readonly usage_id: string
      readonly service: string
      readonly consumer: string
      readonly provider: string
    },
  ) => {
    const { from, to, amount } = move
    const { common, nextLog } = beginTransaction(move.at)
    transfers.push({ ...common, ...plain(nextLog()), from, to, asset: token, amount, kind: 'erc20' })
    const place = { log_index: nextLog(), sub_index: 0, protocol: PROTOCOL }
    events.push({ ...common, ...place, ...usage, ...unknown, kind, units: kind === 'settled' ? amount / 10n : null })
    const { usage_id } = usage
    legs.push({
      ...common,
      ...place,
      usage_id,
      event_kind: kind,
      leg: 0,
      from,
      to,
      asset: token,
      amount,
      ...ofLeg(leg),
    })
  }

  return {
    wallet,
    pay(purchase: Purchase): string {
      const usage_id = `usage-${seed}-${truth.size}`
      const { from, to, service, kind = 'organic', story = null } = purchase
      recordUsage(purchase, 'settled', 'price', { usage_id, service, consumer: from, provider: to })
      truth.set(usage_id, { kind, story })
      purchases.push(purchase)
      return usage_id
    },
    /** Gives a payment its story afterwards. */
    explain(usage_id: string, story: string): void {
      truth.set(usage_id, { kind: truth.get(usage_id)?.kind ?? 'organic', story })
    },
    /** A refund that the protocol logs. */
    refund(usage_id: string, purchase: Purchase, at: number): void {
      const { from, to, amount, service } = purchase
      const move = { from: to, to: from, amount, at }
      recordUsage(move, 'refunded', 'refund', { usage_id, service, consumer: from, provider: to })
    },
    /** A transfer of the token that settles nothing. */
    send({ from, to, amount, at }: Move): void {
      const { common, nextLog } = beginTransaction(at)
      transfers.push({ ...common, ...plain(nextLog()), from, to, asset: token, amount, kind: 'erc20' })
    },
    /** A transfer of the chain's own currency, which has no log. */
    fund({ from, to, amount, at }: Move): void {
      const { common } = beginTransaction(at)
      transfers.push({ ...common, ...plain(-1), from, to, asset: 'native', amount, kind: 'native' })
    },
    label(address: string, kind: LabelKind): void {
      labels.push({ address, chain: null, kind, name: null, source: SOURCE, as_of: null })
    },
    /** Every purchase so far. */
    purchases: (): readonly Purchase[] => purchases,
    finish: (): Market => ({
      facts: { usage_events: events, payments: legs, transfers, labels, ...context(token, days, transfers.length) },
      truth: { payments: truth },
    }),
  }
}

const unknown = {
  evaluator: null,
  tx_from: null,
  expected_units: null,
  unit_kind: 'token',
  payload_hash: null,
  attribution: 'event',
  class: 'ordinary',
} as const

const plain = (log_index: number) => ({ log_index, trace_path: '', token_id: null, n: 1, usage_id: null }) as const

const ofLeg = (kind: 'price' | 'refund') => ({ kind, expected_amount: null }) as const

/** What the network counts, what it is paid in, and how far its transfers are known. */
function context(token: string, days: number, rows: number): Facts {
  const asset = { chain: CHAIN, declared: true, source: SOURCE }
  const lastBlock = FIRST_BLOCK + Math.floor(((days + FOLLOW_UP_DAYS) * DAY_MS) / BLOCK_MS)
  return {
    assets: [
      { ...asset, asset: token, symbol: 'SIM', decimals: 6, peg: 'USD' },
      { ...asset, asset: 'native', symbol: 'ETH', decimals: 18, peg: null },
    ],
    protocols: [
      {
        protocol: PROTOCOL,
        adapter_version: 1,
        metric_statuses: 'delivered,settled',
        metric_time: 'settled_at',
        unit_kind: 'token',
        source: SOURCE,
      },
    ],
    coverage: [
      {
        source: SOURCE,
        protocol: PROTOCOL,
        chain: CHAIN,
        table_name: 'transfers',
        from_block: FIRST_BLOCK,
        to_block: lastBlock,
        from_hash: null,
        to_hash: null,
        from_time: OPENS,
        to_time: OPENS + (days + FOLLOW_UP_DAYS) * DAY_MS,
        spec: 'simulation',
        method: 'simulation',
        rows,
      },
    ],
  }
}
