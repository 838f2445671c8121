import { lowerBound } from './lower-bound.ts'
import type { Random } from './random.ts'

/** Times turned round in a window, rising again; the event `first` of the times given comes first now, the others follow. */
export type Turned = { readonly times: Float64Array; readonly first: number }

/**
 * Moves rising times of a window [from, to) forward by `offset` of [0, to − from), those beyond its end back to its start:
 * rates, gaps and order of one series stay, what ties it to another goes. The null of a match between two series in time.
 * One unit for all, such as UTC ms. O(times), without a sort.
 */
export function circularShift(times: Float64Array, from: number, to: number, offset: number): Turned {
  const first = lowerBound(times, to - offset)
  const turned = new Float64Array(times.length)
  for (let i = first; i < times.length; i++) turned[i - first] = times[i]! + offset - (to - from)
  for (let i = 0; i < first; i++) turned[times.length - first + i] = times[i]! + offset
  return { times: turned, first: first % Math.max(1, times.length) }
}

/** Whole offsets, uniform in [margin, span − margin], so that no draw leaves the times about where they were. */
export function shiftOffsets(random: Random, draws: number, span: number, margin: number): Float64Array {
  return Float64Array.from({ length: draws }, () => margin + random.below(span - 2 * margin + 1))
}
