import { depositReuse } from '../features/deposit-reuse.ts'
import { defineFeature } from '../features/feature.ts'
import { type Parties, parties as partiesOf } from '../features/parties.ts'
import { groupMembers } from '../graph/partition.ts'
import { find, setsOf, singletons, unite } from '../graph/union-find.ts'
import { coincidenceLinks } from './coincidence.ts'
import { type PartyTraits, partyTraits, traits } from './party-traits.ts'
import { weakBridges } from './weak-bridges.ts'

/** What speaks for a link, the surest first. */
export const linkKinds = ['owner', 'deposit', ...traits, 'funded'] as const
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
  /** Every link that is likelier than not, each pair once, its surest; only certain ones where `abstained`. */
  readonly links: readonly ClusterLink[]
  /** Probable links that alone would have joined two large parts, and did not. */
  readonly bridges: number
  /** How many parties remain if links of at least this probability join them. */
  entities(probability: number): { readonly payers: number; readonly parties: number }
  /** Set where the largest cluster of probable links was so large that only sure links were kept. */
  readonly abstained: boolean
}

/** Links that are likelier than not are kept, to count entities by; a cluster takes what is sure enough to name a wallet by. */
const KEPT = 0.5
const JOIN = 0.85
/** A cluster of probable links that holds more than this share of parties, and at least so many, is taken for a failure. */
const LARGEST_SHARE = 0.05
const LARGEST_LEAST = 50
const SURE_DEPOSIT = 0.99
const BRIDGE = { below: 0.95, component: 10, side: 5 }

/**
 * Parties of counted usage in clusters: by owners and exchange deposits, which are certain, and by coincidences of funding,
 * of where the money goes and of time, each weighed by how rare it is.
 */
export const walletClusters = defineFeature({
  id: 'wallet-clusters',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<WalletClusters> {
    const all = await get(partiesOf)
    const deposits = await get(depositReuse)
    const owned = await ledger.columns('owned-wallets')
    const sure = [
      ...ownerLinks(all, owned as Parameters<typeof ownerLinks>[1]),
      ...sharedLinks(all, deposits.wallet, deposits.deposit, 'deposit', SURE_DEPOSIT),
    ]
    const probable = probableLinks(all, await get(partyTraits))
    const everyLink = oncePerPair(all.parties, [...sure, ...probable])
    const joining = withoutBridges(
      all.parties,
      everyLink.filter(({ probability }) => probability >= JOIN),
    )
    const withAll = groups(all, joining)
    const most = Math.max(LARGEST_LEAST, all.parties * LARGEST_SHARE)
    const abstained = withAll.some(({ members }) => members.length > most)
    const links = abstained ? sure : everyLink
    const clusters = abstained ? groups(all, sure) : withAll
    const clusterOf = new Int32Array(all.parties).fill(-1)
    clusters.forEach(({ members }, i) => {
      for (const member of members) clusterOf[member] = i
    })
    const { names, parties, isPayer } = all
    const entities = (probability: number) =>
      entitiesAt(all, abstained || probability < JOIN ? links : joining, probability)
    const bridges = abstained ? 0 : everyLink.filter(({ probability }) => probability >= JOIN).length - joining.length
    return { names, parties, isPayer, clusters, clusterOf, links, bridges, entities, abstained }
  },
})

type Owned = { readonly wallet_index: Int32Array; readonly owner_index: Int32Array; readonly owner_party: Int32Array }

function ownerLinks(all: Parties, { wallet_index, owner_index, owner_party }: Owned): ClusterLink[] {
  const held = sharedLinks(all, wallet_index, owner_index, 'owner', 1)
  const owners = [...owner_party].flatMap((owner, i): ClusterLink[] =>
    owner === -1 || owner === wallet_index[i]
      ? []
      : [{ first: owner, second: wallet_index[i]!, kind: 'owner', probability: 1 }],
  )
  return [...held, ...owners]
}

/** Ties parties that share something, each to the one before it. Rows come group by group. */
function sharedLinks(
  { parties }: Parties,
  wallet: Int32Array,
  shared: Int32Array,
  kind: LinkKind,
  probability: number,
): ClusterLink[] {
  const links: ClusterLink[] = []
  let before = -1
  for (let i = 0; i < wallet.length; i += 1) {
    if (i > 0 && shared[i] !== shared[i - 1]) before = -1
    const node = wallet[i]!
    if (node >= parties) continue
    if (before !== -1) links.push({ first: before, second: node, kind, probability })
    before = node
  }
  return links
}

/** Each party stands for a pair with every other: on average one of them is of the same person. */
const priorOf = (parties: number) => -Math.log(Math.max(1, parties - 1))

function probableLinks(all: Parties, traits: PartyTraits): ClusterLink[] {
  const logit = (probability: number) => Math.log(probability / (1 - probability))
  return coincidenceLinks(traits, priorOf(all.parties), logit(KEPT)).map(({ first, second, nats, trait }) => {
    return { first, second, kind: trait, probability: 1 / (1 + Math.exp(-nats)) }
  })
}

function oncePerPair(parties: number, links: readonly ClusterLink[]): ClusterLink[] {
  const pairs = new Set<number>()
  return strongest(links).filter(
    ({ first, second }) => pairs.size < pairs.add(Math.min(first, second) * parties + Math.max(first, second)).size,
  )
}

function withoutBridges(parties: number, links: readonly ClusterLink[]): ClusterLink[] {
  const column = (read: (link: ClusterLink) => number) => Int32Array.from(links, read)
  const probability = Float64Array.from(links, (link) => link.probability)
  const ends = { first: column(({ first }) => first), second: column(({ second }) => second), probability }
  const isBridge = weakBridges(parties, ends, BRIDGE)
  return links.filter((_, link) => isBridge[link] === 0)
}

/** Components of the links, each with the tree of its strongest ones (Kruskal). */
function groups({ names, parties, firstUse }: Parties, links: readonly ClusterLink[]): Cluster[] {
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

function entitiesAt({ parties, isPayer }: Parties, links: readonly ClusterLink[], probability: number) {
  const sets = singletons(parties)
  for (const link of links) if (link.probability >= probability) unite(sets, link.first, link.second)
  const payers = new Set<number>()
  for (let party = 0; party < parties; party += 1) if (isPayer[party] === 1) payers.add(find(sets, party))
  return { payers: payers.size, parties: setsOf(sets).count }
}
