import { type LinkTransfer, linkEvidence } from '../clusters/link-evidence.ts'
import { clusterStability } from '../clusters/stability.ts'
import type { Cluster, ClusterLink, WalletClusters } from '../clusters/wallet-clusters.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { randomStream } from '../statistics/random.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { isoTime } from './iso-time.ts'

export type KeptClusters = {
  readonly entities: Report['entities']
  readonly clusters: Report['clusters']
  readonly clustersOmitted: number
  readonly files: readonly EvidenceFile[]
}

/** What keeps report.json under 4 MB; all members stand in the evidence. */
const MOST_CLUSTERS = 200
const MOST_MEMBERS = 100
const MOST_LINKS = 20
const MOST_TRANSFERS = 3
/** Probabilities at which entities are counted: what is certain, what a wallet would be named for, and what is likelier than not. */
const CERTAIN = 0.99
const NAMED = 0.85
const LIKELY = 0.5

export function noClusters(reason: string): KeptClusters {
  return { entities: { status: 'unavailable', reason }, clusters: [], clustersOmitted: 0, files: [] }
}

/** The largest clusters as the report prints them, with transfers for their links; every member goes to the evidence. */
export async function keepClusters(ledger: Ledger, found: WalletClusters): Promise<KeptClusters> {
  const { names, clusters, entities, bridges, abstained, isPayer } = found
  const members = clusters.flatMap((cluster, index) => cluster.members.map((member) => ({ cluster, index, member })))
  await ledger.keep('cluster_members', {
    cluster_index: { type: 'integer', values: Int32Array.from(members, ({ index }) => index) },
    cluster: { type: 'text', values: members.map(({ cluster }) => names[cluster.founder]!) },
    member: { type: 'text', values: members.map(({ member }) => names[member]!) },
  })
  const listed = clusters.slice(0, MOST_CLUSTERS)
  const printed = listed.map(({ links }) => links.slice(0, MOST_LINKS))
  const evidence = await linkEvidence(ledger, names, printed.flat(), MOST_TRANSFERS)
  const [low, mid, high] = [LIKELY, NAMED, CERTAIN].map((probability) => entities(probability).payers)
  return {
    entities: {
      status: 'measured',
      payers: isPayer.reduce((sum, is) => sum + is, 0),
      ...{ low: low!, mid: mid!, high: high! },
      ...{ bridges, abstained },
    },
    clusters: stabilities(found, listed).map((stability, i) => ({
      ...clusterRow(names, listed[i]!, printed[i]!, evidence),
      stability,
    })),
    clustersOmitted: clusters.length - listed.length,
    files: [{ name: 'clusters.parquet', query: 'cluster-members' }],
  }
}

function stabilities({ links, clusterOf }: WalletClusters, listed: readonly Cluster[]): number[] {
  const within = listed.map((): ClusterLink[] => [])
  for (const link of links) {
    const cluster = clusterOf[link.first]!
    if (cluster === clusterOf[link.second]) within[cluster]?.push(link)
  }
  return listed.map(({ members }, i) => clusterStability(members, within[i]!, randomStream(1, `stability ${i}`)))
}

/** Takes the evidence of its links from the front of the list. */
function clusterRow(
  names: readonly string[],
  { founder, members, links }: Cluster,
  printed: readonly ClusterLink[],
  evidence: LinkTransfer[][],
): Omit<Report['clusters'][number], 'stability'> {
  const weakest = links.at(-1)!
  return {
    id: names[founder]!,
    size: members.length,
    members: members.slice(0, MOST_MEMBERS).map((member) => names[member]!),
    links: evidence.splice(0, printed.length).map((transfers, i) => ({
      ...linkRow(names, printed[i]!),
      transfers: transfers.map(({ time, ...rest }) => ({ ...rest, time: isoTime(time) })),
    })),
    weakest: linkRow(names, weakest),
  }
}

function linkRow(names: readonly string[], { first, second, kind, probability }: ClusterLink) {
  return { first: names[first]!, second: names[second]!, kind, probability }
}
