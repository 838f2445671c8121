import { linkWallets } from '../../clusters/link-wallets.ts'
import type { WalletActivity } from '../../clusters/wallet-activity.ts'
import { type Random, randomStream } from '../../statistics/random.ts'
import type { RankingQuality } from '../../statistics/ranking-curve.ts'
import { type ClusterSizes, clusterSizes, qualityOf } from './evaluate-hop.ts'
import type { HopLabels } from './labels.ts'
import type { HopBridge } from './read-hop.ts'
import { nullWorld, withDust, withJitter, withoutEdges } from './worlds.ts'

const DAY = 86_400_000

/** What a changed world is clustered into. */
export type StressResult = RankingQuality & {
  readonly name: string
  readonly coordination: number
  readonly clusters: ClusterSizes
}

type World = readonly [
  name: string,
  change: (activity: WalletActivity, linked: Int32Array, random: Random) => WalletActivity,
]

/** Attacks and losses; those who attack are the wallets that labels name, which the method does not see. */
export const STRESSES: readonly World[] = [
  ['none', (activity) => activity],
  ['1 transfer of dust from every flagged wallet', (activity, linked, random) => withDust(activity, linked, 1, random)],
  ['5 transfers of dust', (activity, linked, random) => withDust(activity, linked, 5, random)],
  ['flagged wallets begin up to 1 hour apart from when they did', (a, linked, r) => withJitter(a, linked, DAY / 24, r)],
  ['up to 1 day', (activity, linked, random) => withJitter(activity, linked, DAY, random)],
  ['20 % of edges missing', (activity, _, random) => withoutEdges(activity, 0.2, random)],
  ['50 % of edges missing', (activity, _, random) => withoutEdges(activity, 0.5, random)],
  ['80 % of edges missing', (activity, _, random) => withoutEdges(activity, 0.8, random)],
]

/** Clusters one changed world anew. */
export function stressHop({ activity }: HopBridge, labels: HopLabels, [name, change]: World): StressResult {
  const flagged = labels.picked.filter((_, place) => labels.positive[place] === 1)
  const { score, coordination, entities } = linkWallets(change(activity, flagged, randomStream(1, `hop-${name}`)))
  const clusters = clusterSizes(activity, entities.membership)
  return { name, ...qualityOf(score, labels), coordination, clusters }
}

export type NullResult = {
  readonly world: number
  /** Wallets that reach the threshold of the real world. */
  readonly flagged: number
  readonly walletsInCohorts: number
  readonly coordination: number
}

/** Clusters a world in which nobody is related. */
export function nullHop({ activity }: HopBridge, threshold: number, world: number): NullResult {
  const { score, entities, coordination } = linkWallets(nullWorld(activity, randomStream(world, 'hop-null')))
  const { walletsInCohorts } = clusterSizes(activity, entities.membership)
  return { world, flagged: score.filter((value) => value >= threshold).length, walletsInCohorts, coordination }
}
