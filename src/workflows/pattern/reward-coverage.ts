import { clopperPearson } from '../../statistics/clopper-pearson.ts'
import type { Covered } from '../evaluate-score.ts'
import type { RewardsWorld, SaidRewards } from './evaluate-world.ts'

/** How often intervals of rewards hold what they are to hold, with exact one-sided bounds of 99 %. */
export type RewardCoverage = {
  readonly level: 'W0' | 'W4' | 'W0 to W4'
  /** Means over worlds, in the smallest unit. */
  readonly truth: number
  readonly said: number
  /** The two-sided interval: what entities of the same population are paid on average; what they were paid in this world. */
  readonly expected: Covered
  readonly realised: Covered
}

export type Coverage = {
  readonly worlds: number
  readonly levels: readonly RewardCoverage[]
  /** One-sided: at most what planted users got, and at least. Means over worlds as shares of all rewards. */
  readonly L0: Covered & { readonly mean: number }
  readonly U1: Covered & { readonly mean: number }
  /** Worlds in which some user takes W4. */
  readonly found: Covered
  readonly truthShare: number
}

const SLACK = 1e-6

export function coverageOfRewards(worlds: readonly RewardsWorld[]): Coverage {
  const mean = (of: (world: RewardsWorld) => number) =>
    worlds.reduce((sum, world) => sum + of(world), 0) / worlds.length
  const covered = (holds: (world: RewardsWorld) => boolean): Covered => {
    const n = worlds.filter(holds).length
    return { of: worlds.length, holds: n, ...clopperPearson(n, worlds.length, 0.99) }
  }
  const level = (
    name: RewardCoverage['level'],
    said: (world: RewardsWorld) => SaidRewards,
    truth: (world: RewardsWorld) => number,
  ): RewardCoverage => {
    const expected = mean(truth)
    const isIn = (world: RewardsWorld, value: number) =>
      said(world).low <= value + SLACK && value - SLACK <= said(world).high
    return {
      ...{ level: name, truth: expected, said: mean((world) => said(world).amount) },
      expected: covered((world) => isIn(world, expected)),
      realised: covered((world) => isIn(world, truth(world))),
    }
  }
  return {
    worlds: worlds.length,
    levels: [
      level(
        'W0',
        ({ W0 }) => W0,
        ({ truth }) => truth.W0,
      ),
      level(
        'W4',
        ({ W4 }) => W4,
        ({ truth }) => truth.W4,
      ),
      level(
        'W0 to W4',
        ({ together }) => together,
        ({ truth }) => truth.together,
      ),
    ],
    L0: { ...covered(({ L0, truth }) => L0 <= truth.together + SLACK), mean: mean(({ L0, truth }) => L0 / truth.all) },
    U1: { ...covered(({ U1, truth }) => U1 >= truth.together - SLACK), mean: mean(({ U1, truth }) => U1 / truth.all) },
    found: covered(({ W4 }) => W4.amount > 0),
    truthShare: mean(({ truth }) => truth.together / truth.all),
  }
}
