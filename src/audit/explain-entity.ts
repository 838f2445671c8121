import { entityMap, unmerged } from '../clusters/entity-map.ts'
import { economy as economyOf } from '../features/economy.ts'
import { type FeatureContext, replaceFeatures } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import type { Report } from '../report/report.ts'
import { isEvidence } from '../score/calibration.ts'
import { FINDING_LEVEL, runSignal, testedFinding } from '../signals/run-signal.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import { cardsOf } from './cards.ts'
import { entityStanding } from './entity-standing.ts'
import { keepEvidence } from './evidence.ts'
import { findingNotes } from './finding-notes.ts'
import { type Listing, listFindings } from './list-findings.ts'
import { rerun } from './rerun.ts'
import { valuesOf } from './tested-evidence.ts'

export type ExplainedEntity = { readonly card: Report['cards'][number]; readonly findings: readonly Listing[] }

type Question = {
  readonly context: FeatureContext
  readonly filled: ReadonlySet<TableName>
  readonly signals: readonly Signal[]
  readonly seed: number
  /** The number of a party of counted usage. */
  readonly party: number
}

/** The card of the entity of one wallet, with payments and transfers of every value at p ≤ .05, flagged or not. */
export async function explainEntity({ context, filled, signals, seed, party }: Question): Promise<ExplainedEntity> {
  const results = new Map<Signal, SignalResult>()
  for (const signal of signals) results.set(signal, await runSignal(signal, context, filled, seed))
  const economy = await context.get(economyOf)
  const entities = await context.get(entityMap)
  const entity = entities.of[party]!
  const members = new Set(economy.names.filter((_, other) => entities.of[other] === entity))
  const founder = economy.names[entities.founder[entity]!]!
  const own = new Map([...results].map(([signal, result]) => [signal, findingsAbout(result, entity, founder, members)]))
  const kept = await keepEvidence(context.ledger, own)
  const findings = listFindings(kept, await findingNotes(context.ledger, kept.listed, filled.has('transfers')))
  const measured = valuesOf(results)
  const apart = replaceFeatures(context, new Map([['entity-map', unmerged(economy.parties)]]))
  const alone = await rerun(measured, apart, seed)
  const standing = entityStanding(results, economy, entities)
  const scene = {
    context,
    economy,
    entities,
    measured,
    standing,
    alone: { context: apart, measured: alone.measured },
    findings,
    filled,
    evidence: signals.filter(isEvidence),
  }
  const [card] = await cardsOf([entity], scene)
  return { card: card!, findings }
}

function findingsAbout(
  result: SignalResult,
  entity: number,
  founder: string,
  members: ReadonlySet<string>,
): SignalResult {
  if (result.status !== 'measured') return result
  const { values, qValue } = result
  if (values === undefined || qValue === undefined)
    return { ...result, findings: result.findings.filter(({ subjects }) => subjects.some((name) => members.has(name))) }
  const row = values.entity.indexOf(entity)
  if (row === -1 || !(values.pValue[row]! <= FINDING_LEVEL)) return { ...result, findings: [] }
  return { ...result, findings: [testedFinding(values, qValue, row, founder)] }
}
