import { createHash } from 'node:crypto'
import { testimoniesOf } from '../audit/score-entities.ts'
import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs } from '../clusters/entity-pairs.ts'
import { economy } from '../features/economy.ts'
import { type FeatureContext, featureCache } from '../features/feature.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { TableName } from '../records/index.ts'
import {
  type Calibration,
  encodeSteps,
  LEAST_ENTITIES,
  ORDINARY,
  STRATA,
  signalsHash,
  stepOf,
  stratumOf,
} from '../score/calibration.ts'
import { entityEvidence } from '../score/entity-evidence.ts'
import { boundScores } from '../score/null-bound.ts'
import { entityVolumes, ownShares } from '../score/volumes.ts'
import { signals } from '../signals/index.ts'
import { runSignal } from '../signals/run-signal.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import { simulateScenario } from '../simulation/index.ts'
import { entityTruth } from './entity-truth.ts'
import { loadSimulation } from './write-simulation.ts'

/** An honest entity of a simulated market, scored. */
export type HonestScore = { readonly control: string; readonly stratum: number; readonly step: number }

/** Rare entities are all kept, of common ones every so manieth: of each stratum there are enough, and from every world. */
const KEPT_OF = [6, 3, 1] as const

/** Markets of several sizes, in turn: what can be seen of an entity depends on how large its market is. */
const RECORDS = [20_000, 40_000, 80_000] as const

/** Simulates a market in which everybody is honest and scores every entity that pays, as an audit would. */
export async function honestScores(seed: number): Promise<HonestScore[]> {
  const recording = simulateScenario({ scenario: 'market', seed, records: RECORDS[seed % RECORDS.length]! })
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    await loadSimulation(ledger, recording)
    const context = featureCache(ledger, { from: null, to: null })
    const entities = await context.get(entityMap)
    const { names, payments } = await context.get(economy)
    const { nats } = entityEvidence(testimoniesOf(await runSignals(context)), await context.get(entityPairs))
    const scores = boundScores(nats, ownShares(payments, entities))
    const { count } = entityVolumes(payments, entities, await ledger.columns('usage-consumers'))
    const truth = entityTruth(recording, names, entities)
    return truth.flatMap((control, entity): HonestScore[] => {
      const paid = count.ofEntity[entity]!
      if (control === null || paid === 0) return []
      const stratum = stratumOf(paid)
      return (entity + seed) % KEPT_OF[stratum]! === 0 ? [{ control, stratum, step: stepOf(scores[entity]!) }] : []
    })
  } finally {
    ledger.close()
  }
}

/** A world of the smallest size that is no part of the calibration. */
const CHECK_SEED = 900

/** What `Calibration.check` holds: another hash means that the same signals now score otherwise, so that the table is of the past. */
export async function calibrationCheck(): Promise<string> {
  const scores = await honestScores(CHECK_SEED)
  return createHash('sha256').update(JSON.stringify(scores)).digest('hex')
}

/** Every signal of this version, on one context. */
export async function runSignals(context: FeatureContext): Promise<ReadonlyMap<Signal, SignalResult>> {
  const filled = new Set((await context.ledger.rows('filled-tables')).map((row) => row.table_name as TableName))
  const results = new Map<Signal, SignalResult>()
  for (const signal of signals) results.set(signal, await runSignal(signal, context, filled, 1))
  return results
}

/** Whether every stratum has enough entities, also without any one of the classes that may look like wash usage. */
export function isEnough(worlds: readonly (readonly HonestScore[])[]): boolean {
  const sizes = new Map<string, number[]>()
  for (const { control, stratum } of worlds.flat()) {
    const mine = sizes.get(control) ?? STRATA.map(() => 0)
    sizes.set(control, mine)
    mine[stratum]! += 1
  }
  return STRATA.every((_, stratum) => {
    const all = [...sizes.values()].reduce((sum, mine) => sum + mine[stratum]!, 0)
    return (
      all >= LEAST_ENTITIES &&
      [...sizes].every(([name, mine]) => name === ORDINARY || all - mine[stratum]! >= LEAST_ENTITIES)
    )
  })
}

/** The table that ships, of the scores of many worlds. */
export function calibrationOf(worlds: readonly (readonly HonestScore[])[], check: string): Calibration {
  const classes = new Map<string, Map<number, number>[]>()
  for (const { control, stratum, step } of worlds.flat()) {
    const steps = classes.get(control) ?? STRATA.map(() => new Map<number, number>())
    classes.set(control, steps)
    steps[stratum]!.set(step, (steps[stratum]!.get(step) ?? 0) + 1)
  }
  const texts = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, steps]) => [name, steps.map(encodeSteps)])
  return { signals: signalsHash(signals), worlds: worlds.length, check, classes: Object.fromEntries(texts) }
}
