import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'
import { type AssetTotal, assetTotals, type ValueBasis, valueBasis } from './value.ts'

/** The assets that counted usage was paid in, and what its value is measured in. */
export type ReportedValue = { readonly assets: readonly AssetTotal[]; readonly basis: ValueBasis }

export const reportedValue = defineFeature({
  id: 'reported-value',
  reads: ['usage_events'],
  async compute({ ledger, prices, get }): Promise<ReportedValue> {
    await get(countedUsage)
    const assets = assetTotals(await ledger.rows('reported-assets'), prices)
    return { assets, basis: valueBasis(assets) }
  },
})
