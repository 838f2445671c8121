import { type ExplainedEntity, explainEntity } from '../audit/explain-entity.ts'
import { type LinkTransfer, linkEvidence } from '../clusters/link-evidence.ts'
import { type ClusterLink, type LinkKind, walletClusters } from '../clusters/wallet-clusters.ts'
import { ConfigError } from '../errors.ts'
import { featureCache } from '../features/feature.ts'
import { funding, wallets } from '../features/wallet-graph.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'
import { signals } from '../signals/index.ts'

export type ExplainedLink = {
  readonly first: string
  readonly second: string
  readonly kind: LinkKind
  readonly probability: number
  readonly transfers: readonly LinkTransfer[]
}

export type Explanation = {
  readonly wallet: string
  /** Null: one wallet is explained. */
  readonly other: string | null
  /** The cluster of the wallet by its founding member; null where it stands alone. */
  readonly cluster: { readonly id: string; readonly members: number } | null
  readonly funder: string | null
  /** The links from one wallet to the other, or those of the one; none where nothing links them. */
  readonly links: readonly ExplainedLink[]
  /** What is known for and against the entity of the wallet, with its evidence; null where two wallets were asked about. */
  readonly entity: ExplainedEntity | null
}

/** Transfers printed for a link. */
const TRANSFERS = 5
const LINKS = 20

/** The path of evidence between two parties of counted usage, or what links one of them to others. */
export async function explain(
  ledger: Ledger,
  wallet: string,
  other: string | null = null,
  seed = 1,
): Promise<Explanation> {
  const filled = new Set((await ledger.rows('filled-tables')).map((row) => row.table_name as TableName))
  if (!filled.has('transfers')) throw noTransfers()
  const context = featureCache(ledger, { from: null, to: null })
  const found = await context.get(walletClusters)
  const { names, parties, clusters, clusterOf } = found
  const party = (name: string) => {
    const at = names.indexOf(name.startsWith('0x') ? name.toLowerCase() : name)
    if (at === -1 || at >= parties) throw noParty(name, parties)
    return at
  }
  const [a, b] = [party(wallet), other === null ? null : party(other)]
  const cluster = clusters[clusterOf[a]!] ?? null
  const links = cluster === null ? [] : b === null ? linksOf(cluster.links, a) : pathOf(cluster.links, a, b)
  const evidence = await linkEvidence(ledger, names, links, TRANSFERS)
  const numbered = await context.get(wallets)
  const { to } = await context.get(funding)
  const funder = to[numbered.names.indexOf(names[a]!)] ?? -1
  return {
    wallet: names[a]!,
    other: b === null ? null : names[b]!,
    cluster: cluster === null ? null : { id: names[cluster.founder]!, members: cluster.members.length },
    funder: funder === -1 ? null : numbered.names[funder]!,
    entity: b === null ? await explainEntity({ context, filled, signals, seed, party: a }) : null,
    links: links.map(({ first, second, kind, probability }, i) => ({
      ...{ first: names[first]!, second: names[second]!, kind, probability },
      transfers: evidence[i]!,
    })),
  }
}

function linksOf(links: readonly ClusterLink[], party: number): ClusterLink[] {
  return links.filter(({ first, second }) => first === party || second === party).slice(0, LINKS)
}

/** The links of a tree lead from one member to another in one way; none where they are of two clusters. */
function pathOf(links: readonly ClusterLink[], from: number, to: number): ClusterLink[] {
  const around = new Map<number, ClusterLink[]>()
  for (const link of links)
    for (const end of [link.first, link.second]) around.set(end, [...(around.get(end) ?? []), link])
  const cameBy = new Map<number, { readonly link: ClusterLink; readonly before: number }>()
  const queue = [from]
  for (let i = 0; i < queue.length && !cameBy.has(to); i += 1) {
    const at = queue[i]!
    for (const link of around.get(at) ?? []) {
      const next = link.first === at ? link.second : link.first
      if (next === from || cameBy.has(next)) continue
      cameBy.set(next, { link, before: at })
      queue.push(next)
    }
  }
  const path: ClusterLink[] = []
  for (let at = to; at !== from; ) {
    const step = cameBy.get(at)
    if (step === undefined) return []
    path.unshift(step.link)
    at = step.before
  }
  return path
}

/** Without transfers nothing was looked at, which is not the same as no link. */
function noTransfers(): ConfigError {
  return new ConfigError('The ledger holds no transfers, so that wallets could not be linked.', {
    fix: 'Collect or import transfers first: `washboard import --table transfers`.',
  })
}

function noParty(name: string, parties: number): ConfigError {
  return new ConfigError(`${name} pays for no counted usage and is paid for none.`, {
    details: [`The ledger has ${parties} parties of counted usage.`],
    fix: 'Name a wallet as the ledger writes it; `washboard export payments` lists them.',
  })
}
