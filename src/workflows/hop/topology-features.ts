import { type Incidences, RECEIVES, SENDS } from '../../clusters/incidences.ts'
import type { WalletActivity } from '../../clusters/wallet-activity.ts'
import { leiden } from '../../graph/leiden.ts'
import { buildUndirected } from '../../graph/undirected.ts'
import { randomStream } from '../../statistics/random.ts'
import type { CappedComponents } from './degree-cap-rule.ts'

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
    ...ownFeatures(incidences),
    capped.addresses,
    capped.wallets,
    capped.wallets.map((count, i) => count / capped.addresses[i]!),
    inCommunity,
    inCommunity.map((count, i) => count / addresses[community[i]!]!),
  ]
  return { features, community }
}

/** 14 features of the counterparties of each wallet; −1 where it has none. */
function ownFeatures(incidences: Incidences): Float64Array[] {
  const { wallets, offsets, counterparty, direction, transfers, types, degree, aroundOffsets } = incidences
  const columns = Array.from({ length: 14 }, () => new Float64Array(wallets))
  for (let i = 0; i < wallets; i++) {
    const places = Array.from({ length: offsets[i + 1]! - offsets[i]! }, (_, k) => offsets[i]! + k)
    const nodes = places.map((place) => counterparty[place]!)
    const degrees = nodes.map((node) => Math.log(degree[node]!))
    const around = nodes.map((node) => Math.log(aroundOffsets[node + 1]! - aroundOffsets[node]!))
    const count = (holds: (place: number) => boolean) => places.filter(holds).length
    const values = [
      places.length,
      count((place) => (direction[place]! & SENDS) !== 0),
      count((place) => (direction[place]! & RECEIVES) !== 0),
      count((place) => direction[place] === (SENDS | RECEIVES)),
      sum(places.map((place) => transfers[place]!)),
      places.length === 0 ? 0 : sum(places.map((place) => types[place]!)) / places.length,
      nodes.filter((node) => node < wallets).length,
      nodes.filter((node) => node < wallets).length / Math.max(1, nodes.length),
      ...spread(degrees),
      ...spread(around),
    ]
    for (const [k, value] of values.entries()) columns[k]![i] = value
  }
  return columns
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Least, mean and largest. */
function spread(values: readonly number[]): [number, number, number] {
  if (values.length === 0) return [-1, -1, -1]
  const least = values.reduce((a, b) => Math.min(a, b))
  return [least, sum(values) / values.length, values.reduce((a, b) => Math.max(a, b))]
}
