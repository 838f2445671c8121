import { buildIncidences, type Incidences } from '../../clusters/incidences.ts'
import { type LinkedWallets, linkWallets } from '../../clusters/link-wallets.ts'
import { COHORT } from '../../clusters/survival-score.ts'
import type { RankingQuality } from '../../statistics/ranking-curve.ts'
import { qualityOf } from './evaluate-hop.ts'
import type { HopLabels } from './labels.ts'
import type { HopBridge } from './read-hop.ts'

/** Links of at least this probability join two wallets. */
const JOIN = 0.5
/** Counterparties from which on a listed address is surely more than one person's (science page, 5.1). */
const LARGE = 50

export type JoinedByServices = {
  /** Joining links, and those of them that nothing but listed services supports. */
  readonly links: number
  readonly byServices: number
  /** Of these, links around a service of more than 50 counterparties that links. */
  readonly byLarge: number
  /** Of those that nothing else supports, links between two labelled wallets, and those of them within one approved group. */
  readonly labelled: number
  readonly oneGroup: number
}

export type ServiceMerges = {
  /** Listed addresses with which at least two wallets deal, those of more than 50 counterparties among them. */
  readonly services: number
  readonly large: number
  readonly withoutList: JoinedByServices
  readonly withList: JoinedByServices
  /** Wallets of clusters of 8 or more that are apart from most of their cluster where the list is read. */
  readonly kept: number
  /** With the list as labels. */
  readonly quality: RankingQuality
}

/** Whether known services join wallets: where the list is not read, and where it is. */
export function serviceMerges(
  { activity }: HopBridge,
  labels: HopLabels,
  linked: LinkedWallets,
  services: Uint8Array,
): ServiceMerges {
  const incidences = buildIncidences(activity)
  const known = linkWallets(activity, services)
  const groups = new Map(Array.from(labels.picked, (wallet, place) => [wallet, labels.group[place]!]))
  const shared = services.map((is, node) =>
    is === 1 && incidences.aroundOffsets[node + 1]! - incidences.aroundOffsets[node]! >= 2 ? 1 : 0,
  )
  return {
    services: shared.reduce((sum, is) => sum + is, 0),
    large: shared.reduce((sum, is, node) => sum + (incidences.degree[node]! > LARGE ? is : 0), 0),
    withoutList: joinedByServices(incidences, linked, services, groups),
    withList: joinedByServices(incidences, known, services, groups),
    kept: walletsParted(linked.entities.membership, known.entities.membership),
    quality: qualityOf(known.score, labels),
  }
}

/** Wallets outside the largest part of their cluster, summed over the clusters of a cohort's size. */
function walletsParted(before: Int32Array, after: Int32Array): number {
  const parts = new Map<number, Map<number, number>>()
  for (let i = 0; i < before.length; i++) {
    const of = parts.get(before[i]!) ?? new Map<number, number>()
    parts.set(before[i]!, of.set(after[i]!, (of.get(after[i]!) ?? 0) + 1))
  }
  let parted = 0
  for (const of of parts.values()) {
    const sizes = [...of.values()]
    const size = sizes.reduce((sum, n) => sum + n, 0)
    if (size >= COHORT) parted += size - Math.max(...sizes)
  }
  return parted
}

function joinedByServices(
  incidences: Incidences,
  { graphLinks }: LinkedWallets,
  services: Uint8Array,
  groups: ReadonlyMap<number, string>,
): JoinedByServices {
  const { nodes, offsets, counterparty, degree, links: canLink } = incidences
  const { first, second, probability } = graphLinks
  const seenBy = new Int32Array(nodes).fill(-1)
  let [links, byServices, byLarge, labelled, oneGroup] = [0, 0, 0, 0, 0]
  for (let link = 0; link < first.length; link++) {
    if (probability[link]! < JOIN) continue
    links++
    const [i, j] = [first[link]!, second[link]!]
    for (let place = offsets[i]!; place < offsets[i + 1]!; place++) seenBy[counterparty[place]!] = i
    let [isSupported, isLarge] = [seenBy[j] === i && services[i] === 0 && services[j] === 0, false]
    for (let place = offsets[j]!; place < offsets[j + 1]!; place++) {
      const z = counterparty[place]!
      if (seenBy[z] !== i || canLink[z] === 0) continue
      if (services[z] === 0) isSupported = true
      else if (degree[z]! > LARGE) isLarge = true
    }
    if (isSupported) continue
    byServices++
    if (isLarge) byLarge++
    const [a, b] = [groups.get(i), groups.get(j)]
    if (a === undefined || b === undefined) continue
    labelled++
    if (a !== '' && a === b) oneGroup++
  }
  return { links, byServices, byLarge, labelled, oneGroup }
}
