import { usageEconomy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** The network and the units of each payment, by `usage_index`. */
export type UsageUnits = {
  readonly protocols: readonly string[]
  readonly protocol: Int32Array
  /** NaN: not known. */
  readonly units: Float64Array
}

export const usageUnits = defineFeature({
  id: 'usage-units',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<UsageUnits> {
    await get(usageEconomy)
    const columns = await ledger.columns('payment-units')
    return {
      protocols: (await ledger.rows('audited-protocols')).map(({ protocol }) => String(protocol)),
      protocol: columns.protocol_index as Int32Array,
      units: Float64Array.from(columns.units as BigInt64Array, (units) => (units < 0n ? Number.NaN : Number(units))),
    }
  },
})
