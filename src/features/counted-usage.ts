import { defineFeature } from './feature.ts'

/**
 * Usage as the network's own metric counts it, folded and with its effective parties: the payer is whose balance
 * paid, the payee who earned, whatever account sent the transaction. Numbered from 0 by `usage_index`.
 */
export const countedUsage = defineFeature({
  id: 'counted-usage',
  reads: ['usage_events'],
  async compute({ ledger, window }) {
    await ledger.define('usage')
    await ledger.materialize('usage-standing', { from_time: window.from, to_time: window.to })
    await ledger.materialize('counted-usage')
    const [totals] = await ledger.rows('reported-totals')
    return { size: Number(totals?.usages ?? 0) }
  },
})

/** Counted usage whose payer is its payee, or whose parties one owner holds; with the wallets concerned. */
export const selfPayments = defineFeature({
  id: 'self-payments',
  reads: ['usage_events'],
  async compute({ ledger, get }) {
    const { size } = await get(countedUsage)
    const columns = await ledger.columns('self-payments')
    const wallets = (await ledger.rows('self-wallets')).map((row) => String(row.wallet))
    return {
      size,
      usage: columns.usage_index as Int32Array,
      wallet: columns.wallet_index as Int32Array,
      wallets,
    }
  },
})

/** Which transfers settle a usage; they stand in no graph of transfers. */
export const settlements = defineFeature({
  id: 'settlements',
  reads: ['payments', 'transfers'],
  async compute({ ledger, get }) {
    await get(countedUsage)
    await ledger.materialize('settlements')
    const [row] = await ledger.rows('settlement-counts')
    return { settledTransfers: Number(row?.settled_transfers), unsettledUsages: Number(row?.unsettled_usages) }
  },
})
