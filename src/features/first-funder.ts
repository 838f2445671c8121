import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** Who sent a wallet its first native currency, and in which transaction. */
export type Funding = {
  readonly funder: string
  readonly chain: string
  readonly transaction: string
  readonly time: number
}

/** First funder of every party of counted usage. A wallet without a native inbound transfer in the ledger is absent. */
export const firstFunder = defineFeature({
  id: 'first-funder',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<ReadonlyMap<string, Funding>> {
    await get(countedUsage)
    const rows = await ledger.rows('first-funder')
    return new Map(
      rows.map((row) => [
        String(row.wallet),
        {
          funder: String(row.funder),
          chain: String(row.chain),
          transaction: String(row.tx_hash),
          time: Number(row.timestamp),
        },
      ]),
    )
  },
})
