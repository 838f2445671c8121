import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'
import { parties } from './parties.ts'

export type PartyLabel = { readonly kind: string; readonly name: string | null; readonly source: string }

/** What the ledger knows of parties of counted usage beside what they paid and moved. */
export type PartyNotes = {
  /** By the number of the party. */
  readonly labels: ReadonlyMap<number, readonly PartyLabel[]>
  /** UTC ms of the last reward that a party got or was the subject of; NaN: none. */
  readonly lastReward: Float64Array
  /** 1 where a usage, by its `usage_index`, is disclosed as a test of the operators; 2 where a rule demands it. */
  readonly usageClass: Uint8Array
}

export const partyNotes = defineFeature({
  id: 'party-notes',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<PartyNotes> {
    const { size } = await get(countedUsage)
    const all = await get(parties)
    const labels = new Map<number, PartyLabel[]>()
    for (const { wallet_index, kind, name, source } of await ledger.rows('party-labels')) {
      const party = Number(wallet_index)
      const label = { kind: String(kind), name: name === null ? null : String(name), source: String(source) }
      labels.set(party, [...(labels.get(party) ?? []), label])
    }
    const lastReward = new Float64Array(all.parties).fill(Number.NaN)
    const rewards = await ledger.columns('last-rewards')
    rewards.wallet_index!.forEach((wallet: number | bigint, row: number) => {
      lastReward[Number(wallet)] = Number(rewards.last_at![row])
    })
    const usageClass = new Uint8Array(size)
    const classes = await ledger.columns('usage-classes')
    classes.usage_index!.forEach((usage: number | bigint, row: number) => {
      usageClass[Number(usage)] = classes.is_test![row] === 1 ? 1 : 2
    })
    return { labels, lastReward, usageClass }
  },
})
