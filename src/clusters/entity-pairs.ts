import { payments } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { type EntityMap, entityMap } from './entity-map.ts'

/**
 * Who pays whom among entities, self-payments apart: one row a (payer, payee), payer by payer. Rows of a payer are
 * `offsets[payer]` up to `offsets[payer + 1]`.
 */
export type EntityPairs = {
  readonly offsets: Int32Array
  readonly payer: Int32Array
  readonly payee: Int32Array
  readonly payments: Int32Array
  /** In the unit of the value measure. */
  readonly value: Float64Array
  /** Payments of each pair, by `usage_index` in rising order: `usages[usageOffsets[pair]]` up to the next pair's. */
  readonly usageOffsets: Int32Array
  readonly usages: Int32Array
  /** Row of each payment, by `usage_index`; −1 where a party is unknown or pays itself. */
  readonly pairOf: Int32Array
}

export const entityPairs = defineFeature({
  id: 'entity-pairs',
  reads: ['usage_events'],
  derived: true,
  async compute({ get }): Promise<EntityPairs> {
    return pairsOf(await get(payments), await get(entityMap))
  },
})

type Paid = { readonly payer: Int32Array; readonly payee: Int32Array; readonly value: Float64Array }

/** Counting sort by payer, then a pass over each payer's payments with one mark a payee: linear. */
export function pairsOf({ payer, payee, value }: Paid, { count, of }: EntityMap): EntityPairs {
  const entityOf = (wallet: number) => (wallet === -1 ? -1 : of[wallet]!)
  const starts = new Int32Array(count + 1)
  const isPair = (row: number) => {
    const [a, b] = [entityOf(payer[row]!), entityOf(payee[row]!)]
    return a !== -1 && b !== -1 && a !== b
  }
  for (let row = 0; row < payer.length; row += 1) if (isPair(row)) starts[entityOf(payer[row]!) + 1]!++
  for (let entity = 0; entity < count; entity += 1) starts[entity + 1]! += starts[entity]!
  const order = new Int32Array(starts[count]!)
  const next = starts.slice(0, count)
  for (let row = 0; row < payer.length; row += 1) if (isPair(row)) order[next[entityOf(payer[row]!)]!++] = row
  const pairs = {
    ...{ offsets: new Int32Array(count + 1), pairOf: new Int32Array(payer.length).fill(-1) },
    ...{ payer: new Int32Array(order.length), payee: new Int32Array(order.length) },
    ...{ payments: new Int32Array(order.length), value: new Float64Array(order.length) },
  }
  const pairAt = new Int32Array(count).fill(-1)
  let size = 0
  for (let entity = 0; entity < count; entity += 1) {
    for (let at = starts[entity]!; at < starts[entity + 1]!; at += 1) {
      const row = order[at]!
      const other = entityOf(payee[row]!)
      if (pairAt[other]! < pairs.offsets[entity]!) {
        pairs.payer[size] = entity
        pairs.payee[size] = other
        pairAt[other] = size++
      }
      const pair = pairAt[other]!
      pairs.payments[pair]!++
      pairs.value[pair]! += value[row]!
      pairs.pairOf[row] = pair
    }
    pairs.offsets[entity + 1] = size
  }
  const { offsets, pairOf } = pairs
  const cut = <column extends Int32Array | Float64Array>(column: column) => column.slice(0, size) as column
  return {
    ...{ offsets, pairOf, payer: cut(pairs.payer), payee: cut(pairs.payee) },
    ...{ payments: cut(pairs.payments), value: cut(pairs.value) },
    ...usagesByPair(pairOf, pairs.payments, size),
  }
}

function usagesByPair(pairOf: Int32Array, payments: Int32Array, size: number) {
  const usageOffsets = new Int32Array(size + 1)
  for (let pair = 0; pair < size; pair += 1) usageOffsets[pair + 1] = usageOffsets[pair]! + payments[pair]!
  const usages = new Int32Array(usageOffsets[size]!)
  const next = usageOffsets.slice(0, size)
  pairOf.forEach((pair, usage) => {
    if (pair !== -1) usages[next[pair]!++] = usage
  })
  return { usageOffsets, usages }
}

/** The payments of some pairs, by `usage_index` in rising order. */
export function usagesOf({ usageOffsets, usages }: EntityPairs, pairs: Iterable<number>): number[] {
  const found: number[] = []
  for (const pair of pairs) found.push(...usages.subarray(usageOffsets[pair], usageOffsets[pair + 1]))
  return found.sort((a, b) => a - b)
}

/** Pairs of one payer. */
export function pairsOfPayer({ offsets }: EntityPairs, payer: number): number[] {
  return Array.from({ length: offsets[payer + 1]! - offsets[payer]! }, (_, i) => offsets[payer]! + i)
}
