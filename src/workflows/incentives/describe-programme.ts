import { randomStream } from '../../statistics/random.ts'
import type { Counting } from './costs-by-level.ts'
import type { CountedAs } from './countings.ts'
import { describeSpan, type IncentiveSpan, type Tallied } from './describe-span.ts'
import type { GrantingProgramme, Grants } from './grants.ts'
import { type MissingLevel, rewardLevels } from './levels.ts'
import type { Profit } from './profit.ts'
import type { LevelGrants } from './rewards-by-level.ts'
import { targetWindows, type WindowSources } from './target-windows.ts'
import { type Simulated, simulateChange, type WhatIf } from './what-if.ts'
import { simulateRate } from './what-if-rate.ts'

export type ProgrammeSources = {
  readonly seed: number
  readonly grants: Grants
  readonly windows: WindowSources
  readonly counting: readonly (Counting & { readonly as: CountedAs })[]
  readonly missing: readonly MissingLevel[]
  /** By programme: whether usage was found that stops at a target. */
  readonly stopsFound: readonly boolean[]
  /** By programme, and by epoch. */
  readonly whole: Tallied
  readonly epochs: Tallied
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
  const { grants, missing, counting, seed, stopsFound } = sources
  const programme = grants.programmes[p]!
  const own = [...grants.epochs.keys()].filter((epoch) => grants.epochs[epoch]!.programme === p)
  const [first, last] = [grants.epochs[own[0]!]!, grants.epochs[own.at(-1)!]!]
  const sum = (of: 'grants' | 'unknown') => own.reduce((all, epoch) => all + grants.epochs[epoch]![of], 0)
  const times = { from: first.from, to: last.to, grants: sum('grants'), unknown: sum('unknown') }
  const { assets } = grants
  const span = { ...{ assets, missing, seed }, programme: programme.programme, isFound: stopsFound[p]! }
  const whole = describeSpan(span, sources.whole, p, { name: 'all epochs', ...times })
  return {
    ...programme,
    ...{ countedAs: counting[p]!.as, missing, whole },
    epochs: own.map((epoch) => describeSpan(span, sources.epochs, epoch, grants.epochs[epoch]!)),
    whatIf: changes.map((change) => simulate(sources, p, change, whole)),
  }
}

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
