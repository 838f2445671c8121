import { economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { intern, noNames } from '../graph/intern.ts'
import { entityMap } from './entity-map.ts'

/** The digits that have to agree for two amounts to be the same. */
const DIGITS = 4

/**
 * For each entity which amount of which asset its founding wallet was funded with first, as a number from 0; −1 where
 * that is not known, or where a service gave it that gives the same to everybody.
 */
export const firstAmounts = defineFeature({
  id: 'first-amounts',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<Int32Array> {
    const { transfers } = await get(economy)
    const { funder, transfer } = await get(firstFundings)
    const { isDistributor } = await get(serviceHubs)
    const { founder } = await get(entityMap)
    const seen = noNames()
    return founder.map((party) => {
      const row = transfer[party]!
      if (row === -1 || isDistributor[funder[party]!] === 1 || Number.isNaN(transfers.amount[row]!)) return -1
      return intern([`${transfers.asset[row]} ${transfers.amount[row]!.toExponential(DIGITS - 1)}`], seen)[0]!
    })
  },
})
