import { defineFeature } from '../features/feature.ts'
import { walletClusters } from './wallet-clusters.ts'

/** Parties of counted usage as entities: a cluster is one, and so is a party that stands alone. */
export type EntityMap = {
  readonly count: number
  /** The entity of each party, by its number. */
  readonly of: Int32Array
  /** The party that names each entity: the one whose first payment came first. */
  readonly founder: Int32Array
}

/** Entities in the order of their first party. Without transfers only owners on chain join wallets. */
export const entityMap = defineFeature({
  id: 'entity-map',
  reads: ['usage_events'],
  async compute({ get }): Promise<EntityMap> {
    const { parties, clusters, clusterOf } = await get(walletClusters)
    const of = new Int32Array(parties)
    const founder = new Int32Array(parties)
    const numberOf = new Int32Array(clusters.length).fill(-1)
    let count = 0
    for (let party = 0; party < parties; party += 1) {
      const cluster = clusterOf[party]!
      if (cluster !== -1 && numberOf[cluster] !== -1) {
        of[party] = numberOf[cluster]!
        continue
      }
      if (cluster !== -1) numberOf[cluster] = count
      founder[count] = cluster === -1 ? party : clusters[cluster]!.founder
      of[party] = count++
    }
    return { count, of, founder: founder.slice(0, count) }
  },
})

/** Every party by itself: what signals say without any link between wallets. */
export function unmerged(parties: number): EntityMap {
  const of = Int32Array.from({ length: parties }, (_, party) => party)
  return { count: parties, of, founder: of }
}
