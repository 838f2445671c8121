import { createHash } from 'node:crypto'
import type { Signal } from '../signals/signal.ts'

/** Scores of honest entities of simulated markets, as counts, and the signals that they were scored by. */
export type Calibration = {
  /** Hash of the signals' declarations and options. */
  readonly signals: string
  readonly worlds: number
  /** Hash of the scores of one more world, by which a change of what the scores come from is seen. */
  readonly check: string
  /** For each class of honest users, one text a volume stratum: `score:entities` with both to the base 36. */
  readonly classes: { readonly [control: string]: readonly string[] }
}

/** Least payments of an entity in each volume stratum: how much can be seen of it depends on how often it pays. */
export const STRATA = [1, 3, 10] as const
/** Fewer calibration entities than this make no bound. */
export const LEAST_ENTITIES = 20_000
/** What belongs to no class that may look like wash usage. */
export const ORDINARY = 'no control'
/** Scores are rounded down to a step of so many nats, of the calibration and of what is audited alike. */
const STEP = 0.05
/** No evidence is below this many nats. */
const FLOOR = -10

/** Stratum of an entity that made so many payments, one at least. */
export function stratumOf(payments: number): number {
  return STRATA.findLastIndex((least) => payments >= least)
}

/** The whole step that a score is rounded down to, from 0. */
export function stepOf(nats: number): number {
  return Math.max(0, Math.floor((nats - FLOOR) / STEP))
}

/** Whether what a signal says of entities is evidence of some strength: it has a null model, and is not about populations. */
export function isEvidence({ family, nullModel }: Pick<Signal, 'family' | 'nullModel'>): boolean {
  return family !== 'F6' && nullModel.name !== 'certificate'
}

/** What a calibration holds for: a signal that is declared otherwise gives other scores. */
export function signalsHash(signals: readonly Signal[]): string {
  const said = signals
    .filter(isEvidence)
    .map(({ id, family, basis = null, options, statistic, nullModel }) => ({
      ...{ id, family, basis, statistic, nullModel },
      options: Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** Steps by stratum as the text of a class. */
export function encodeSteps(steps: ReadonlyMap<number, number>): string {
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([step, entities]) => `${step.toString(36)}:${entities.toString(36)}`)
    .join(' ')
}

/** Scores in steps of all calibration entities but those of one class: one rising array a stratum. */
export function calibrationScores({ classes }: Calibration, without?: string): Float64Array[] {
  const kept = Object.entries(classes).filter(([control]) => control !== without)
  return STRATA.map((_, stratum) => {
    const rows = kept.flatMap(([, texts]) => decodeSteps(texts[stratum] ?? '')).sort((a, b) => a.step - b.step)
    const scores = new Float64Array(rows.reduce((sum, { entities }) => sum + entities, 0))
    let at = 0
    for (const { step, entities } of rows) {
      scores.fill(step, at, at + entities)
      at += entities
    }
    return scores
  })
}

function decodeSteps(text: string): { readonly step: number; readonly entities: number }[] {
  if (text === '') return []
  return text.split(' ').map((pair) => {
    const [step = '', entities = ''] = pair.split(':')
    return { step: Number.parseInt(step, 36), entities: Number.parseInt(entities, 36) }
  })
}
