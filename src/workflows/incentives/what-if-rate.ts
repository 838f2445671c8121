import { entityInterval } from '../../statistics/entity-interval.ts'
import type { Random } from '../../statistics/random.ts'
import type { LevelCosts } from './costs-by-level.ts'
import { COUNTER_LEVELS, rewardLevels } from './levels.ts'
import type { LevelGrants } from './rewards-by-level.ts'
import type { Simulated, WhatIf } from './what-if.ts'
import { whatIfText } from './what-if.ts'

/** What one asset granted to the entities of each level, and by level what the reward costs for each unit of it. */
export type RatedLevels = {
  readonly asset: number
  readonly grants: readonly LevelGrants[]
  readonly costs: readonly LevelCosts[]
  /** By level: cost by reward of the whole level; NaN: not to be compared. */
  readonly breakEvenShare: Float64Array
}

/**
 * Rewards of another size where no window has a target: usage of W0 to W4 stops, level by level, where the rewards would
 * no longer exceed what it costs; all others are paid at the new rate.
 */
export function simulateRate(
  change: WhatIf & { readonly kind: 'rate' },
  rated: RatedLevels,
  random: Random,
): Simulated {
  const { grants, costs, breakEvenShare, asset } = rated
  const kept = rewardLevels.map((_, level) =>
    COUNTER_LEVELS.includes(level) && change.rate <= breakEvenShare[level]! ? 0 : 1,
  )
  const values = grants.map(({ byEntity }) => Float64Array.from(byEntity.get(asset)?.values() ?? []))
  const sum = (all: Float64Array) => all.reduce((a, b) => a + b, 0)
  const spread = (scaleOf: (level: number) => number) => {
    const own = Float64Array.from(
      COUNTER_LEVELS.flatMap((level) => [...values[level]!].map((one) => one * scaleOf(level))),
    )
    const paid = own.filter((one) => one > 0)
    return {
      value: sum(paid),
      ...entityInterval(
        paid,
        paid.reduce((a, b) => Math.max(a, b), 0),
        random,
      ),
    }
  }
  const counted = (scaleOf: (level: number) => number) =>
    costs.reduce((all, one, level) => all + one.counted * scaleOf(level), 0)
  const isCompared = COUNTER_LEVELS.some((level) => breakEvenShare[level]! >= 0)
  return {
    ...{ status: 'measured', what: whatIfText(change) },
    levels: rewardLevels.map((level, i) => {
      const before = sum(values[i]!)
      return { level, before, after: before * kept[i]! * change.rate }
    }),
    leakage: { before: spread(() => 1), after: spread((level) => kept[level]! * change.rate) },
    counted: { before: counted(() => 1), after: counted((level) => kept[level]!) },
    assumptions: [
      isCompared
        ? 'Usage of W0 to W4 stops, level by level, where its rewards would not exceed what it cost.'
        : 'Nobody leaves, since rewards and costs cannot be compared.',
      'All others keep their usage, and every reward is multiplied by the rate, whatever the pot holds.',
    ],
  }
}
