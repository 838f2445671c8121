import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** Ways by which events name the parties of a usage other than by their own log. */
export const indirect = ['same-tx', 'view-call', 'price-match', 'declared'] as const

/** For each indirect way 1 where a counted usage, by its `usage_index`, rests on it. */
export const attributions = defineFeature({
  id: 'attributions',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<ReadonlyMap<(typeof indirect)[number], Uint8Array>> {
    const { size } = await get(countedUsage)
    const { usage_index, ...ways } = await ledger.columns('usage-attributions')
    const usages = usage_index as Int32Array
    return new Map(
      indirect.map((way) => {
        const isUsed = ways[way.replace('-', '_')] as Int32Array
        const rests = new Uint8Array(size)
        usages.forEach((usage, row) => {
          rests[usage] = isUsed[row]!
        })
        return [way, rests]
      }),
    )
  },
})
