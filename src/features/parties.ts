import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** Parties of counted usage as the first nodes, in the order in which they come up; all other wallets follow. */
export type Parties = {
  readonly names: readonly string[]
  /** How many nodes are parties. */
  readonly parties: number
  /** 1 where a party has paid. */
  readonly isPayer: Uint8Array
  /** UTC ms of the first payment it made or received. */
  readonly firstUse: Float64Array
  /** The node of each wallet number. */
  readonly nodeOf: Int32Array
}

export const parties = defineFeature({
  id: 'parties',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<Parties> {
    const all = await get(wallets)
    // Every party has a row, and rows come in the order of numbers, which is that of nodes.
    const { is_payer, first_at } = await ledger.columns('party-starts')
    const nodeOf = partiesFirst(all.isParty)
    const names: string[] = []
    all.names.forEach((name, wallet) => {
      names[nodeOf[wallet]!] = name
    })
    return {
      names,
      parties: (is_payer as Int32Array).length,
      isPayer: Uint8Array.from(is_payer as Int32Array),
      firstUse: Float64Array.from(first_at as BigInt64Array, Number),
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
