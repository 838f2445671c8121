import { inDollars } from '../../features/value.ts'
import { entityRatioInterval } from '../../statistics/entity-interval.ts'
import type { Random } from '../../statistics/random.ts'
import type { LevelCosts } from './costs-by-level.ts'
import type { IncentiveAsset } from './grants.ts'
import type { LevelGrants } from './rewards-by-level.ts'

/** A ratio with its interval of 95 % over entities; low and high null: no entity is below it. */
export type Estimate = { readonly value: number; readonly low: number | null; readonly high: number | null }

/** What rewarded usage paid to whoever had it, in one unit in which rewards and costs can be compared. */
export type Profit =
  | {
      readonly status: 'measured'
      /** `USD`, or the symbol or address of the one asset, in its whole unit where its decimals are known. */
      readonly unit: string
      readonly rewards: number
      readonly cost: number
      /** By what the programme counts; null where it counts nothing that the usage holds. */
      readonly rewardPerUnit: Estimate | null
      /** The rate at which one more unit pays nothing, and what it costs to move the counted figure by one. */
      readonly breakEvenRate: Estimate | null
      /** The same as a share of what was paid: rewards of less than this would not have paid. */
      readonly breakEvenShare: Estimate
      /** Rewards by cost; null: it cost nothing. */
      readonly selfFinancing: number | null
    }
  | { readonly status: 'unavailable'; readonly reason: string }

export function profitOf(
  rewards: LevelGrants,
  costs: LevelCosts,
  assets: readonly IncentiveAsset[],
  random: Random,
): Profit {
  const money = moneyOf([...rewards.amounts.keys()], costs, assets)
  if (typeof money === 'string') return { status: 'unavailable', reason: money }
  const { unit, paidIn, spentIn, paidScale, spentScale } = money
  const earned = rewards.byEntity.get(paidIn) ?? new Map<number, number>()
  const entities = [...new Set([...earned.keys(), ...costs.byEntity.keys()])].sort((a, b) => a - b)
  const column = (of: (entity: number) => number) => Float64Array.from(entities, of)
  const reward = column((entity) => (earned.get(entity) ?? 0) * paidScale)
  const cost = column((entity) =>
    spentIn === null ? 0 : (costs.byEntity.get(entity)?.cost.get(spentIn) ?? 0) * spentScale,
  )
  const counted = column((entity) => costs.byEntity.get(entity)?.counted ?? 0)
  const estimate = (top: Float64Array, bottom: Float64Array): Estimate => {
    const interval = entityRatioInterval(top, bottom, random)
    return { value: sum(top) / sum(bottom), low: interval?.low ?? null, high: interval?.high ?? null }
  }
  const isCounted = sum(counted) > 0
  return {
    ...{ status: 'measured', unit, rewards: sum(reward), cost: sum(cost) },
    rewardPerUnit: isCounted ? estimate(reward, counted) : null,
    breakEvenRate: isCounted ? estimate(cost, counted) : null,
    breakEvenShare: estimate(cost, reward),
    selfFinancing: sum(cost) > 0 ? sum(reward) / sum(cost) : null,
  }
}

type Money = {
  readonly unit: string
  readonly paidIn: number
  /** Null: nothing of it cost anything. */
  readonly spentIn: number | null
  /** From the smallest unit. */
  readonly paidScale: number
  readonly spentScale: number
}

/** One unit for both, or why there is none: assets are never added up. */
function moneyOf(paid: readonly number[], costs: LevelCosts, assets: readonly IncentiveAsset[]): Money | string {
  const [paidIn] = paid
  const spent = [...costs.assets].filter(([, { fees, leakage }]) => fees + leakage > 0n).map(([asset]) => asset)
  const [spentIn = null] = spent
  if (paidIn === undefined) return 'no reward of a known amount went to this level'
  if (costs.usages === 0) return 'no counted usage of those rewarded lies in the epochs that rewarded it'
  if ([...costs.assets.values()].reduce((all, { unknown }) => all + unknown, 0) === costs.usages)
    return 'no amount of this usage is known'
  if (paid.length > 1) return 'rewards are in several assets, which are not added up'
  if (spent.length > 1) return 'costs are in several assets, which are not added up'
  const [earned, given] = [assets[paidIn]!, spentIn === null ? null : assets[spentIn]!]
  if (given === null || spentIn === paidIn) {
    const scale = 10 ** -(earned.decimals ?? 0)
    return { unit: nameOf(earned), paidIn, spentIn, paidScale: scale, spentScale: scale }
  }
  const [earnedScale, givenScale] = [dollarScale(earned), dollarScale(given)]
  if (earnedScale === null || givenScale === null)
    return `rewards are in ${nameOf(earned)} and costs in ${nameOf(given)}, and not both have a price; --prices gives them`
  return { unit: 'USD', paidIn, spentIn, paidScale: earnedScale, spentScale: givenScale }
}

const MUCH = 10n ** 30n

/** Dollars of one smallest unit; null: no price is known. */
function dollarScale(asset: IncentiveAsset): number | null {
  const dollars = inDollars(asset, MUCH)
  return dollars === null ? null : Number(dollars) / 1e18 / Number(MUCH)
}

export function nameOf({ symbol, asset, chain }: IncentiveAsset): string {
  return symbol ?? asset ?? `an asset of ${chain} that no record names`
}

const sum = (values: Float64Array) => values.reduce((all, one) => all + one, 0)
