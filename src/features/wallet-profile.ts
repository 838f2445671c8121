import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** One row a party of counted usage, in the order of its number; see `wallet-profiles.sql`. */
export type WalletProfiles = {
  readonly wallet: Int32Array
  readonly payments: Int32Array
  readonly receipts: Int32Array
  readonly payees: Int32Array
  readonly payers: Int32Array
  /** UTC days with a payment made or received. */
  readonly days: Int32Array
  /** UTC ms of the first and last payment. */
  readonly first: BigInt64Array
  readonly last: BigInt64Array
  /** Distinct wallets it received from and sent to, payments apart. */
  readonly funders: Int32Array
  readonly targets: Int32Array
}

export const walletProfile = defineFeature({
  id: 'wallet-profile',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<WalletProfiles> {
    await get(wallets)
    const columns = await ledger.columns('wallet-profiles')
    const whole = (name: string) => columns[name] as Int32Array
    return {
      wallet: whole('wallet_index'),
      payments: whole('payments'),
      receipts: whole('receipts'),
      payees: whole('payees'),
      payers: whole('payers'),
      days: whole('days'),
      first: columns.first_at as BigInt64Array,
      last: columns.last_at as BigInt64Array,
      funders: whole('funders'),
      targets: whole('targets'),
    }
  },
})
