import { economy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** For each wallet who sent it the chain's own currency first and by which transfer; −1 where the ledger saw none. */
export type FirstFundings = { readonly funder: Int32Array; readonly transfer: Int32Array }

/** First inbound native transfers, in one pass over transfers, which come in order of time. */
export const firstFundings = defineFeature({
  id: 'first-fundings',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<FirstFundings> {
    const { names, transfers } = await get(economy)
    const funder = new Int32Array(names.length).fill(-1)
    const transfer = new Int32Array(names.length).fill(-1)
    for (let row = 0; row < transfers.from.length; row += 1) {
      const to = transfers.to[row]!
      if (transfers.isNative[row] !== 1 || transfer[to] !== -1) continue
      funder[to] = transfers.from[row]!
      transfer[to] = row
    }
    return { funder, transfer }
  },
})
