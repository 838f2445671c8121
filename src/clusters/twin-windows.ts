import { lowerBound, upperBound } from '../statistics/lower-bound.ts'
import { addAt, countBelow, prefixCounts } from '../statistics/prefix-counts.ts'
import type { Behaviour } from './behaviour.ts'

/** A window of time (ms, either way) and one of ln size. */
export type Scale = { readonly time: number; readonly size: number }

export type WindowCounts = {
  /** Other members inside the window of time of each member. */
  readonly near: Int32Array
  /** Those of them whose size agrees as well. */
  readonly agreeing: Int32Array
}

/** Neighbours a member from which on prefix counts are cheaper than looking at every one. */
const DENSE = 64

/** Counts around each member of a stratum, which are sorted by time. O(members log members) however dense they are. */
export function countWindows(behaviour: Behaviour, inside: Int32Array, scale: Scale): WindowCounts {
  const { time } = behaviour
  const starts = new Int32Array(inside.length)
  const ends = new Int32Array(inside.length)
  let [start, end, total] = [0, 0, 0]
  for (let a = 0; a < inside.length; a++) {
    const at = time[inside[a]!]!
    while (at - time[inside[start]!]! > scale.time) start++
    while (end < inside.length && time[inside[end]!]! - at <= scale.time) end++
    starts[a] = start
    ends[a] = end
    total += end - start - 1
  }
  const near = starts.map((first, a) => ends[a]! - first - 1)
  const count = total > DENSE * inside.length ? countByPrefixes : countOneByOne
  return { near, agreeing: count(behaviour, inside, scale.size, starts, ends) }
}

type Count = (
  behaviour: Behaviour,
  inside: Int32Array,
  size: number,
  starts: Int32Array,
  ends: Int32Array,
) => Int32Array

const countOneByOne: Count = ({ logSize }, inside, size, _, ends) => {
  const agreeing = new Int32Array(inside.length)
  for (let a = 0; a < inside.length; a++)
    for (let b = a + 1; b < ends[a]!; b++) {
      if (Math.abs(logSize[inside[b]!]! - logSize[inside[a]!]!) > size) continue
      agreeing[a]!++
      agreeing[b]!++
    }
  return agreeing
}

/** Members enter and leave prefix counts by their size as the window moves over them. */
const countByPrefixes: Count = ({ logSize }, inside, size, starts, ends) => {
  const sizes = Float64Array.from(inside, (i) => logSize[i]!).sort()
  const places = Int32Array.from(inside, (i) => lowerBound(sizes, logSize[i]!))
  const counts = prefixCounts(inside.length)
  let [start, end] = [0, 0]
  return Int32Array.from(inside, (i, a) => {
    while (end < ends[a]!) addAt(counts, places[end++]!, 1)
    while (start < starts[a]!) addAt(counts, places[start++]!, -1)
    const [low, high] = [lowerBound(sizes, logSize[i]! - size), upperBound(sizes, logSize[i]! + size)]
    return countBelow(counts, high) - countBelow(counts, low) - 1
  })
}
