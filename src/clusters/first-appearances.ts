import { economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { entityMap } from './entity-map.ts'

/** UTC ms at which the founding wallet of each entity first paid, was paid, sent or received; NaN: not known. */
export const firstAppearances = defineFeature({
  id: 'first-appearances',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<Float64Array> {
    const { names, payments, transfers } = await get(economy)
    const { founder } = await get(entityMap)
    const first = new Float64Array(names.length).fill(Number.POSITIVE_INFINITY)
    const meet = (wallet: number, time: number) => {
      if (wallet !== -1 && time < first[wallet]!) first[wallet] = time
    }
    for (const { ends, time } of [
      { ends: [payments.payer, payments.payee], time: payments.time },
      { ends: [transfers.from, transfers.to], time: transfers.time },
    ])
      for (const end of ends) for (let row = 0; row < time.length; row += 1) meet(end[row]!, time[row]!)
    return Float64Array.from(founder, (wallet) =>
      first[wallet]! < Number.POSITIVE_INFINITY ? first[wallet]! : Number.NaN,
    )
  },
})
