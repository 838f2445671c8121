import type { CappedComponents } from '../../clusters/capped-components.ts'
import type { Incidences } from '../../clusters/incidences.ts'
import type { WalletActivity } from '../../clusters/wallet-activity.ts'
import { walletProfile } from '../../clusters/wallet-profile.ts'
import { leiden } from '../../graph/leiden.ts'
import { buildUndirected } from '../../graph/undirected.ts'
import { randomStream } from '../../statistics/random.ts'

export type Topology = {
  /** 19 columns, one value a wallet. */
  readonly features: readonly Float64Array[]
  /** Leiden community of each wallet. */
  readonly community: Int32Array
}

/** What a supervised model of the graph alone may see: own counterparties, theirs, component and community. */
export function topologyFeatures(activity: WalletActivity, incidences: Incidences, capped: CappedComponents): Topology {
  const { nodes, wallets, from, to } = activity
  const graph = buildUndirected(nodes, from, to)
  const flat = { ...graph, weights: graph.weights.map(() => 1), loops: new Float64Array(nodes) }
  const random = randomStream(1, 'hop-communities')
  const { membership, count } = leiden(flat, { objective: 'modularity', random: random.next, iterations: 1 })
  const addresses = new Float64Array(count)
  const members = new Float64Array(count)
  for (let node = 0; node < nodes; node++) {
    addresses[membership[node]!]!++
    if (node < wallets) members[membership[node]!]!++
  }
  const community = membership.slice(0, wallets)
  const inCommunity = Float64Array.from(community, (c) => members[c]!)
  const features = [
    ...walletProfile(incidences, capped),
    inCommunity,
    inCommunity.map((count, i) => count / addresses[community[i]!]!),
  ]
  return { features, community }
}
