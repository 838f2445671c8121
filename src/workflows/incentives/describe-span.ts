import { inDollars, scaledText } from '../../features/value.ts'
import { randomStream } from '../../statistics/random.ts'
import type { LevelCosts } from './costs-by-level.ts'
import type { IncentiveAsset } from './grants.ts'
import {
  CERTIFIED_LEVELS,
  COUNTER_LEVELS,
  type MissingLevel,
  NO_USAGE,
  type RewardLevel,
  rewardLevels,
  STOPPING_LEVEL,
} from './levels.ts'
import { type Profit, profitOf } from './profit.ts'
import { type GrantTallies, type RewardSum, sumRewards } from './rewards-by-level.ts'

/**
 * `stopping`: by levels as they would be if every window that ends at its target stopped there for it. `possible`: what W0
 * to W4 could be at most under W4, and under organic all others.
 */
export type Tallied = {
  readonly grants: GrantTallies
  readonly stopping: GrantTallies
  readonly possible: GrantTallies
  readonly costs: readonly LevelCosts[]
}

/**
 * An exact amount in the smallest unit, with an interval of 95 % over entities. Where no usage was found that stops at a target, the
 * upper end of W4, and of W0 to W4 together, counts all whose usage does so all the same. `usd`: decimal text; null: not priced.
 */
export type Reward = {
  readonly asset: AssetName
  readonly amount: string
  readonly low: number
  readonly high: number
  readonly usd: string | null
}
export type AssetName = Pick<IncentiveAsset, 'chain' | 'asset' | 'symbol' | 'decimals'>

/** What usage cost in one asset, exactly: `leakage` is what parties outside the entity kept, beside `fees`. */
export type Cost = {
  readonly asset: AssetName
  readonly paid: string
  readonly inside: string
  readonly returned: string
  readonly fees: string
  readonly leakage: string
  readonly unknown: number
}

export type IncentiveLevel = {
  readonly level: RewardLevel
  readonly users: number
  readonly rewards: readonly Reward[]
  readonly usages: number
  readonly counted: number
  readonly costs: readonly Cost[]
  readonly profit: Profit
}

/** One span of time of a programme. */
export type IncentiveSpan = {
  readonly name: string
  /** ISO times, half-open; null: since ever. */
  readonly from: string | null
  readonly to: string
  readonly grants: number
  readonly unknown: number
  readonly rewards: readonly Reward[]
  /** All but those that are missing, also where nobody takes one. */
  readonly levels: readonly IncentiveLevel[]
  /** Rewards to usage that exists for the counter: what W0 to W4 got together; at least to W0 and W1; at most
   * to all that are not certified organic, and to those certified whose usage stops at a target all the same. */
  readonly counter: {
    readonly together: readonly Reward[]
    readonly L0: readonly Reward[]
    readonly U1: readonly Reward[]
  }
}

type SpanTimes = { name: string; from: number | null; to: number; grants: number; unknown: number }

type SpanSources = {
  readonly assets: readonly IncentiveAsset[]
  readonly missing: readonly MissingLevel[]
  readonly seed: number
  readonly programme: string
  /** Whether usage was found that stops at a target. */
  readonly isFound: boolean
}

export function describeSpan(
  { assets, missing, seed, programme, isFound }: SpanSources,
  tallied: Tallied,
  group: number,
  { name, from, to, grants, unknown }: SpanTimes,
): IncentiveSpan {
  const stream = (what: string) => randomStream(seed, `incentives ${programme} ${name} ${what}`)
  const sumOf = (what: string, levels: readonly number[], of = tallied.grants) =>
    sumRewards(of, group, levels, (asset) => stream(`${what} ${asset}`)).map((one) => rewardOf(one, assets))
  const counterSum = (what: string, levels: readonly number[]) => {
    const told = sumOf(what, levels)
    if (isFound) return told
    const most = sumOf(what, levels, tallied.stopping)
    return told.map((one, i) => ({ ...one, high: Math.max(one.high, most[i]!.high) }))
  }
  const levels = rewardLevels.map((level, i): IncentiveLevel => {
    const { granted, costs } = cell(tallied, group, i)
    return {
      ...{ level, users: granted.parties.size, usages: costs.usages, counted: costs.counted },
      rewards: i === STOPPING_LEVEL ? counterSum(level, [i]) : sumOf(level, [i]),
      costs: costsOf(costs, assets),
      profit: profitOf(granted, costs, assets, stream(`profit ${level}`)),
    }
  })
  return {
    ...{ name, from: from === null ? null : isoTime(from), to: isoTime(to), grants, unknown },
    rewards: sumOf('all', [...rewardLevels.keys()]),
    levels: levels.filter(({ level }) => !missing.some((one) => one.level === level)),
    counter: {
      together: counterSum('counter', COUNTER_LEVELS),
      L0: sumOf('L0', CERTIFIED_LEVELS),
      U1: sumOf('U1', [STOPPING_LEVEL, NO_USAGE], tallied.possible),
    },
  }
}

function costsOf({ assets: costs }: LevelCosts, assets: readonly IncentiveAsset[]): Cost[] {
  return [...costs]
    .sort(([a], [b]) => a - b)
    .map(([asset, cost]) => ({
      ...{ asset: assetName(assets[asset]!), paid: String(cost.paid), inside: String(cost.inside) },
      ...{ returned: String(cost.returned), fees: String(cost.fees), leakage: String(cost.leakage) },
      unknown: cost.unknown,
    }))
}

function cell({ grants, costs }: Tallied, group: number, level: number) {
  const at = group * rewardLevels.length + level
  return { granted: grants[at]!, costs: costs[at]! }
}

function rewardOf({ asset, amount, low, high }: RewardSum, assets: readonly IncentiveAsset[]): Reward {
  const dollars = inDollars(assets[asset]!, amount)
  const usd = dollars === null ? null : scaledText(dollars)
  return { asset: assetName(assets[asset]!), amount: String(amount), low, high, usd }
}

const assetName = ({ chain, asset, symbol, decimals }: IncentiveAsset): AssetName => ({
  chain,
  asset,
  symbol,
  decimals,
})
const isoTime = (ms: number) => new Date(ms).toISOString()
