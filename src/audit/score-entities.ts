import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs } from '../clusters/entity-pairs.ts'
import { economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { independentSources } from '../features/independent-sources.ts'
import { rewardTotals } from '../features/reward-totals.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Calibration, isEvidence, signalsHash } from '../score/calibration.ts'
import { measures, type Reported } from '../score/certified.ts'
import { type EntityEvidence, entityEvidence, type Testimony } from '../score/entity-evidence.ts'
import { type Gate, namingGate, speakingFamilies } from '../score/gate.ts'
import { boundScores, type NullBound, nullBound } from '../score/null-bound.ts'
import { organicCertificate } from '../score/organic-certificate.ts'
import { payeeDependence } from '../score/payee-dependence.ts'
import type { PublishedValue } from '../score/published.ts'
import { entityVolumes, ownShares, type Volumes } from '../score/volumes.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import type { EvidenceFile } from './evidence-file.ts'

/** What is said of entities as payers; null model and certificate together. */
export type EntityScore = {
  readonly evidence: EntityEvidence
  readonly gate: Gate
  readonly L1: NullBound['L1']
  /** 1: certified organic. */
  readonly certified: Uint8Array
  readonly volumes: Volumes
  /** Share of its payments that an entity makes to itself. */
  readonly own: Float64Array
}

/** Evidence, gate, lower bound and certificate of every entity. Needs transfers. */
export async function scoreEntities(
  { get }: FeatureContext,
  results: ReadonlyMap<Signal, SignalResult>,
  { consumers }: Pick<Reported, 'consumers'>,
  calibration: Calibration,
): Promise<EntityScore> {
  const [all, entities, pairs] = [await get(economy), await get(entityMap), await get(entityPairs)]
  const volumes = entityVolumes(all.payments, entities, consumers)
  const evidence = entityEvidence(testimoniesOf(results), pairs)
  const own = ownShares(all.payments, entities)
  const bound = boundOf(results, boundScores(evidence.nats, own), volumes, calibration)
  const inputs = { economy: all, entities, pairs, fundings: await get(firstFundings) }
  const independent = await get(independentSources)
  const organic = organicCertificate({ ...inputs, independent, rewards: await get(rewardTotals) })
  const gate = namingGate(evidence, payeeDependence(evidence, pairs))
  // What a bound rests on, and of whom a family speaks, has no certificate: the bounds cannot cross.
  const certified = organic.map((one, entity) =>
    bound.flagged[entity] === 1 || speakingFamilies(evidence, entity).length > 0 ? 0 : one,
  )
  return { evidence, gate, L1: bound.L1, certified, volumes, own }
}

export function testimoniesOf(results: ReadonlyMap<Signal, SignalResult>): Testimony[] {
  return [...results]
    .filter(([signal]) => isEvidence(signal))
    .map(([signal, result]) => ({ signal, values: result.status === 'measured' ? (result.values ?? null) : null }))
}

function boundOf(
  results: ReadonlyMap<Signal, SignalResult>,
  scores: Float64Array,
  volumes: Volumes,
  calibration: Calibration,
): NullBound {
  const signals = [...results.keys()]
  if (!signals.some(isEvidence)) return noBound('no signal of this audit has a null model', scores)
  if (signalsHash(signals) !== calibration.signals)
    return noBound('honest markets were scored by other signals or options than this audit', scores)
  return nullBound(scores, volumes, calibration)
}

function noBound(reason: string, { length }: Float64Array): NullBound {
  const absent: PublishedValue = { status: 'unavailable', reason }
  const L1 = Object.fromEntries(measures.map((measure) => [measure, absent])) as NullBound['L1']
  return { L1, flagged: new Uint8Array(length) }
}

const MILLION = 1e6

/** Every entity that pays, with its evidence, as a file beside the report. */
export async function keepEntities(ledger: Ledger, { get }: FeatureContext, score: EntityScore): Promise<EvidenceFile> {
  const { names } = await get(economy)
  const { founder, of, count } = await get(entityMap)
  const { evidence, gate, certified, volumes, own } = score
  const wallets = new Int32Array(count)
  for (const entity of of) wallets[entity]! += 1
  const paying = Int32Array.from(founder.keys()).filter((entity) => volumes.count.ofEntity[entity]! > 0)
  const column = (read: (entity: number) => number) =>
    ({ type: 'integer', values: paying.map((entity) => read(entity)) }) as const
  await ledger.keep('entity_scores', {
    entity: { type: 'text', values: Array.from(paying, (entity) => names[founder[entity]!]!) },
    wallets: column((entity) => wallets[entity]!),
    payments: column((entity) => volumes.count.ofEntity[entity]!),
    micronats: column((entity) => Math.round(evidence.nats[entity]! * MILLION)),
    posterior_ppm: column((entity) => Math.round(gate.posterior[entity]! * MILLION)),
    own_ppm: column((entity) => Math.round(own[entity]! * MILLION)),
    families: {
      type: 'text',
      values: Array.from(paying, (entity) => speakingFamilies(evidence, entity).join(' ')),
    },
    named: column((entity) => gate.passes[entity]!),
    certified: column((entity) => certified[entity]!),
  })
  return { name: 'entities.parquet', query: 'entity-scores' }
}
