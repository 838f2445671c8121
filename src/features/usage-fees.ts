import { amountsOf, usageEconomy } from './economy.ts'
import { defineFeature } from './feature.ts'

/**
 * What platforms, evaluators and providers took of each payment or beside it, by `usage_index`: in the smallest unit of its
 * asset; NaN: not known.
 */
export const usageFees = defineFeature({
  id: 'usage-fees',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<Float64Array> {
    await get(usageEconomy)
    return amountsOf(await ledger.columns('payment-fees'))
  },
})
