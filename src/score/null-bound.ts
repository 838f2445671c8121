import { flagRules, shareBounds } from '../statistics/flagged-share-bound.ts'
import {
  type Calibration,
  calibrationScores,
  LEAST_ENTITIES,
  ORDINARY,
  STRATA,
  stepOf,
  stratumOf,
} from './calibration.ts'
import { type Measure, measures } from './certified.ts'
import type { PublishedValue } from './published.ts'
import type { Volumes } from './volumes.ts'

/** L1 by each measure, and 1 for each entity that the bound rests on by any of them. */
export type NullBound = {
  readonly L1: { readonly [measure in Measure]: PublishedValue }
  readonly flagged: Uint8Array
}

/** Entities of one stratum that pay, by number, with their scores in steps. */
type Stratum = { readonly entity: Int32Array; readonly scores: Float64Array }

const DELTA = 0.05
/** What payments among an entity's own wallets add at most: how rare they are among the honest is for the calibration to say. */
const OWN_NATS = 10

/**
 * Nobody is flagged at a lower score. Below it all that differs is how much could be tested, which moves together for everybody in
 * a market: with thresholds there, bounds were above 0 in 7 of 40 honest markets and measures.
 */
const NO_EVIDENCE = stepOf(0)

/** The score that honest entities are calibrated by: evidence, and how much of its usage an entity pays to itself. */
export function boundScores(nats: Float64Array, own: Float64Array): Float64Array {
  return nats.map((evidence, entity) => evidence + OWN_NATS * own[entity]!)
}

/**
 * Lower bounds on the share of volume of payers that are not honest, at 95 %: in the middle against all honest classes of the
 * calibration, at the ends against all but one, the least and the greatest. They assume that honest users are scored like
 * one of these classes, within a stratum of activity; see `flaggedShareBound`.
 */
export function nullBound(scores: Float64Array, volumes: Volumes, calibration: Calibration): NullBound {
  const strata = stratify(scores, volumes)
  const left = Object.keys(calibration.classes).filter((control) => control !== ORDINARY)
  const calibrated = [undefined, ...left].map((without) => calibrationScores(calibration, without))
  const flagged = new Uint8Array(scores.length)
  const few = tooFew(calibrated, strata)
  if (few !== null) return { L1: byMeasure(() => ({ status: 'unavailable', reason: few })), flagged }
  const rules = calibrated.map((scores) =>
    scores.map((rising) =>
      flagRules(rising, DELTA / STRATA.length).map((rule) => ({
        ...rule,
        threshold: Math.max(rule.threshold, NO_EVIDENCE),
      })),
    ),
  )
  const L1 = byMeasure((measure) => {
    const { ofEntity, total } = volumes[measure]
    const bounds = rules.map(() => 0)
    strata.forEach(({ entity, scores }, stratum) => {
      const boundBy = shareBounds(
        scores,
        Float64Array.from(entity, (one) => ofEntity[one]!),
      )
      rules.forEach((ofClasses, i) => {
        const { volume, threshold } = boundBy(ofClasses[stratum]!)
        bounds[i]! += total > 0 ? volume / total : 0
        if (i === 0)
          entity.forEach((one, row) => {
            if (scores[row]! > threshold) flagged[one] = 1
          })
      })
    })
    return { status: 'measured', low: Math.min(...bounds), mid: bounds[0]!, high: Math.max(...bounds) }
  })
  return { L1, flagged }
}

function byMeasure(of: (measure: Measure) => PublishedValue): NullBound['L1'] {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as NullBound['L1']
}

function stratify(scored: Float64Array, { count }: Volumes): Stratum[] {
  const stratum = Int32Array.from(count.ofEntity, (paid) => (paid > 0 ? stratumOf(paid) : -1))
  return STRATA.map((_, wanted) => {
    const entity = Int32Array.from(scored.keys()).filter((one) => stratum[one] === wanted)
    return { entity, scores: Float64Array.from(entity, (one) => stepOf(scored[one]!)) }
  })
}

function tooFew(calibrated: readonly (readonly Float64Array[])[], strata: readonly Stratum[]): string | null {
  for (const scores of calibrated)
    for (const [stratum, { entity }] of strata.entries()) {
      const { length } = scores[stratum]!
      if (entity.length > 0 && length < LEAST_ENTITIES)
        return `payers of ${STRATA[stratum]} payments or more have ${length} calibration entities, fewer than ${LEAST_ENTITIES}`
    }
  return null
}
