import { behaviourNull, behaviourOf } from './behaviour.ts'
import { behaviourRatio } from './behaviour-ratio.ts'
import { CAPPED_DEGREE, cappedComponents } from './capped-components.ts'
import { type Entities, groupEntities } from './entities.ts'
import { hubConcentration } from './hub-concentration.ts'
import { buildIncidences } from './incidences.ts'
import type { Links } from './links.ts'
import { featurePairs } from './pair-features.ts'
import { linkPosteriors } from './pair-prior.ts'
import { type Survival, survivalScore } from './survival-score.ts'
import { scanTwins, type Twins } from './twin-scan.ts'
import { twinStrata } from './twin-strata.ts'
import type { WalletActivity } from './wallet-activity.ts'
import { profileScore, walletProfile } from './wallet-profile.ts'

/** Below this share of coordinated seed pairs, behaviour does not confirm the graph: its links are all but dropped. */
const COORDINATION_GATE = 0.1
const ABSTAIN = 0.001
/** What a nat of resemblance counts beside the survival of links. */
const PROFILE_WEIGHT = 0.4
/** Links below this probability are not kept. */
const KEPT = 0.02

export type LinkedWallets = Survival & {
  readonly entities: Entities
  readonly graphLinks: Links
  readonly twins: Twins
  /** Share of graph-near pairs that behave alike beyond chance; the graph counts from 0.1 on. */
  readonly coordination: number
  readonly hubShares: Float64Array
}

/**
 * Clusters wallets by two views that are independent if wallets are unrelated: with whom they deal, and when they began
 * and how much they moved. Each view is the noisy label of the other, so neither labels nor lists of services are needed;
 * nodes that are 1 in `services` link nobody.
 */
export function linkWallets(activity: WalletActivity, services?: Uint8Array): LinkedWallets {
  const behaviour = behaviourOf(activity)
  const incidences = buildIncidences(activity, services)
  const none = behaviourNull(behaviour)
  const { ratio, coordination } = behaviourRatio(incidences, behaviour, none)
  const hubs = hubConcentration(incidences, behaviour, ratio)
  const pairs = featurePairs(incidences, behaviour, hubs)
  const weight = coordination < COORDINATION_GATE ? ABSTAIN : 1
  const posteriors = linkPosteriors(pairs, ratio)
  const kept = posteriors.map((_, pair) => pair).filter((pair) => posteriors[pair]! * weight > KEPT)
  const graphLinks = {
    first: Int32Array.from(kept, (pair) => pairs.first[pair]!),
    second: Int32Array.from(kept, (pair) => pairs.second[pair]!),
    probability: kept.map((pair) => posteriors[pair]! * weight),
  }
  const twins = scanTwins(behaviour, twinStrata(incidences, behaviour))
  const survival = survivalScore(activity.wallets, graphLinks, twins)
  const capped = cappedComponents(activity, incidences.degree, CAPPED_DEGREE)
  const profile = profileScore(walletProfile(incidences, capped), twins.surprise)
  const score = survival.score.map((value, i) => value + survival.cohort[i]! + PROFILE_WEIGHT * profile[i]!)
  const entities = groupEntities(activity.wallets, graphLinks, twins.links)
  return { score, cohort: survival.cohort, entities, graphLinks, twins, coordination, hubShares: hubs.shares }
}
