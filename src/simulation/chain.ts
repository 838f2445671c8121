import { createHash } from 'node:crypto'
import type { Payment } from '../records/payment.ts'
import type { Transfer } from '../records/transfer.ts'
import type { UsageEvent } from '../records/usage-event.ts'

export const CHAIN = 'eip155:31337'
export const PROTOCOL = 'simulation'
export const SOURCE = 'simulation'
export const DAY_MS = 86_400_000
export const OPENS = Date.UTC(2025, 0, 1)
export const FIRST_BLOCK = 1_000_000
export const BLOCK_MS = 2_000

/** Value from one wallet to another. `at` is in days after the market opens; amounts are in the smallest unit. */
export type Move = { readonly from: string; readonly to: string; readonly amount: bigint; readonly at: number }

/** The usage that a logged payment is for. A refund goes from its provider to its consumer. */
export type Logged = {
  readonly kind: 'settled' | 'refunded'
  readonly usage_id: string
  readonly service: string
  readonly consumer: string
  readonly provider: string
}

/** Transactions as rows of the ledger, each in the block of its time. Names depend on the seed and the order alone. */
export function openChain(seed: number) {
  const rows = { usage_events: [] as UsageEvent[], payments: [] as Payment[], transfers: [] as Transfer[] }
  const hash = (name: string) => `0x${createHash('sha256').update(`${seed} ${name}`).digest('hex')}`
  const wallet = (name: string) => hash(`wallet ${name}`).slice(0, 42)
  const token = wallet('token')
  const begin = countTransactions((n) => hash(`transaction ${n}`))
  return {
    rows,
    wallet,
    token,
    /** A transfer of the token, or of the chain's own currency, which has no log. */
    transfer({ at, ...move }: Move, kind: 'erc20' | 'native'): void {
      const { common, nextLog } = begin(at)
      const place = kind === 'native' ? { asset: 'native', log_index: -1 } : { asset: token, log_index: nextLog() }
      rows.transfers.push({ ...common, ...move, ...place, ...plain, kind })
    },
    /** One transaction with a transfer of the token and the event of the usage that it pays or refunds. */
    usage({ at, ...move }: Move, { kind, ...usage }: Logged): void {
      const { common, nextLog } = begin(at)
      const paid = { ...common, ...move, asset: token }
      rows.transfers.push({ ...paid, ...plain, log_index: nextLog(), kind: 'erc20' })
      const place = { log_index: nextLog(), sub_index: 0, protocol: PROTOCOL }
      const units = kind === 'settled' ? move.amount / 10n : null
      rows.usage_events.push({ ...common, ...place, ...usage, ...unknown, kind, units })
      const leg = { event_kind: kind, leg: 0, kind: kind === 'settled' ? 'price' : 'refund' } as const
      rows.payments.push({ ...paid, ...place, ...leg, usage_id: usage.usage_id, expected_amount: null })
    },
  }
}

/** Gives each transaction its hash and block, and each log of a block its number. */
function countTransactions(hashOf: (n: number) => string) {
  const logsOfBlock = new Map<number, number>()
  let transactions = 0
  return (at: number) => {
    const block = Math.floor((at * DAY_MS) / BLOCK_MS)
    const common = {
      chain: CHAIN,
      tx_hash: hashOf(transactions++),
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
}

const plain = { trace_path: '', token_id: null, n: 1, usage_id: null } as const

const unknown = {
  evaluator: null,
  tx_from: null,
  expected_units: null,
  unit_kind: 'token',
  payload_hash: null,
  attribution: 'event',
  class: 'ordinary',
} as const
