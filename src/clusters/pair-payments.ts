import { payments } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { type EntityPairs, entityPairs } from './entity-pairs.ts'

/** Payments of each entity pair in order of time: those of a pair are `offsets[pair]` up to `offsets[pair + 1]`. */
export type PairPayments = {
  readonly offsets: Int32Array
  /** Rows of the economy. */
  readonly usage: Int32Array
  /** UTC ms; payments whose time is not known are left out. */
  readonly time: Float64Array
}

export const pairPayments = defineFeature({
  id: 'pair-payments',
  reads: ['usage_events'],
  derived: true,
  async compute({ get }): Promise<PairPayments> {
    return paymentsOfPairs(await get(entityPairs), (await get(payments)).time)
  },
})

/** Counting sort by pair, then each pair by time; of equal times the first row comes first. */
export function paymentsOfPairs({ payer, pairOf }: EntityPairs, paidAt: Float64Array): PairPayments {
  const offsets = new Int32Array(payer.length + 1)
  const isTimed = (row: number) => pairOf[row] !== -1 && !Number.isNaN(paidAt[row]!)
  for (let row = 0; row < paidAt.length; row += 1) if (isTimed(row)) offsets[pairOf[row]! + 1]!++
  for (let pair = 0; pair < payer.length; pair += 1) offsets[pair + 1]! += offsets[pair]!
  const usage = new Int32Array(offsets[payer.length]!)
  const next = offsets.slice(0, payer.length)
  for (let row = 0; row < paidAt.length; row += 1) if (isTimed(row)) usage[next[pairOf[row]!]!++] = row
  const earlier = (a: number, b: number) => paidAt[a]! - paidAt[b]! || a - b
  for (let pair = 0; pair < payer.length; pair += 1) {
    const mine = usage.subarray(offsets[pair], offsets[pair + 1])
    if (mine.some((row, i) => i > 0 && paidAt[mine[i - 1]!]! > paidAt[row]!)) mine.sort(earlier)
  }
  return { offsets, usage, time: Float64Array.from(usage, (row) => paidAt[row]!) }
}
