import type { Label, LabelKind } from '../records/context.ts'
import type { Facts } from '../records/index.ts'
import { BLOCK_MS, CHAIN, DAY_MS, FIRST_BLOCK, type Move, OPENS, openChain, PROTOCOL, SOURCE } from './chain.ts'

/** What a payment really is. `story`: the honest reason, by the id a signal declares, why it may look like wash usage. */
export type PaymentTruth = { readonly kind: 'organic' | 'self' | 'ring'; readonly story: string | null }

/** Facts as a collection would have found them, and what no collection can know. */
export type Market = {
  readonly facts: Facts
  readonly truth: { readonly payments: ReadonlyMap<string, PaymentTruth> }
}

/** One paid use of a service, settled by a transfer of its own. */
export type Purchase = Move & {
  readonly service: string
  readonly kind?: PaymentTruth['kind']
  readonly story?: string
}

export type Recorder = ReturnType<typeof startRecording>

/** Transfers are covered for as long as the longest return window after the market closes. */
const FOLLOW_UP_DAYS = 90

/** Writes down what happens in a market, and what it really was. */
export function startRecording(seed: number, days: number) {
  const chain = openChain(seed)
  const labels: Label[] = []
  const purchases: Purchase[] = []
  const truth = new Map<string, PaymentTruth>()
  return {
    wallet: chain.wallet,
    pay(purchase: Purchase): string {
      const usage_id = `usage-${seed}-${truth.size}`
      const { from, to, amount, at, service, kind = 'organic', story = null } = purchase
      chain.usage({ from, to, amount, at }, { kind: 'settled', usage_id, service, consumer: from, provider: to })
      truth.set(usage_id, { kind, story })
      purchases.push(purchase)
      return usage_id
    },
    /** Gives a payment its story afterwards. */
    explain(usage_id: string, story: string): void {
      truth.set(usage_id, { kind: truth.get(usage_id)?.kind ?? 'organic', story })
    },
    /** A refund that the protocol logs. */
    refund(usage_id: string, { from, to, amount, service }: Purchase, at: number): void {
      const usage = { kind: 'refunded', usage_id, service, consumer: from, provider: to } as const
      chain.usage({ from: to, to: from, amount, at }, usage)
    },
    /** A transfer of the token that settles nothing. */
    send: (move: Move): void => chain.transfer(move, 'erc20'),
    /** A transfer of the chain's own currency. */
    fund: (move: Move): void => chain.transfer(move, 'native'),
    label(address: string, kind: LabelKind): void {
      labels.push({ address, chain: null, kind, name: null, source: SOURCE, as_of: null })
    },
    /** Every purchase so far. */
    purchases: (): readonly Purchase[] => purchases,
    finish: (): Market => ({
      facts: { ...chain.rows, labels, ...context(chain.token, days, chain.rows.transfers.length) },
      truth: { payments: truth },
    }),
  }
}

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
        checked: null,
      },
    ],
  }
}
