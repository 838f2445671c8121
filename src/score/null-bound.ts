import { flaggedShareBound } from '../statistics/flagged-share-bound.ts'
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

/** Scored entities that pay, by number, in the order of the arrays. */
type Scored = { readonly entity: Int32Array; readonly scores: Float64Array; readonly strata: Int32Array }

/**
 * Lower bounds on the share of volume of payers that are not honest, at 95 %: in the middle against all honest classes of the
 * calibration, at the ends against all but one, the least and the greatest. They assume that honest users are scored like
 * one of these classes, within a stratum of activity.
 */
export function nullBound(nats: Float64Array, volumes: Volumes, calibration: Calibration): NullBound {
  const scored = scoredEntities(nats, volumes)
  const all = calibrationScores(calibration)
  const others = Object.keys(calibration.classes)
    .filter((control) => control !== ORDINARY)
    .map((control) => calibrationScores(calibration, control))
  const flagged = new Uint8Array(nats.length)
  const few = tooFew([all, ...others], scored.strata)
  const boundBy = (measure: Measure): PublishedValue => {
    if (few !== null) return { status: 'unavailable', reason: few }
    const { bound, thresholds } = boundOf(scored, volumes, measure, all)
    scored.entity.forEach((entity, row) => {
      if (scored.scores[row]! > thresholds[scored.strata[row]!]!) flagged[entity] = 1
    })
    const bounds = [bound, ...others.map((calibrated) => boundOf(scored, volumes, measure, calibrated).bound)]
    return { status: 'measured', low: Math.min(...bounds), mid: bound, high: Math.max(...bounds) }
  }
  const L1 = Object.fromEntries(measures.map((measure) => [measure, boundBy(measure)])) as NullBound['L1']
  return { L1, flagged }
}

function scoredEntities(nats: Float64Array, { count }: Volumes): Scored {
  const entity = Int32Array.from(nats.keys()).filter((one) => count.ofEntity[one]! > 0)
  return {
    entity,
    scores: Float64Array.from(entity, (one) => stepOf(nats[one]!)),
    strata: Int32Array.from(entity, (one) => stratumOf(count.ofEntity[one]!)),
  }
}

/** Usage whose payer is not known is nobody's: it counts in the whole and is never flagged. */
function boundOf(
  { entity, scores, strata }: Scored,
  volumes: Volumes,
  measure: Measure,
  calibrated: ReturnType<typeof calibrationScores>,
) {
  const { ofEntity, total } = volumes[measure]
  const mine = Float64Array.from(entity, (one) => ofEntity[one]!)
  const { bound, thresholds } = flaggedShareBound({
    ...{ scores, volumes: mine, calibration: calibrated.scores },
    strata: { scores: strata, calibration: calibrated.strata },
  })
  const known = mine.reduce((sum, volume) => sum + volume, 0)
  return { bound: total > 0 ? (bound * known) / total : 0, thresholds }
}

function tooFew(calibrations: readonly ReturnType<typeof calibrationScores>[], used: Int32Array): string | null {
  for (const { strata } of calibrations) {
    const sizes = STRATA.map(() => 0)
    for (const stratum of strata) sizes[stratum]! += 1
    const few = sizes.findIndex((size, stratum) => size < LEAST_ENTITIES && used.includes(stratum))
    if (few !== -1)
      return `payers of ${STRATA[few]} payments or more have ${sizes[few]} calibration entities, fewer than ${LEAST_ENTITIES}`
  }
  return null
}
