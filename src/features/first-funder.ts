import type { Ledger } from '../ledger/ledger.ts'

/** Who sent a wallet its first native currency, and in which transaction. */
export type Funding = {
  readonly funder: string
  readonly chain: string
  readonly transaction: string
  readonly time: number
}

/** First funder of each wallet. A wallet without a native inbound transfer in the ledger is absent. */
export async function firstFunders(ledger: Ledger, wallets: readonly string[]): Promise<ReadonlyMap<string, Funding>> {
  await ledger.keep('asked_wallets', { wallet: { type: 'text', values: [...new Set(wallets)] } })
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
}
