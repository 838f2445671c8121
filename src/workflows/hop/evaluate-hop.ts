import { CAPPED_DEGREE, cappedComponents, degreeCapScore } from '../../clusters/capped-components.ts'
import { buildIncidences } from '../../clusters/incidences.ts'
import { type LinkedWallets, linkWallets } from '../../clusters/link-wallets.ts'
import { COHORT } from '../../clusters/survival-score.ts'
import { find, singletons, unite } from '../../graph/union-find.ts'
import { type RankingQuality, rankCases, rankingQuality } from '../../statistics/ranking-curve.ts'
import { type Comparison, compareRankings, FALSE_POSITIVE_RATE } from './compare-rankings.ts'
import type { HopLabels } from './labels.ts'
import type { HopBridge } from './read-hop.ts'
import { leaveCommunityOut } from './supervised-model.ts'
import { topologyFeatures } from './topology-features.ts'

export type HopEvaluation = {
  readonly positives: number
  readonly negatives: number
  /** Groups that intervals resample. */
  readonly groups: number
  /** This method first, then the supervised model, then the rule of degrees. */
  readonly methods: Comparison['methods']
  /** Lowest score that at most 1 % of the negatives reach. */
  readonly threshold: number
  readonly clusters: ClusterSizes
}

export type ClusterSizes = {
  readonly cohorts: number
  readonly walletsInCohorts: number
  readonly largest: number
  /** Wallets of the largest component of the raw graph, and the most of them in one cluster. */
  readonly rawComponent: number
  readonly largestInRaw: number
}

/** Scores and clusters of all wallets; reads no label. */
export const scoreHop = ({ activity }: HopBridge): LinkedWallets => linkWallets(activity)

/** Compares the scores with both baselines on labelled wallets alone. */
export function evaluateHop({ activity }: HopBridge, linked: LinkedWallets, labels: HopLabels): HopEvaluation {
  const { picked, positive } = labels
  const incidences = buildIncidences(activity)
  const capped = cappedComponents(activity, incidences.degree, CAPPED_DEGREE)
  const topology = topologyFeatures(activity, incidences, capped)
  const labelled = (scores: Float64Array) => Float64Array.from(picked, (wallet) => scores[wallet]!)
  const scores = new Map([
    ['two-view linkage', labelled(linked.score)],
    ['supervised, 19 features', leaveCommunityOut(topology, picked, positive)],
    ['degree cap, size × purity', labelled(degreeCapScore(capped))],
  ])
  const { groupOf, groups } = resamplingGroups(labels, capped.component)
  return {
    positives: positive.reduce((sum, value) => sum + value, 0),
    negatives: positive.reduce((sum, value) => sum + 1 - value, 0),
    groups,
    methods: compareRankings(scores, positive, groupOf, groups).methods,
    threshold: thresholdAt(labelled(linked.score), positive),
    clusters: clusterSizes(activity, linked.entities.membership),
  }
}

/** Quality of scores of all wallets on those with labels. */
export function qualityOf(scores: Float64Array, { picked, positive }: HopLabels): RankingQuality {
  const labelled = Float64Array.from(picked, (wallet) => scores[wallet]!)
  return rankingQuality(rankCases(labelled, positive), FALSE_POSITIVE_RATE)
}

/** A linked wallet goes with its approved group, any other with its component under the degree cap. */
function resamplingGroups({ picked, group }: HopLabels, component: Int32Array) {
  const numbers = new Map<string, number>()
  const groupOf = Int32Array.from(picked, (wallet, place) => {
    const key = group[place] === '' ? `component ${component[wallet]}` : `group ${group[place]}`
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    return numbers.get(key)!
  })
  return { groupOf, groups: numbers.size }
}

function thresholdAt(scores: Float64Array, positive: Uint8Array): number {
  const negatives = scores.filter((_, place) => positive[place] === 0).sort()
  const allowed = Math.floor(FALSE_POSITIVE_RATE * negatives.length)
  const first = negatives[negatives.length - 1 - allowed]!
  return scores.reduce((least, score) => (score > first && score < least ? score : least), Number.POSITIVE_INFINITY)
}

/** Sizes of clusters, and how much of the raw graph's largest component any of them holds. */
export function clusterSizes(activity: HopBridge['activity'], membership: Int32Array): ClusterSizes {
  const { wallets, nodes, from, to } = activity
  const sets = singletons(nodes)
  for (let e = 0; e < from.length; e++) unite(sets, from[e]!, to[e]!)
  const giant = find(sets, sets.size.indexOf(sets.size.reduce((most, size) => Math.max(most, size), 0)))
  const sizes = new Int32Array(wallets)
  const inRaw = new Int32Array(wallets)
  for (let i = 0; i < wallets; i++) {
    sizes[membership[i]!]!++
    if (find(sets, i) === giant) inRaw[membership[i]!]!++
  }
  const cohorts = sizes.filter((size) => size >= COHORT)
  const total = (values: Int32Array) => values.reduce((sum, value) => sum + value, 0)
  const most = (values: Int32Array) => values.reduce((a, b) => Math.max(a, b), 0)
  return {
    cohorts: cohorts.length,
    walletsInCohorts: total(cohorts),
    largest: most(sizes),
    rawComponent: total(inRaw),
    largestInRaw: most(inRaw),
  }
}
