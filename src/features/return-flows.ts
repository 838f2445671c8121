import { countedUsage, settlements } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** What went from a payee to a wallet that paid it, and the payments beside it, flow by flow in order of time. */
export type ReturnFlows = {
  /** One row a payment or return: its flow, whether it is a return, and its `usage_index` or `transfer_index`. */
  readonly flow: Int32Array
  readonly isReturn: Int32Array
  readonly index: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  /** Amount of a row in the smallest unit of the flow's asset. */
  amount(row: number): bigint
  /** A flow is one payer, one payee and one asset of one chain. */
  readonly parties: readonly {
    readonly chain: string
    readonly asset: string
    readonly payer: string
    readonly payee: string
  }[]
  /** Payers and payees between which any return exists, and the pair of each flow. */
  readonly pairs: readonly { readonly payer: string; readonly payee: string }[]
  readonly pairOfFlow: readonly number[]
  /** Every return, in any asset: its number among the pair transfers, and its pair. */
  readonly returnTransfer: Int32Array
  readonly returnPair: Int32Array
  /** Payments between two wallets of which neither is a labelled service: what the signal looks at. */
  readonly tested: number
}

const BASE = 10n ** 13n

export const returnFlows = defineFeature({
  id: 'return-flows',
  reads: ['payments', 'transfers'],
  async compute({ ledger, get }): Promise<ReturnFlows> {
    await get(countedUsage)
    await get(settlements)
    await ledger.materialize('pair-transfers')
    const columns = await ledger.columns('return-flows')
    const [a, b, c] = [columns.amount_a, columns.amount_b, columns.amount_c] as BigInt64Array[]
    const parties = (await ledger.rows('flow-parties')).map((row) => ({
      chain: String(row.chain),
      asset: String(row.asset),
      payer: String(row.payer),
      payee: String(row.payee),
    }))
    const pairs = (await ledger.rows('return-pairs')).map((row) => ({
      payer: String(row.payer),
      payee: String(row.payee),
    }))
    const pairIndex = new Map(pairs.map((pair, i) => [`${pair.payer} ${pair.payee}`, i]))
    const returns = await ledger.columns('pair-returns')
    const [counted] = await ledger.rows('return-tested')
    return {
      flow: columns.flow as Int32Array,
      isReturn: columns.is_return as Int32Array,
      index: columns.move_index as Int32Array,
      time: columns.moved_at as BigInt64Array,
      amount: (row) => ((a?.[row] ?? 0n) * BASE + (b?.[row] ?? 0n)) * BASE + (c?.[row] ?? 0n),
      parties,
      pairs,
      pairOfFlow: parties.map(({ payer, payee }) => pairIndex.get(`${payer} ${payee}`) as number),
      returnTransfer: returns.transfer_index as Int32Array,
      returnPair: returns.pair_index as Int32Array,
      tested: Number(counted?.payments ?? 0),
    }
  },
})

/** Transfers back, counted three ways; see `pair-transfer-counts.sql`. */
export const returnCounts = defineFeature({
  id: 'return-counts',
  reads: ['payments', 'transfers'],
  async compute({ ledger, get }) {
    await get(returnFlows)
    const [row] = await ledger.rows('pair-transfer-counts')
    return {
      anyTime: Number(row?.any_time),
      afterPayment: Number(row?.after_payment),
      excludingSettlements: Number(row?.excluding_settlements),
      sameAsset: Number(row?.same_asset),
    }
  },
})
