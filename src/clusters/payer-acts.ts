import { groupMembers } from '../graph/partition.ts'
import type { EntityPairs } from './entity-pairs.ts'
import type { PairPayments } from './pair-payments.ts'

/**
 * Payments as acts, one a (payer, payee, bin of time), however many payments it holds; a cell is all acts of one payee in
 * one bin. Acts are in the order of pairs, and so of payers, those of a pair in order of time.
 */
export type PayerActs = {
  /** Acts of a pair are `offsets[pair]` up to `offsets[pair + 1]`. */
  readonly offsets: Int32Array
  /** Bin of each act, from the epoch. */
  readonly bin: Int32Array
  readonly payer: Int32Array
  /** The act of each payment, by its place among the payments of pairs. */
  readonly actOf: Int32Array
  readonly cellOf: Int32Array
  /** Payee by payee in order of time. */
  readonly cells: {
    readonly payee: Int32Array
    readonly bin: Int32Array
    /** Acts of a cell stand in `acts` from `offsets[cell]` up to `offsets[cell + 1]`. */
    readonly offsets: Int32Array
    readonly acts: Int32Array
  }
}

/** O(payments + acts × log of the acts of a payee). `binMs`: length of a bin in ms. */
export function actsOf(pairs: EntityPairs, payments: PairPayments, binMs: number): PayerActs {
  const size = pairs.payer.length
  const offsets = new Int32Array(size + 1)
  const bin = new Int32Array(payments.usage.length)
  const payer = new Int32Array(payments.usage.length)
  const actOf = new Int32Array(payments.usage.length)
  let count = 0
  for (let pair = 0; pair < size; pair += 1) {
    for (let at = payments.offsets[pair]!; at < payments.offsets[pair + 1]!; at += 1) {
      const found = Math.floor(payments.time[at]! / binMs)
      if (count === offsets[pair] || bin[count - 1] !== found) {
        bin[count] = found
        payer[count++] = pairs.payer[pair]!
      }
      actOf[at] = count - 1
    }
    offsets[pair + 1] = count
  }
  const acts = { offsets, actOf, bin: bin.slice(0, count), payer: payer.slice(0, count) }
  return { ...acts, ...cellsOf(pairs, acts) }
}

function cellsOf(pairs: EntityPairs, { offsets, bin }: Pick<PayerActs, 'offsets' | 'bin'>) {
  const payees = groupMembers({ membership: pairs.payee, count: pairs.offsets.length - 1 })
  const cellOf = new Int32Array(bin.length)
  const cells = {
    ...{ payee: new Int32Array(bin.length), bin: new Int32Array(bin.length) },
    ...{ offsets: new Int32Array(bin.length + 1), acts: new Int32Array(bin.length) },
  }
  let [count, placed] = [0, 0]
  for (let payee = 0; payee + 1 < payees.offsets.length; payee += 1) {
    const start = count
    for (const act of byBin(payees.members.subarray(payees.offsets[payee], payees.offsets[payee + 1]))) {
      if (count === start || cells.bin[count - 1] !== bin[act]) {
        cells.payee[count] = payee
        cells.bin[count++] = bin[act]!
      }
      cellOf[act] = count - 1
      cells.acts[placed++] = act
      cells.offsets[count] = placed
    }
  }
  return {
    cellOf,
    cells: {
      ...{ payee: cells.payee.slice(0, count), bin: cells.bin.slice(0, count) },
      ...{ offsets: cells.offsets.slice(0, count + 1), acts: cells.acts },
    },
  }

  /** Acts of some pairs in order of time, by one number for (bin, act) that sorts without a comparison of our own. */
  function byBin(ofPayee: Int32Array): Float64Array {
    const keys = new Float64Array(ofPayee.reduce((sum, pair) => sum + offsets[pair + 1]! - offsets[pair]!, 0))
    let kept = 0
    for (const pair of ofPayee)
      for (let act = offsets[pair]!; act < offsets[pair + 1]!; act += 1) keys[kept++] = bin[act]! * bin.length + act
    return keys.sort().map((key) => key % bin.length)
  }
}
