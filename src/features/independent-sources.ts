import { economy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** 1 for each wallet that is labelled as an exchange, a bridge or attested: money from there came from outside the market. */
export const independentSources = defineFeature({
  id: 'independent-sources',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<Uint8Array> {
    const { names } = await get(economy)
    const sources = new Uint8Array(names.length)
    const { wallet_index } = await ledger.columns('independent-sources')
    for (const wallet of wallet_index as Int32Array) sources[wallet] = 1
    return sources
  },
})
