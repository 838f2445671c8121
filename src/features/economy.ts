import type { TypedColumns } from '../ledger/ledger.ts'
import { defineFeature } from './feature.ts'
import { parties } from './parties.ts'
import { reportedValue } from './reported-value.ts'
import { VALUE_SCALE, type ValueBasis } from './value.ts'
import { wallets } from './wallet-graph.ts'

/** One row a counted usage, by its `usage_index`. Wallets, services and assets are numbers; −1: not known. */
export type Payments = {
  readonly payer: Int32Array
  readonly payee: Int32Array
  readonly service: Int32Array
  readonly asset: Int32Array
  /** UTC ms. */
  readonly time: Float64Array
  /** In the smallest unit of the asset; NaN: not known. */
  readonly amount: Float64Array
  /** In the unit of the value measure; 0 where the asset has no part in it. */
  readonly value: Float64Array
}

/** One row a transfer that settles no usage, by its `free_index`, in order of time. */
export type FreeTransfers = {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly asset: Int32Array
  /** 1: the chain's own currency. */
  readonly isNative: Int32Array
  /** UTC ms; NaN: not known, and last. */
  readonly time: Float64Array
  /** In the smallest unit of the asset; NaN: not known. */
  readonly amount: Float64Array
}

/**
 * Everything that moved, in typed arrays over numbered wallets: what signals with a null model read. Amounts are rounded
 * to doubles, which is enough to compare and to rank them; what is published as a sum comes from exact amounts.
 */
export type Economy = {
  /** Parties of counted usage first, in the order of their names; then all other wallets. */
  readonly names: readonly string[]
  readonly parties: number
  /** 1 where a wallet is labelled as a service through which the value of many passes. */
  readonly isService: Uint8Array
  readonly assets: readonly { readonly chain: string; readonly asset: string | null }[]
  readonly payments: Payments
  readonly transfers: FreeTransfers
}

export const economy = defineFeature({
  id: 'economy',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<Economy> {
    await get(wallets)
    const all = await get(parties)
    const { basis } = await get(reportedValue)
    await ledger.materialize('economy-assets')
    const assets = (await ledger.rows('economy-asset-names')).map(({ chain, asset }) => ({
      chain: String(chain),
      asset: asset === null ? null : String(asset),
    }))
    const isService = new Uint8Array(all.names.length)
    const services = await ledger.columns('service-wallets')
    for (const wallet of services.wallet_index as Int32Array) isService[wallet] = 1
    const weights = Float64Array.from(assets, ({ chain, asset }) => weightOf(basis, chain, asset))
    return {
      ...{ names: all.names, parties: all.parties, isService, assets },
      payments: paymentsOf(await ledger.columns('economy-payments'), weights),
      transfers: transfersOf(await ledger.columns('economy-transfers')),
    }
  },
})

/** The same for signals that look at payments alone: it has a meaning where no transfers were collected. */
export const usageEconomy = defineFeature({
  id: 'usage-economy',
  reads: ['usage_events'],
  derived: true,
  compute: ({ get }): Promise<Economy> => get(economy),
})

/** Payments alone, so that what looks at nothing else is not computed anew where transfers or labels differ. */
export const payments = defineFeature({
  id: 'payments',
  reads: ['usage_events'],
  derived: true,
  compute: async ({ get }): Promise<Payments> => (await get(economy)).payments,
})

/** Value of one smallest unit; 0: the asset has no part in the measure. */
export function weightOf(basis: ValueBasis, chain: string, asset: string | null): number {
  if (basis.status === 'unavailable') return 0
  // Of a large amount, so that the whole numbers in which value is weighed do not cut the weight.
  const much = 10n ** 30n
  const value = basis.weigh(chain, asset, much)
  return value === null ? 0 : Number(value) / 10 ** VALUE_SCALE / Number(much)
}

function paymentsOf(columns: TypedColumns, weights: Float64Array): Payments {
  const asset = columns.asset_index as Int32Array
  const amount = amountsOf(columns)
  return {
    payer: columns.payer_index as Int32Array,
    payee: columns.payee_index as Int32Array,
    service: columns.service_index as Int32Array,
    asset,
    time: timesOf(columns.paid_at as BigInt64Array),
    amount,
    value: amount.map((one, i) => (Number.isNaN(one) ? 0 : one * weights[asset[i]!]!)),
  }
}

function transfersOf(columns: TypedColumns): FreeTransfers {
  return {
    from: columns.from_index as Int32Array,
    to: columns.to_index as Int32Array,
    asset: columns.asset_index as Int32Array,
    isNative: columns.is_native as Int32Array,
    time: timesOf(columns.moved_at as BigInt64Array),
    amount: amountsOf(columns),
  }
}

export function timesOf(column: BigInt64Array): Float64Array {
  return Float64Array.from(column, (ms) => (ms < 0n ? Number.NaN : Number(ms)))
}

const BASE = 1e13

export function amountsOf(columns: TypedColumns): Float64Array {
  const [a, b, c] = [columns.amount_a, columns.amount_b, columns.amount_c] as BigInt64Array[]
  return Float64Array.from(a!, (high, i) =>
    high < 0n ? Number.NaN : (Number(high) * BASE + Number(b![i])) * BASE + Number(c![i]),
  )
}
