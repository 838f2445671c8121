import type { TypedColumns } from '../ledger/ledger.ts'
import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** A transfer smaller than one part in so many of the largest that its recipient got is dust. */
const DUST_PARTS = 100
/** Kinds of transfer and chain that are told apart. */
const MOST_TYPES = 30

/**
 * What each party did: when it began to pay or be paid, how much it moved, and with whom it moves value beside payments.
 * Parties are the first nodes, in the order of their names, all other wallets follow.
 */
export type PartyActivity = {
  readonly names: readonly string[]
  readonly parties: number
  /** 1 where a party has paid. */
  readonly isPayer: Uint8Array
  /** UTC ms of the first payment. */
  readonly firstUse: Float64Array
  /** What was paid and received, in the smallest units of whatever was paid in; 1 where no amount is known. */
  readonly size: Float64Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly type: Uint8Array
  readonly count: Int32Array
  /** The node of each wallet number. */
  readonly nodeOf: Int32Array
}

export const partyActivity = defineFeature({
  id: 'party-activity',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<PartyActivity> {
    const all = await get(wallets)
    const edges = await ledger.columns('link-edges', { parts: DUST_PARTS })
    const behaviour = await ledger.columns('party-behaviour')
    const nodeOf = partiesFirst(all.isParty)
    const names: string[] = []
    all.names.forEach((name, wallet) => {
      names[nodeOf[wallet]!] = name
    })
    const node = (column: unknown) => (column as Int32Array).map((wallet) => nodeOf[wallet]!)
    return {
      names,
      ...behaviourOf(behaviour),
      from: node(edges.from_index),
      to: node(edges.to_index),
      type: Uint8Array.from(edges.type_index as Int32Array, (type) => Math.min(type, MOST_TYPES)),
      count: edges.transfers as Int32Array,
      nodeOf,
    }
  },
})

function partiesFirst(isParty: Uint8Array): Int32Array {
  const nodeOf = new Int32Array(isParty.length)
  let next = 0
  for (const wanted of [1, 0])
    isParty.forEach((is, wallet) => {
      if (is === wanted) nodeOf[wallet] = next++
    })
  return nodeOf
}

/** Every party has a row, and rows come in the order of numbers, which is that of nodes. */
function behaviourOf(columns: TypedColumns) {
  const high = columns.size_high as BigInt64Array
  const low = columns.size_low as BigInt64Array
  return {
    parties: high.length,
    isPayer: Uint8Array.from(columns.is_payer as Int32Array),
    firstUse: Float64Array.from(columns.first_at as BigInt64Array, Number),
    size: Float64Array.from(high, (value, i) => Math.max(1, Number(value) * 1e18 + Number(low[i]!))),
  }
}
