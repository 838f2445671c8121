import type { Sets } from './min-hash.ts'
import { groupMembers } from './partition.ts'

export type SharingOptions = {
  /** Elements are whole numbers below it. */
  readonly elements: number
  /** Elements that two sets have in common to be a pair. */
  readonly least: number
  /** Elements that more sets hold bring no two together: what many share says little, and costs much. */
  readonly most: number
}

/**
 * Visits pairs of sets with enough rare elements in common, each once, the lower number first and the pairs of a set in the
 * order in which they were met. No element stands twice in a set. O(elements of sets × most).
 */
export function visitSharing(
  sets: Sets,
  { elements, least, most }: SharingOptions,
  visit: (set: number, other: number) => void,
): void {
  const count = sets.offsets.length - 1
  const holders = groupMembers({ membership: sets.elements, count: elements })
  const setOf = new Int32Array(sets.elements.length)
  for (let set = 0; set < count; set++) setOf.fill(set, sets.offsets[set], sets.offsets[set + 1])
  const shared = new Int32Array(count)
  const touched = new Int32Array(count)
  for (let set = 0; set < count; set++) {
    let met = 0
    for (let at = sets.offsets[set]!; at < sets.offsets[set + 1]!; at++) {
      const [start, end] = [holders.offsets[sets.elements[at]!]!, holders.offsets[sets.elements[at]! + 1]!]
      for (let place = start; end - start <= most && place < end; place++) {
        const other = setOf[holders.members[place]!]!
        if (other <= set) continue
        if (shared[other] === 0) touched[met++] = other
        shared[other]!++
      }
    }
    for (const other of touched.subarray(0, met)) {
      if (shared[other]! >= least) visit(set, other)
      shared[other] = 0
    }
  }
}
