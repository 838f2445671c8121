import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** Parties of counted usage, the first of all wallets by their number: a wallet is a node by that number. */
export type Parties = {
  readonly names: readonly string[]
  /** How many nodes are parties. */
  readonly parties: number
  /** 1 where a party has paid. */
  readonly isPayer: Uint8Array
  /** UTC ms of the first payment it made or received. */
  readonly firstUse: Float64Array
}

export const parties = defineFeature({
  id: 'parties',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<Parties> {
    const { names } = await get(wallets)
    // Every party has a row, and rows come in the order of numbers.
    const { is_payer, first_at } = await ledger.columns('party-starts')
    return {
      names,
      parties: (is_payer as Int32Array).length,
      isPayer: Uint8Array.from(is_payer as Int32Array),
      firstUse: Float64Array.from(first_at as BigInt64Array, Number),
    }
  },
})
