import { depositReuse } from '../features/deposit-reuse.ts'
import { defineFeature } from '../features/feature.ts'
import { type PartyActivity, partyActivity } from '../features/wallet-activity.ts'
import { groupMembers } from '../graph/partition.ts'
import { find, setsOf, singletons, unite } from '../graph/union-find.ts'
import { linkWallets } from './link-wallets.ts'

/** What speaks for a link, the surest first. */
export const linkKinds = ['owner', 'deposit', 'counterparties', 'twins'] as const
export type LinkKind = (typeof linkKinds)[number]

/** A link between two parties, by their numbers in `names`. */
export type ClusterLink = {
  readonly first: number
  readonly second: number
  readonly kind: LinkKind
  /** Posterior that one person stands behind both; 1 for what a registry or an exchange says. */
  readonly probability: number
}

/** Parties that are taken for one. Links are a tree over the members: without the weakest it falls apart. */
export type Cluster = {
  /** The member whose first payment came first. */
  readonly founder: number
  readonly members: readonly number[]
  readonly links: readonly ClusterLink[]
}

export type WalletClusters = {
  readonly names: readonly string[]
  readonly parties: number
  readonly isPayer: Uint8Array
  /** Of two parties or more, the largest first. */
  readonly clusters: readonly Cluster[]
  /** The cluster of each party, −1 where it stands alone. */
  readonly clusterOf: Int32Array
  /** How many parties remain if links of at least this probability join them. */
  entities(probability: number): { readonly payers: number; readonly parties: number }
  /** Share of graph-near pairs that behave alike beyond chance. */
  readonly coordination: number
  /** Set where the largest cluster of probable links was so large that only sure links were kept. */
  readonly abstained: boolean
}

const JOIN = 0.5
/** A cluster of probable links that holds more than this share of parties, and at least so many, is taken for a failure. */
const LARGEST_SHARE = 0.05
const LARGEST_LEAST = 50
const SURE_DEPOSIT = 0.99

/**
 * Parties of counted usage in clusters: by owners and exchange deposits, which are certain, and by two views that confirm
 * each other, with whom a wallet moves value and when and how much it pays.
 */
export const walletClusters = defineFeature({
  id: 'wallet-clusters',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<WalletClusters> {
    const activity = await get(partyActivity)
    const deposits = await get(depositReuse)
    const owned = await ledger.columns('owned-wallets')
    const sure = [
      ...ownerLinks(activity, owned as Parameters<typeof ownerLinks>[1]),
      ...sharedLinks(activity, deposits.wallet, deposits.deposit, 'deposit', SURE_DEPOSIT),
    ]
    const { links: probable, coordination } = probableLinks(activity)
    const withAll = groups(activity, [...sure, ...probable])
    const most = Math.max(LARGEST_LEAST, activity.parties * LARGEST_SHARE)
    const abstained = withAll.some(({ members }) => members.length > most)
    const kept = abstained ? sure : [...sure, ...probable]
    const clusters = abstained ? groups(activity, sure) : withAll
    const clusterOf = new Int32Array(activity.parties).fill(-1)
    clusters.forEach(({ members }, i) => {
      for (const member of members) clusterOf[member] = i
    })
    const { names, parties, isPayer } = activity
    const entities = (probability: number) => entitiesAt(activity, kept, probability)
    return { names, parties, isPayer, clusters, clusterOf, entities, coordination, abstained }
  },
})

type Owned = { readonly wallet_index: Int32Array; readonly owner_index: Int32Array; readonly owner_party: Int32Array }

function ownerLinks(activity: PartyActivity, { wallet_index, owner_index, owner_party }: Owned): ClusterLink[] {
  const { nodeOf } = activity
  const held = sharedLinks(activity, wallet_index, owner_index, 'owner', 1)
  const owners = [...owner_party].flatMap((owner, i): ClusterLink[] =>
    owner === -1 || owner === wallet_index[i]
      ? []
      : [{ first: nodeOf[owner]!, second: nodeOf[wallet_index[i]!]!, kind: 'owner', probability: 1 }],
  )
  return [...held, ...owners]
}

/** Ties parties that share something, each to the one before it. Rows come group by group. */
function sharedLinks(
  { nodeOf, parties }: PartyActivity,
  wallet: Int32Array,
  shared: Int32Array,
  kind: LinkKind,
  probability: number,
): ClusterLink[] {
  const links: ClusterLink[] = []
  let before = -1
  for (let i = 0; i < wallet.length; i += 1) {
    if (i > 0 && shared[i] !== shared[i - 1]) before = -1
    const node = nodeOf[wallet[i]!]!
    if (node >= parties) continue
    if (before !== -1) links.push({ first: before, second: node, kind, probability })
    before = node
  }
  return links
}

function probableLinks({ names, parties, firstUse, size, from, to, type, count }: PartyActivity) {
  const activity = { nodes: names.length, wallets: parties, firstUse, size, from, to, type, count }
  const { entities, graphLinks, twins, coordination } = linkWallets(activity)
  const inside = (kind: LinkKind, { first, second, probability }: typeof graphLinks) =>
    [...first].flatMap((a, i): ClusterLink[] => {
      const b = second[i]!
      const joined = probability[i]! >= JOIN && entities.membership[a] === entities.membership[b]
      return joined ? [{ first: a, second: b, kind, probability: probability[i]! }] : []
    })
  return { links: [...inside('counterparties', graphLinks), ...inside('twins', twins.links)], coordination }
}

/** Components of the links, each with the tree of its strongest ones (Kruskal). */
function groups({ names, parties, firstUse }: PartyActivity, links: readonly ClusterLink[]): Cluster[] {
  const sets = singletons(parties)
  const tree = strongest(links).filter(({ first, second }) => unite(sets, first, second))
  const partition = setsOf(sets)
  const { offsets, members } = groupMembers(partition)
  const linksOf = new Map<number, ClusterLink[]>()
  for (const link of tree) {
    const group = partition.membership[link.first]!
    const known = linksOf.get(group)
    if (known === undefined) linksOf.set(group, [link])
    else known.push(link)
  }
  const earlier = (a: number, b: number) => firstUse[a]! - firstUse[b]! || (names[a]! < names[b]! ? -1 : 1)
  const clusters = [...linksOf].map(([group, links]): Cluster => {
    const mine = [...members.subarray(offsets[group], offsets[group + 1])]
    return { founder: mine.reduce((a, b) => (earlier(b, a) < 0 ? b : a)), members: mine, links }
  })
  return clusters.sort((a, b) => b.members.length - a.members.length || earlier(a.founder, b.founder))
}

function strongest(links: readonly ClusterLink[]): ClusterLink[] {
  const rank = (kind: LinkKind) => linkKinds.indexOf(kind)
  return [...links].sort(
    (a, b) => b.probability - a.probability || rank(a.kind) - rank(b.kind) || a.first - b.first || a.second - b.second,
  )
}

function entitiesAt({ parties, isPayer }: PartyActivity, links: readonly ClusterLink[], probability: number) {
  const sets = singletons(parties)
  for (const link of links) if (link.probability >= probability) unite(sets, link.first, link.second)
  const payers = new Set<number>()
  for (let party = 0; party < parties; party += 1) if (isPayer[party] === 1) payers.add(find(sets, party))
  return { payers: payers.size, parties: setsOf(sets).count }
}
