import { entityMap } from '../clusters/entity-map.ts'
import { economy as economyOf } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { parties } from '../features/parties.ts'
import type { Ledger, TypedColumns } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'
import type { Report } from '../report/report.ts'
import { type Calibration, isEvidence } from '../score/calibration.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import { cardsOf } from './cards.ts'
import { type Contest, type Contested, contestedBy, type Statement } from './contest.ts'
import { type EntityStanding, entityStanding } from './entity-standing.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { type Bounds, type Headline, headlineOf, marketOf } from './headline.ts'
import type { L0Reruns } from './l0-reruns.ts'
import type { Listing } from './list-findings.ts'
import { nullControl } from './null-control.ts'
import type { Scene } from './scene.ts'
import type { EntityScore } from './score-entities.ts'
import { sensitivityTable } from './sensitivity.ts'
import { keepSignalValues, valuesOf } from './tested-evidence.ts'

export type EntityFacts = {
  readonly ledger: Ledger
  readonly context: FeatureContext
  readonly filled: ReadonlySet<TableName>
  readonly seed: number
  /** full: the null-model control and the sensitivity table as well. */
  readonly controls: 'full' | 'none'
  readonly results: ReadonlyMap<Signal, SignalResult>
  readonly l0: L0Reruns
  /** Null: transfers were not collected. */
  readonly score: EntityScore | null
  readonly consumers: TypedColumns
  readonly calibration: Calibration
  readonly findings: readonly Listing[]
  readonly contests: readonly Contest[]
  /** UTC ms at which statements have expired or not. */
  readonly asOf: number
}

export type EntityPart = Pick<
  Report,
  'controls' | 'sensitivity' | 'findings' | 'contested' | 'named' | 'cards' | 'cardsOmitted'
> & {
  readonly files: readonly EvidenceFile[]
  readonly headline: Headline
  /** Paying wallets, and those whose first native currency the ledger did not see; null: transfers were not collected. */
  readonly payers: { readonly all: number; readonly unfunded: number } | null
}

/** What keeps report.json under 4 MB. */
const MOST_CARDS = 50
const MOST_NAMED = 100

/** What the report says of entities: values of signals, what they come to when something is otherwise, and cards. */
export async function entityPart(facts: EntityFacts): Promise<EntityPart> {
  const { ledger, context, seed, results, l0 } = facts
  const economy = await context.get(economyOf)
  const entities = await context.get(entityMap)
  const measured = valuesOf(results)
  const bounds = boundsOf(facts)
  const market = await marketOf(context, bounds)
  const scene: Scene = { context, seed, measured, economy, entities, l0, bounds, market }
  const files = measured.length === 0 ? [] : [await keepSignalValues(ledger, measured, entities, economy)]
  const headline = headlineOf(measured, market, bounds)
  const { controls, rows, alone } = await robustness(scene, facts.controls)
  const standing = entityStanding(results, economy, entities)
  const named = facts.score?.gate.passes ?? new Uint8Array(entities.count)
  const ranked = rankedEntities(standing, named)
  const contested = contestedBy(facts.contests, facts.asOf, facts.findings)
  const statements = statementsByEntity(scene, contested)
  const cards = await cardsOf(ranked.slice(0, MOST_CARDS), {
    ...scene,
    ...facts,
    standing,
    alone,
    evidence: evidenceSignals(facts),
  })
  return {
    ...{ files, headline, controls, sensitivity: rows },
    payers: facts.filled.has('transfers') ? await payersFunded(context) : null,
    contested: [...contested.rows],
    findings: facts.findings.map((one) => ({ ...one, contested: [...(contested.ofFinding.get(one.id) ?? [])] })),
    named: namedSection(scene, named, ranked, statements),
    cards: cards.map((card, i) => ({ ...card, contested: [...(statements.get(ranked[i]!) ?? [])] })),
    cardsOmitted: ranked.length - cards.length,
  }
}

async function robustness(scene: Scene, controls: 'full' | 'none') {
  const reason =
    controls === 'none'
      ? 'not asked for: the audit ran with --controls none'
      : 'no signal with a null model could measure this ledger'
  if (controls === 'none' || scene.measured.length === 0)
    return { controls: { status: 'unavailable', reason } as const, rows: [], alone: null }
  const { context, measured, economy, seed } = scene
  const { rows, alone } = await sensitivityTable(scene)
  return { controls: await nullControl(context, measured, economy, seed), rows, alone }
}

async function payersFunded(context: FeatureContext) {
  const { isPayer } = await context.get(parties)
  const { funder } = await context.get(firstFundings)
  const count = (is: (party: number) => boolean) =>
    isPayer.reduce((sum, paid, party) => sum + (paid === 1 && is(party) ? 1 : 0), 0)
  return { all: count(() => true), unfunded: count((party) => funder[party] === -1) }
}

function evidenceSignals({ score, results }: EntityFacts): Signal[] | null {
  return score === null ? null : [...results.keys()].filter(isEvidence)
}

/** No row has a lower bound where the audit has none. */
function boundsOf({ score, results, consumers, calibration }: EntityFacts): Bounds {
  const bound = score?.L1.count ?? { status: 'unavailable', reason: 'transfers were not collected' }
  const missing = bound.status === 'unavailable' ? bound.reason : null
  return { signals: [...results.keys()], consumers, calibration, missing }
}

/** Entities that are named or of which any family speaks: named ones first, then by families, then by certified payments. */
function rankedEntities({ families, W0, W1 }: EntityStanding, named: Uint8Array): number[] {
  const bits = (entity: number) => families[entity]!.toString(2).replaceAll('0', '').length
  const certified = (entity: number) => W0[entity]! + W1[entity]!
  return Array.from(families.keys())
    .filter((entity) => families[entity] !== 0 || named[entity] === 1)
    .sort((a, b) => named[b]! - named[a]! || bits(b) - bits(a) || certified(b) - certified(a) || a - b)
}

/** Statements on any wallet of an entity. */
function statementsByEntity(
  { economy, entities }: Scene,
  { ofWallet }: Contested,
): ReadonlyMap<number, readonly Statement[]> {
  const byEntity = new Map<number, readonly Statement[]>()
  if (ofWallet.size === 0) return byEntity
  entities.of.forEach((entity, party) => {
    const mine = ofWallet.get(economy.names[party]!)
    if (mine !== undefined) byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...mine])
  })
  return byEntity
}

function namedSection(
  { economy, entities }: Scene,
  passes: Uint8Array,
  ranked: readonly number[],
  statements: ReadonlyMap<number, readonly Statement[]>,
): Report['named'] {
  const named = ranked.filter((entity) => passes[entity] === 1)
  const uncontested = named.filter((entity) => !statements.has(entity))
  return {
    total: named.length,
    contested: named.length - uncontested.length,
    wallets: uncontested.slice(0, MOST_NAMED).map((entity) => economy.names[entities.founder[entity]!]!),
  }
}
