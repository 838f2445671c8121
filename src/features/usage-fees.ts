import { amountsOf, usageEconomy, weightOf } from './economy.ts'
import { defineFeature } from './feature.ts'
import { reportedValue } from './reported-value.ts'

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

/** The same in the unit of the value measure; 0 where no fee is known, or the asset has no part in the measure. */
export const feeValues = defineFeature({
  id: 'fee-values',
  reads: ['usage_events'],
  async compute({ get }): Promise<Float64Array> {
    const { assets, payments } = await get(usageEconomy)
    const { basis } = await get(reportedValue)
    const weights = assets.map(({ chain, asset }) => weightOf(basis, chain, asset))
    return (await get(usageFees)).map((fee, usage) => (fee > 0 ? fee * weights[payments.asset[usage]!]! : 0))
  },
})
