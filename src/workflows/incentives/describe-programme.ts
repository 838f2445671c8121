import { inDollars, scaledText } from '../../features/value.ts'
import { randomStream } from '../../statistics/random.ts'
import type { Counting, LevelCosts } from './costs-by-level.ts'
import type { CountedAs } from './countings.ts'
import type { GrantingProgramme, Grants, IncentiveAsset } from './grants.ts'
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
import { type GrantTallies, type LevelGrants, type RewardSum, sumRewards } from './rewards-by-level.ts'
import { targetWindows, type WindowSources } from './target-windows.ts'
import { type Simulated, simulateChange, type WhatIf } from './what-if.ts'
import { simulateRate } from './what-if-rate.ts'

/** `possible`: what W0 to W4 could be at most under W4, and under organic all others. */
type Tallied = { readonly grants: GrantTallies; readonly possible: GrantTallies; readonly costs: readonly LevelCosts[] }

export type ProgrammeSources = {
  readonly seed: number
  readonly grants: Grants
  readonly windows: WindowSources
  readonly counting: readonly (Counting & { readonly as: CountedAs })[]
  readonly missing: readonly MissingLevel[]
  /** By programme, and by epoch. */
  readonly whole: Tallied
  readonly epochs: Tallied
}

/** An exact amount in the smallest unit, with an interval of 95 % over entities. `usd`: decimal text; null: not priced. */
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
  readonly levels: readonly IncentiveLevel[]
  /** Rewards to usage that exists for the counter: what W0 to W4 got together; at least to W0 and W1; at most
   * to all that are not certified organic, and to those certified whose usage stops at a target all the same. */
  readonly counter: {
    readonly together: readonly Reward[]
    readonly L0: readonly Reward[]
    readonly U1: readonly Reward[]
  }
}

export type IncentiveProgramme = GrantingProgramme & {
  readonly countedAs: CountedAs
  readonly missing: readonly MissingLevel[]
  readonly whole: IncentiveSpan
  readonly epochs: readonly IncentiveSpan[]
  readonly whatIf: readonly Simulated[]
}

export function describeProgramme(
  sources: ProgrammeSources,
  p: number,
  changes: readonly WhatIf[],
): IncentiveProgramme {
  const { grants, missing, counting } = sources
  const programme = grants.programmes[p]!
  const own = [...grants.epochs.keys()].filter((epoch) => grants.epochs[epoch]!.programme === p)
  const [first, last] = [grants.epochs[own[0]!]!, grants.epochs[own.at(-1)!]!]
  const sum = (of: 'grants' | 'unknown') => own.reduce((all, epoch) => all + grants.epochs[epoch]![of], 0)
  const times = { from: first.from, to: last.to, grants: sum('grants'), unknown: sum('unknown') }
  const whole = describeSpan(sources, sources.whole, p, { name: 'all epochs', ...times }, programme.programme)
  return {
    ...programme,
    ...{ countedAs: counting[p]!.as, missing, whole },
    epochs: own.map((epoch) =>
      describeSpan(sources, sources.epochs, epoch, grants.epochs[epoch]!, programme.programme),
    ),
    whatIf: changes.map((change) => simulate(sources, p, change, whole)),
  }
}

type SpanTimes = { name: string; from: number | null; to: number; grants: number; unknown: number }

function describeSpan(
  { grants: { assets }, seed }: ProgrammeSources,
  tallied: Tallied,
  group: number,
  { name, from, to, grants, unknown }: SpanTimes,
  programme: string,
): IncentiveSpan {
  const stream = (what: string) => randomStream(seed, `incentives ${programme} ${name} ${what}`)
  const sumOf = (what: string, levels: readonly number[], of = tallied.grants) =>
    sumRewards(of, group, levels, (asset) => stream(`${what} ${asset}`)).map((one) => rewardOf(one, assets))
  const all = [...rewardLevels.keys()]
  const levels = rewardLevels.map((level, i): IncentiveLevel => {
    const { granted, costs } = cell(tallied, group, i)
    return {
      ...{
        level,
        users: granted.parties.size,
        rewards: sumOf(level, [i]),
        usages: costs.usages,
        counted: costs.counted,
      },
      costs: [...costs.assets]
        .sort(([a], [b]) => a - b)
        .map(([asset, cost]) => ({
          ...{ asset: assetName(assets[asset]!), paid: String(cost.paid), inside: String(cost.inside) },
          ...{ returned: String(cost.returned), fees: String(cost.fees), leakage: String(cost.leakage) },
          unknown: cost.unknown,
        })),
      profit: profitOf(granted, costs, assets, stream(`profit ${level}`)),
    }
  })
  return {
    ...{ name, from: from === null ? null : isoTime(from), to: isoTime(to), grants, unknown },
    rewards: sumOf('all', all),
    levels: levels.filter(({ rewards, users }) => users > 0 || rewards.some(({ amount }) => amount !== '0')),
    counter: {
      together: sumOf('counter', COUNTER_LEVELS),
      L0: sumOf('L0', CERTIFIED_LEVELS),
      U1: sumOf('U1', [STOPPING_LEVEL, NO_USAGE], tallied.possible),
    },
  }
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

function simulate(sources: ProgrammeSources, p: number, change: WhatIf, whole: IncentiveSpan): Simulated {
  const { grants, windows, counting, seed } = sources
  const programme = grants.programmes[p]!
  const random = randomStream(seed, `incentives ${programme.programme} what if`)
  const own = sources.whole.grants.slice(p * rewardLevels.length, (p + 1) * rewardLevels.length)
  const profits = rewardLevels.map((name) => whole.levels.find(({ level }) => level === name)?.profit)
  const unitCost = Float64Array.from(own, (granted, level) => unitCostOf(granted, profits[level]))
  const aimed = programme.basis === 'windows' ? targetWindows(windows, programme, counting[p]!.side, unitCost) : null
  if (aimed !== null || change.kind === 'target') return simulateChange(change, aimed, random)
  const assets = [...new Set(own.flatMap(({ amounts }) => [...amounts.keys()]))]
  if (assets.length > 1)
    return {
      status: 'unavailable',
      what: `rate=${change.rate}`,
      reason: 'rewards are in several assets, which are not added up',
    }
  const breakEvenShare = Float64Array.from(profits, (profit) =>
    profit?.status === 'measured' ? profit.breakEvenShare.value : Number.NaN,
  )
  const costs = sources.whole.costs.slice(p * rewardLevels.length, (p + 1) * rewardLevels.length)
  return simulateRate(change, { asset: assets[0]!, grants: own, costs, breakEvenShare }, random)
}

/** Cost of one counted unit in the smallest unit of the reward's asset; NaN: they cannot be compared. */
function unitCostOf({ amounts }: LevelGrants, profit: Profit | undefined): number {
  const [granted] = amounts.values()
  if (profit?.status !== 'measured' || profit.breakEvenRate === null || granted === undefined) return Number.NaN
  return (profit.breakEvenRate.value * Number(granted)) / profit.rewards
}
