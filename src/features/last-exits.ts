import { economy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** For each wallet where the last that it sent went and by which transfer; −1 where the ledger saw none. */
export type LastExits = { readonly target: Int32Array; readonly transfer: Int32Array }

/** Last outbound transfers that settle nothing, of any asset, in one pass over transfers, which come in order of time. */
export const lastExits = defineFeature({
  id: 'last-exits',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<LastExits> {
    const { names, transfers } = await get(economy)
    const target = new Int32Array(names.length).fill(-1)
    const transfer = new Int32Array(names.length).fill(-1)
    for (let row = 0; row < transfers.from.length; row += 1) {
      const from = transfers.from[row]!
      if (from === transfers.to[row]) continue
      target[from] = transfers.to[row]!
      transfer[from] = row
    }
    return { target, transfer }
  },
})
