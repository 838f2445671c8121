import type { Sets } from '../graph/min-hash.ts'
import type { EntityPairs } from './entity-pairs.ts'
import type { PairPayments } from './pair-payments.ts'

/** Payees of each payer in order of time, one after itself taken once: those of a payer are rows of `elements`. */
export type PayeeSequences = Sets

export type SequenceOptions = {
  /** First payees of each payer that are left out: what every newcomer is led through. */
  readonly skip: number
  /** Payees after these that are kept. */
  readonly longest: number
}

/** O(payments log payments of a payer). */
export function payeeSequences(
  pairs: EntityPairs,
  payments: PairPayments,
  { skip, longest }: SequenceOptions,
): PayeeSequences {
  const count = pairs.offsets.length - 1
  const offsets = new Int32Array(count + 1)
  const elements = new Int32Array(payments.usage.length)
  const pairOf = new Int32Array(payments.usage.length)
  for (let pair = 0; pair < pairs.payer.length; pair += 1)
    pairOf.fill(pair, payments.offsets[pair], payments.offsets[pair + 1])
  const earlier = (a: number, b: number) =>
    payments.time[a]! - payments.time[b]! || payments.usage[a]! - payments.usage[b]!
  let kept = 0
  for (let payer = 0; payer < count; payer += 1) {
    const [first, last] = [pairs.offsets[payer]!, pairs.offsets[payer + 1]!]
    // One payee is no sequence.
    if (last - first > 1) {
      const [start, end] = [payments.offsets[first]!, payments.offsets[last]!]
      const places = Int32Array.from({ length: end - start }, (_, i) => start + i).sort(earlier)
      let [met, before] = [0, -1]
      for (const place of places) {
        const payee = pairs.payee[pairOf[place]!]!
        if (payee === before) continue
        before = payee
        met += 1
        if (met > skip && met <= skip + longest) elements[kept++] = payee
      }
    }
    offsets[payer + 1] = kept
  }
  return { offsets, elements: elements.slice(0, kept) }
}

/** Distinct runs of `length` payees in each sequence, numbered from 0: as sets, with how many numbers there are. */
export function gramsOfSequences({ offsets, elements }: PayeeSequences, length: number) {
  const numberOf = new Map<number, number>()
  const grams = { offsets: new Int32Array(offsets.length), elements: new Int32Array(elements.length) }
  const seenBy = new Int32Array(elements.length).fill(-1)
  let kept = 0
  for (let payer = 0; payer + 1 < offsets.length; payer += 1) {
    for (let at = offsets[payer]!; at + length <= offsets[payer + 1]!; at += 1) {
      const gram = hashOf(elements, at, length)
      const number = numberOf.get(gram) ?? numberOf.size
      if (number === numberOf.size) numberOf.set(gram, number)
      if (seenBy[number] === payer) continue
      seenBy[number] = payer
      grams.elements[kept++] = number
    }
    grams.offsets[payer + 1] = kept
  }
  return { sets: { offsets: grams.offsets, elements: grams.elements.slice(0, kept) }, size: numberOf.size }
}

/** FNV-1a over whole numbers: two grams that collide bring up a pair to compare and nothing more. */
function hashOf(elements: Int32Array, at: number, length: number): number {
  let hash = 0x811c9dc5
  for (let i = at; i < at + length; i += 1) hash = Math.imul(hash ^ elements[i]!, 0x01000193) ^ (hash >>> 15)
  return hash | 0
}

/** Length of the longest run that two sequences have in common, and where it ends in either. O(product of lengths). */
export function longestCommonRun(a: Int32Array, b: Int32Array) {
  const lengths = new Int32Array(b.length + 1)
  const best = { length: 0, endA: 0, endB: 0 }
  for (let i = 0; i < a.length; i += 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[j + 1] = a[i] === b[j] ? lengths[j]! + 1 : 0
      if (lengths[j + 1]! > best.length) {
        best.length = lengths[j + 1]!
        ;[best.endA, best.endB] = [i + 1, j + 1]
      }
    }
  return best
}
