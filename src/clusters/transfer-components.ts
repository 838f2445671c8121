import { economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { find, singletons, unite } from '../graph/union-find.ts'
import { entityMap } from './entity-map.ts'

/** The component of each wallet, by the number of a wallet in it. */
export type TransferComponents = Int32Array

/**
 * Wallets that transfers join which settle no usage, and wallets of one entity, once services are left out: what passes
 * through a service ties nobody to anybody.
 */
export const transferComponents = defineFeature({
  id: 'transfer-components',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<TransferComponents> {
    const { names, transfers } = await get(economy)
    const { of, founder } = await get(entityMap)
    const { isService } = await get(serviceHubs)
    const sets = singletons(names.length)
    of.forEach((entity, party) => {
      unite(sets, party, founder[entity]!)
    })
    for (let row = 0; row < transfers.from.length; row += 1) {
      const [from, to] = [transfers.from[row]!, transfers.to[row]!]
      if (isService[from] === 0 && isService[to] === 0) unite(sets, from, to)
    }
    return Int32Array.from(names.keys(), (wallet) => find(sets, wallet))
  },
})
