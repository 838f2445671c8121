import { entityMap } from '../clusters/entity-map.ts'
import { economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import type { Published, Report } from '../report/report.ts'
import type { Market, Recording } from '../simulation/index.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { type ShareBound, shareBound } from '../statistics/share-bound.ts'
import { entityTruth } from './entity-truth.ts'

/** Entities of one kind that pay, and how many of them the gate names and the certificate calls organic. */
export type ScoredKind = { of: number; named: number; certified: number }
/** Wash usage of one adversary by value, and what of it is by payers that the gate names. Doubles: for shares only. */
export type GatedValue = { value: number; named: number }

/** What the score said of one market, beside what it was. */
export type EvaluatedScore = {
  readonly L1: Published
  readonly U1: Published
  /** By honest class or adversary. */
  readonly kinds: { readonly [kind: string]: ScoredKind }
  readonly gate: { readonly [adversary: string]: GatedValue }
}

/** Compares the bounds, the gate and the certificate of an audit with the truth. Reads what the audit left in the session. */
export async function evaluateScore(
  { ledger, get }: FeatureContext,
  { published }: Report,
  recording: Recording,
  market: Market,
): Promise<EvaluatedScore> {
  const entities = await get(entityMap)
  const { names } = await get(economy)
  const truth = entityTruth(recording, names, entities)
  const numberOf = new Map(Array.from(entities.founder, (party, entity) => [names[party]!, entity]))
  const kinds: { [kind: string]: ScoredKind } = {}
  const named = new Uint8Array(entities.count)
  for (const row of await ledger.rows('entity-scores')) {
    const entity = numberOf.get(String(row.entity))!
    const kind = truth[entity] ?? null
    named[entity] = Number(row.named)
    if (kind === null) continue
    kinds[kind] ??= { of: 0, named: 0, certified: 0 }
    kinds[kind].of += 1
    if (row.named === true) kinds[kind].named += 1
    if (row.certified === true) kinds[kind].certified += 1
  }
  const entityOf = new Map(Array.from(entities.of, (entity, party) => [names[party]!, entity]))
  const isNamed = (wallet: string | null) => named[entityOf.get(wallet ?? '') ?? -1] === 1
  return { L1: published.value.L1, U1: published.value.U1, kinds, gate: gatedValue(market, isNamed) }
}

function gatedValue({ facts, truth }: Market, isNamed: (wallet: string | null) => boolean) {
  const gate: { [adversary: string]: GatedValue } = {}
  for (const { usage_id, amount, kind, from } of facts.payments ?? []) {
    const usage = truth.payments.get(usage_id)
    if (kind !== 'price' || amount === null || usage === undefined || usage.level === 'none') continue
    const adversary = usage.adversary ?? 'unknown'
    gate[adversary] ??= { value: 0, named: 0 }
    gate[adversary].value += Number(amount)
    if (isNamed(from)) gate[adversary].named += Number(amount)
  }
  return gate
}

/** Bounds over several worlds. Null: no world has a measured L1. */
export type ScoreRow = {
  readonly L1: BoundRow | null
  readonly U1: BoundRow | null
  /** Mean of L1 over that of the truth in worlds of so many entities or more; of no such world NaN. */
  readonly informative: { readonly worlds: number; readonly ratio: number }
  /** Share of wash usage, by value, whose payers the gate names. NaN: there is none. */
  readonly gateRecall: number
}

/** Means of the ends and the middle, and in how many worlds the middle is on the right side of the truth. */
export type BoundRow = { readonly low: number; readonly mid: number; readonly high: number; readonly holds: number }

type Judged = { readonly wash: number; readonly payers: number; readonly score: EvaluatedScore }

/** Entities from which on L1 is to be informative. */
export const LEAST_ENTITIES = 400
const SLACK = 1e-9

export function scoreRow(worlds: readonly Judged[]): ScoreRow {
  const gated = worlds.flatMap(({ score }) => Object.values(score.gate))
  const sum = (of: (one: GatedValue) => number) => gated.reduce((all, one) => all + of(one), 0)
  const large = worlds.filter(({ score }) => entitiesOf(score) >= LEAST_ENTITIES)
  return {
    L1: boundRow(worlds, 'L1', (mid, { payers }) => mid <= payers + SLACK),
    U1: boundRow(worlds, 'U1', (mid, { wash }) => mid >= wash - SLACK),
    informative: {
      worlds: large.length,
      ratio: (boundRow(large, 'L1', () => true)?.mid ?? Number.NaN) / meanOf(large, ({ wash }) => wash),
    },
    gateRecall: sum(({ named }) => named) / sum(({ value }) => value),
  }
}

const entitiesOf = ({ kinds }: EvaluatedScore) => Object.values(kinds).reduce((sum, { of }) => sum + of, 0)
const meanOf = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length

function boundRow(
  worlds: readonly Judged[],
  name: 'L1' | 'U1',
  isRight: (mid: number, world: Judged) => boolean,
): BoundRow | null {
  const measured = measuredOf(worlds, name)
  if (measured.length === 0) return null
  const mean = (of: 'low' | 'mid' | 'high') => meanOf(measured, (one) => one[of])
  const holds = measured.filter(({ mid, world }) => isRight(mid, world)).length
  return { low: mean('low'), mid: mean('mid'), high: mean('high'), holds }
}

function measuredOf<T extends Judged>(worlds: readonly T[], name: 'L1' | 'U1') {
  return worlds.flatMap((world) => {
    const figure = world.score[name]
    return figure.status === 'measured' ? [{ world, ...figure }] : []
  })
}

/** In how many worlds a bound is right, with exact one-sided bounds of 99 % on how often it is. */
export type Covered = { readonly of: number; readonly holds: number; readonly low: number; readonly high: number }

export type Coverage = {
  /** L1 against what payers of adversaries spend; the same with the worst class left out of calibration; against wash usage. */
  readonly L1: Covered
  readonly L1LeftOut: Covered
  readonly L1Wash: Covered
  readonly U1: Covered
}

/** Coverage over all worlds, as DESIGN §9 measures it. */
export function coverageOf(worlds: readonly Judged[]): Coverage {
  const covered = (name: 'L1' | 'U1', isRight: (one: { mid: number; high: number; world: Judged }) => boolean) => {
    const measured = measuredOf(worlds, name)
    const holds = measured.filter(isRight).length
    return { of: measured.length, holds, ...clopperPearson(holds, measured.length, 0.99) }
  }
  return {
    L1: covered('L1', ({ mid, world }) => mid <= world.payers + SLACK),
    L1LeftOut: covered('L1', ({ high, world }) => high <= world.payers + SLACK),
    L1Wash: covered('L1', ({ mid, world }) => mid <= world.wash + SLACK),
    U1: covered('U1', ({ mid, world }) => mid >= world.wash - SLACK),
  }
}

/** Payers of one kind over several worlds; the 95 % bound of the share that is named is by world. */
export type KindRow = ScoredKind & { readonly bound: ShareBound }

export function kindRows(worlds: readonly EvaluatedScore[]): { readonly [kind: string]: KindRow } {
  const names = [...new Set(worlds.flatMap(({ kinds }) => Object.keys(kinds)))]
  return Object.fromEntries(
    names.map((name) => {
      const tallies = worlds.flatMap(({ kinds }) => kinds[name] ?? [])
      const sum = (key: keyof ScoredKind) => tallies.reduce((all, one) => all + one[key], 0)
      const bound = shareBound(
        tallies.map(({ of, named }) => ({ of, flagged: named })),
        0.95,
      )
      return [name, { of: sum('of'), named: sum('named'), certified: sum('certified'), bound }]
    }),
  )
}
