import { usageEconomy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** What was asked in each payment, by `usage_index`, as a number of its hash; −1: not known. */
export const payloads = defineFeature({
  id: 'payloads',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<Int32Array> {
    // Counted usage is numbered for the economy.
    await get(usageEconomy)
    return (await ledger.columns('payment-payloads')).payload_index as Int32Array
  },
})
