import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** Algorithm 1 of Victor 2020 with the defaults of Tutela: 0.01 of the chain's currency, 3,200 blocks of 12 s, and of tokens 1 %. */
const OPTIONS = { most_ms: 3_200 * 12_000, most_loss: 10n ** 16n, loss_parts: 100, most_users: 50 }

/**
 * Wallets that sent to a deposit address of an exchange: pairs of numbers, deposit by deposit. Exchanges give each customer
 * an address of its own, so that all who send to one are its customer. Without labelled exchanges there are none.
 */
export const depositReuse = defineFeature({
  id: 'deposit-reuse',
  reads: ['usage_events', 'transfers', 'labels'],
  async compute({ ledger, get }) {
    await get(wallets)
    const columns = await ledger.columns('deposit-uses', OPTIONS)
    return { wallet: columns.wallet_index as Int32Array, deposit: columns.deposit_index as Int32Array }
  },
})
