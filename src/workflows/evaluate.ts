import pLimit from 'p-limit'
import type { ScenarioOptions } from '../simulation/index.ts'
import { calibrationError } from '../statistics/calibration-error.ts'
import { rankCases, rankingQuality } from '../statistics/ranking-curve.ts'
import { type ShareBound, shareBound } from '../statistics/share-bound.ts'
import type { Tallies, Tally } from './compare-clusters.ts'
import { type Coverage, coverageOf, type KindRow, kindRows, type ScoreRow, scoreRow } from './evaluate-score.ts'
import { type SignalRates, sumRates } from './evaluate-signals.ts'
import { type EvaluatedWorld, evaluateWorld } from './evaluate-world.ts'

export type EvaluateOptions = {
  readonly scenarios: readonly string[]
  readonly shares: readonly number[]
  /** Development used seeds below 1,000; evaluation begins there. */
  readonly firstSeed: number
  readonly seeds: number
  readonly records: number
  /** Told after each world. */
  readonly progress?: (done: number, total: number, world: EvaluatedWorld) => void
  /** Where worlds are evaluated, and how many at once: in this process, one after the other, if not given. */
  readonly evaluateOne?: ((world: Required<ScenarioOptions>) => Promise<EvaluatedWorld>) | undefined
  readonly jobs?: number
}

/** Worlds of one scenario at one share. */
export type EvaluatedScenario = {
  readonly scenario: string
  readonly share: number
  readonly worlds: number
  readonly wash: number
  readonly payers: number
  readonly certifiable: number
  /** Mean and extremes over worlds of the middle of L0 by value; null: not measured. */
  readonly L0: { readonly mean: number; readonly low: number; readonly high: number } | null
  /** Worlds in which the low end of L0 is not above the true share of wash usage. */
  readonly isFloor: number
  readonly certificate: { readonly precision: number; readonly recall: number }
  readonly pairwise: { readonly precision: number; readonly recall: number; readonly f1: number }
  readonly bCubed: number
  /** Ranking of parties by their strongest link, adversaries with several wallets against everybody else. */
  readonly averagePrecision: number
  readonly recallAt: { readonly onePercent: number; readonly oneInThousand: number }
  readonly brier: number
  readonly ece: number
  /** Worlds in which the true number of owners lies in the range of entities. */
  readonly entitiesCovered: number
  readonly score: ScoreRow
  readonly seconds: { readonly simulate: number; readonly audit: number }
}

/** Of so many of a class how many were flagged, and the 95 % upper bound of that share, by world. */
export type BoundedTally = Tally & ShareBound

/** A class of honest users, over all worlds. */
export type EvaluatedControl = {
  readonly control: string
  readonly payments: BoundedTally
  readonly owners: BoundedTally
}

export type Evaluation = {
  readonly options: Omit<EvaluateOptions, 'progress' | 'evaluateOne' | 'jobs'>
  readonly scenarios: readonly EvaluatedScenario[]
  /** The worst class first. */
  readonly controls: readonly EvaluatedControl[]
  /** Payers by what they are, over all worlds, with what gate and certificate say of them. */
  readonly kinds: { readonly [kind: string]: KindRow }
  /** Over all worlds: DESIGN §9 asks for 1,000 of them. */
  readonly coverage: Coverage
  readonly signals: SignalRates
}

/** Simulates markets of every scenario, share and seed, audits them, and compares what was said with what was. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { progress, evaluateOne = evaluateWorld, jobs = 1, ...said } = options
  const { scenarios, shares, firstSeed, seeds, records } = options
  const places = scenarios.flatMap((scenario) =>
    (scenario === 'market' ? [0] : shares).map((share) => ({ scenario, share })),
  )
  const limit = pLimit(jobs)
  let done = 0
  const worldsOf = places.map((place) =>
    Array.from({ length: seeds }, (_, k) =>
      limit(async () => {
        const world = await evaluateOne({ ...place, seed: firstSeed + k, records, days: 90 })
        progress?.(++done, places.length * seeds, world)
        return world
      }),
    ),
  )
  const evaluated = await Promise.all(worldsOf.map((worlds) => Promise.all(worlds)))
  const all = evaluated.flat()
  return {
    options: said,
    scenarios: evaluated.map((worlds, i) => scenarioRow(places[i]!.scenario, places[i]!.share, worlds)),
    coverage: coverageOf(all),
    controls: controlRows(all),
    kinds: kindRows(all.map(({ score }) => score)),
    signals: sumRates(all.map(({ signals }) => signals)),
  }
}

function scenarioRow(scenario: string, share: number, worlds: readonly EvaluatedWorld[]): EvaluatedScenario {
  const mean = (of: (world: EvaluatedWorld) => number) =>
    worlds.reduce((sum, world) => sum + of(world), 0) / worlds.length
  const measured = worlds.flatMap(({ L0 }) => (L0.status === 'measured' ? [L0] : []))
  const mids = measured.map(({ mid }) => mid)
  const score = Float64Array.from(worlds.flatMap(({ parties }) => parties.score))
  const ranking = rankCases(score, Uint8Array.from(worlds.flatMap(({ parties }) => parties.isFarmed)))
  const at = (rate: number) => rankingQuality(ranking, rate)
  return {
    ...{ scenario, share, worlds: worlds.length },
    wash: mean(({ wash }) => wash),
    payers: mean(({ payers }) => payers),
    certifiable: mean(({ certifiable }) => certifiable),
    L0:
      mids.length === 0
        ? null
        : {
            mean: mids.reduce((sum, mid) => sum + mid, 0) / mids.length,
            low: Math.min(...mids),
            high: Math.max(...mids),
          },
    isFloor: worlds.filter(({ L0, wash }) => L0.status === 'measured' && L0.low <= wash + 1e-9).length,
    certificate: certificateOf(worlds),
    pairwise: {
      precision: mean(({ pairwise }) => pairwise.precision),
      recall: mean(({ pairwise }) => pairwise.recall),
      f1: mean(({ pairwise }) => pairwise.f1),
    },
    bCubed: mean(({ bCubed }) => bCubed.f1),
    averagePrecision: at(0.01).averagePrecision,
    recallAt: { onePercent: at(0.01).recall, oneInThousand: at(0.001).recall },
    ...calibrationError(
      Float64Array.from(worlds.flatMap(({ links }) => links.probability)),
      Uint8Array.from(worlds.flatMap(({ links }) => links.isTrue)),
    ),
    entitiesCovered: worlds.filter(({ owners, entities }) => entities.low <= owners && owners <= entities.high).length,
    score: scoreRow(worlds),
    seconds: { simulate: mean(({ ms }) => ms.simulate / 1000), audit: mean(({ ms }) => ms.audit / 1000) },
  }
}

/** Of payments with a certificate those that are wash usage, and of those that deserve one (W0, W1) those that have it. */
function certificateOf(worlds: readonly EvaluatedWorld[]): { readonly precision: number; readonly recall: number } {
  const sums = (tallies: Tallies, kinds?: readonly string[]) =>
    Object.entries(tallies)
      .filter(([kind]) => kinds?.includes(kind) ?? true)
      .reduce((sum, [, { of, flagged }]) => ({ of: sum.of + of, flagged: sum.flagged + flagged }), {
        of: 0,
        flagged: 0,
      })
  const total = (tallies: readonly Tally[]) => tallies.reduce((sum, { flagged }) => sum + flagged, 0)
  const right = total(worlds.map(({ byLevel }) => sums(byLevel)))
  const wrong = total(worlds.map(({ byControl }) => sums(byControl)))
  const deserving = worlds.map(({ byLevel }) => sums(byLevel, ['W0', 'W1']))
  return {
    precision: right + wrong === 0 ? Number.NaN : right / (right + wrong),
    recall: total(deserving) / deserving.reduce((sum, { of }) => sum + of, 0),
  }
}

function controlRows(worlds: readonly EvaluatedWorld[]): EvaluatedControl[] {
  const names = [...new Set(worlds.flatMap(({ byControl }) => Object.keys(byControl)))]
  const rows = names.map((control) => ({
    control,
    payments: boundedTally(worlds.flatMap(({ byControl }) => byControl[control] ?? [])),
    owners: boundedTally(worlds.flatMap(({ mergedByControl }) => mergedByControl[control] ?? [])),
  }))
  const rate = ({ of, flagged }: Tally) => (of === 0 ? 0 : flagged / of)
  return rows.sort((a, b) => rate(b.owners) - rate(a.owners) || rate(b.payments) - rate(a.payments))
}

/** Adds the tallies of worlds up. */
export function boundedTally(worlds: readonly Tally[]): BoundedTally {
  const sum = (key: keyof Tally) => worlds.reduce((total, tally) => total + tally[key], 0)
  return { of: sum('of'), flagged: sum('flagged'), ...shareBound(worlds, 0.95) }
}
