import type { TextTable } from './adoption-text.ts'
import { clipName, formatCount, formatPercent, isoMinute, plural, shortAddress } from './format.ts'
import type { Report } from './report.ts'

const PRINTED = 50

type Cluster = Report['clusters'][number]
type Link = Cluster['weakest']

const kinds: Record<Link['kind'], string> = {
  owner: 'one owner',
  deposit: 'one deposit address',
  funder: 'one funder',
  'token-funder': 'one funder of tokens',
  sweep: 'one target of what is left',
  'token-sweep': 'one target of tokens left',
  root: 'one funder of their funders',
  'token-root': 'one funder of tokens of their funders',
  loop: 'payments come back through one wallet',
  funded: 'one funded the other',
}

/** `1,000 paying wallets come to 940 (900 to 990) entities`. */
export function entitiesText({ entities }: Report): string {
  if (entities.status === 'unavailable') return `unavailable: ${entities.reason}`
  const { payers, low, mid, high, bridges, abstained } = entities
  const range = low === high ? formatCount(mid) : `${formatCount(mid)} (${formatCount(low)} to ${formatCount(high)})`
  const said = abstained
    ? '; probable links were set aside, one cluster was too large'
    : bridges > 0
      ? `; ${plural(bridges, 'probable link')} between two large groups left out`
      : ''
  return `${plural(payers, 'paying wallet')} come to ${range} ${payers === 1 ? 'entity' : 'entities'}${said}`
}

export function clusterTable({ clusters }: Report): TextTable | null {
  if (clusters.length === 0) return null
  return {
    caption: 'Linked wallets, the largest clusters first',
    header: ['Cluster', 'Wallets', 'Some of them', 'Links', 'Weakest link', 'Holds together', 'A transaction for it'],
    rows: clusters.slice(0, PRINTED).map((cluster) => [
      shortAddress(clipName(cluster.id)),
      formatCount(cluster.size),
      cluster.members
        .slice(0, 4)
        .map((member) => shortAddress(clipName(member)))
        .join(', '),
      kindsOf(cluster),
      `${shortAddress(clipName(cluster.weakest.first))} – ${shortAddress(clipName(cluster.weakest.second))}: ${linkText(cluster.weakest)}`,
      formatPercent(cluster.stability),
      transferText(cluster),
    ]),
    numeric: [1, 5],
  }
}

export function clusterNotes({ clusters, clustersOmitted, entities }: Report): string[] {
  const left = Math.max(0, clusters.length - PRINTED) + clustersOmitted
  return [
    ...(entities.status === 'measured' && clusters.length === 0 ? ['No two parties are linked.'] : []),
    ...(left === 0
      ? []
      : [`Not printed: ${plural(left, 'smaller cluster')}; all members stand in evidence/clusters.parquet.`]),
    'Linked wallets are not wash usage: one person may use many wallets for good reasons. `washboard explain <wallet> <other>` prints the path of evidence between two.',
  ]
}

function kindsOf({ links }: Cluster): string {
  const counts = new Map<Link['kind'], number>()
  for (const { kind } of links) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${kinds[kind]} ${count}`).join(', ')
}

function linkText({ kind, probability }: Link): string {
  return `${kinds[kind]}, posterior ${probability.toFixed(2)}`
}

function transferText({ links }: Cluster): string {
  const first = links.flatMap(({ transfers }) => transfers)[0]
  if (first === undefined) return 'none: a registry'
  return `${shortAddress(clipName(first.transaction))}${first.time === null ? '' : `, ${isoMinute(first.time)}`}`
}
