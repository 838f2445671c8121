import { type FlagRule, flagRules, shareBounds } from '../statistics/flagged-share-bound.ts'
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
  return nullBounds(volumes, calibration)(scores)
}

/** The same for scores of one market by several sets of values: what rests on volumes alone is computed once. */
export function nullBounds(volumes: Volumes, calibration: Calibration): (scores: Float64Array) => NullBound {
  const strata = stratify(volumes)
  const left = Object.keys(calibration.classes).filter((control) => control !== ORDINARY)
  const calibrated = [undefined, ...left].map((without) => calibrationScores(calibration, without))
  const few = tooFew(calibrated, strata)
  if (few !== null) {
    const L1 = byMeasure(() => ({ status: 'unavailable', reason: few }))
    return ({ length }) => ({ L1, flagged: new Uint8Array(length) })
  }
  const rules = calibrated.map((scores) => scores.map(rulesOf))
  const bounds = new Map(measures.map((measure) => [measure, strata.map((one) => boundsIn(one, volumes[measure]))]))
  return (scored) => {
    const flagged = new Uint8Array(scored.length)
    const scores = strata.map((entity) => Float64Array.from(entity, (one) => stepOf(scored[one]!)))
    const L1 = byMeasure((measure) => {
      const { total } = volumes[measure]
      const sums = rules.map(() => 0)
      strata.forEach((entity, stratum) => {
        const boundBy = bounds.get(measure)![stratum]!(scores[stratum]!)
        rules.forEach((ofClasses, i) => {
          const { volume, threshold } = boundBy(ofClasses[stratum]!)
          sums[i]! += total > 0 ? volume / total : 0
          if (i > 0) return
          entity.forEach((one, row) => {
            if (scores[stratum]![row]! > threshold) flagged[one] = 1
          })
        })
      })
      return { status: 'measured', low: Math.min(...sums), mid: sums[0]!, high: Math.max(...sums) }
    })
    return { L1, flagged }
  }
}

function rulesOf(rising: Float64Array): FlagRule[] {
  return flagRules(rising, DELTA / STRATA.length).map((rule) => ({
    ...rule,
    threshold: Math.max(rule.threshold, NO_EVIDENCE),
  }))
}

const boundsIn = (entities: Int32Array, { ofEntity }: Volumes[Measure]) =>
  shareBounds(Float64Array.from(entities, (one) => ofEntity[one]!))

function byMeasure(of: (measure: Measure) => PublishedValue): NullBound['L1'] {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as NullBound['L1']
}

/** Entities of each stratum that pay, by number. */
function stratify({ count }: Volumes): Int32Array[] {
  const stratum = Int32Array.from(count.ofEntity, (paid) => (paid > 0 ? stratumOf(paid) : -1))
  return STRATA.map((_, wanted) => Int32Array.from(stratum.keys()).filter((one) => stratum[one] === wanted))
}

function tooFew(calibrated: readonly (readonly Float64Array[])[], strata: readonly Int32Array[]): string | null {
  for (const scores of calibrated)
    for (const [stratum, entities] of strata.entries()) {
      const { length } = scores[stratum]!
      if (entities.length > 0 && length < LEAST_ENTITIES)
        return `payers of ${STRATA[stratum]} payments or more have ${length} calibration entities, fewer than ${LEAST_ENTITIES}`
    }
  return null
}
