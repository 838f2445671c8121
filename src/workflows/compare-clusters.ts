import type { WalletClusters } from '../clusters/wallet-clusters.ts'
import type { Recording, UsageTruth } from '../simulation/index.ts'
import { partitionAgreement } from '../statistics/partition-agreement.ts'

/** Of so many of a kind, how many were flagged. */
export type Tally = { of: number; flagged: number }
export type Tallies = { readonly [kind: string]: Tally }

/** Clusters of a market against who owns its wallets. */
export function compareClusters(recording: Recording, truth: ReadonlyMap<string, UsageTruth>, found: WalletClusters) {
  const { names, parties, clusters, clusterOf, isPayer } = found
  const ownerOf = ownersOf(recording, names.slice(0, parties))
  const alone = Int32Array.from(clusterOf, (cluster, party) => (cluster === -1 ? clusters.length + party : cluster))
  const held = new Map<number, number>()
  for (const owner of ownerOf) held.set(owner, (held.get(owner) ?? 0) + 1)
  const links = clusters.flatMap((cluster) => cluster.links)
  const score = new Array<number>(parties).fill(0)
  for (const { first, second, probability } of links)
    for (const party of [first, second]) score[party] = Math.max(score[party]!, probability)
  const farmers = new Set([...truth.values()].filter(({ adversary }) => adversary !== null).map(({ entity }) => entity))
  const nameOf = new Map(recording.addresses.map((address, i) => [address, recording.owners[i]!]))
  const isFarmed = names
    .slice(0, parties)
    .map((name, party) => Number(farmers.has(nameOf.get(name) ?? '') && held.get(ownerOf[party]!)! > 1))
  return {
    ...partitionAgreement(alone, ownerOf),
    mergedByControl: mergedControls(truth, found, ownerOf, nameOf),
    links: {
      probability: links.map(({ probability }) => probability),
      isTrue: links.map(({ first, second }) => Number(ownerOf[first] === ownerOf[second])),
    },
    parties: { score, isFarmed },
    owners: new Set([...ownerOf].filter((_, party) => isPayer[party] === 1)).size,
  }
}

/** Owners by number, in the order in which they are met. */
function ownersOf({ addresses, owners }: Recording, names: readonly string[]): Int32Array {
  const of = new Map(addresses.map((address, i) => [address, owners[i]!]))
  const numbers = new Map<string, number>()
  return Int32Array.from(names, (name) => {
    const owner = of.get(name) ?? name
    if (!numbers.has(owner)) numbers.set(owner, numbers.size)
    return numbers.get(owner)!
  })
}

function mergedControls(
  truth: ReadonlyMap<string, UsageTruth>,
  { clusters, names }: WalletClusters,
  ownerOf: Int32Array,
  nameOf: ReadonlyMap<string, string>,
): Tallies {
  const merged = new Set<string>()
  for (const { members } of clusters) {
    if (new Set(members.map((member) => ownerOf[member])).size === 1) continue
    for (const member of members) merged.add(nameOf.get(names[member]!) ?? '')
  }
  const owners = new Map<string, Set<string>>()
  for (const { level, control, entity, adversary } of truth.values()) {
    if (level !== 'none' || adversary !== null) continue
    const kind = control ?? 'no control'
    owners.set(kind, (owners.get(kind) ?? new Set()).add(entity))
  }
  return Object.fromEntries(
    [...owners].map(([kind, all]) => [
      kind,
      { of: all.size, flagged: [...all].filter((one) => merged.has(one)).length },
    ]),
  )
}
