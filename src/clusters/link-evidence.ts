import type { Ledger } from '../ledger/ledger.ts'
import type { ClusterLink } from './wallet-clusters.ts'

/** A transfer that speaks for a link: between one of its wallets and another that both deal with, or between the two. */
export type LinkTransfer = {
  readonly chain: string
  readonly transaction: string
  readonly logIndex: number
  /** UTC ms; null: not known. */
  readonly time: number | null
  readonly from: string
  readonly to: string
}

/**
 * Transfers for each link, the earliest first, at most so many each. Wallets in lockstep and owners that a registry names
 * may have none. The wallets of the ledger must be numbered (`wallets`).
 */
export async function linkEvidence(
  ledger: Ledger,
  names: readonly string[],
  links: readonly ClusterLink[],
  most: number,
): Promise<LinkTransfer[][]> {
  const found = links.map((): LinkTransfer[] => [])
  if (links.length === 0) return found
  await ledger.keep('cluster_links', {
    link_index: { type: 'integer', values: Int32Array.from(links, (_, i) => i) },
    first_wallet: { type: 'text', values: links.map(({ first }) => names[first]!) },
    second_wallet: { type: 'text', values: links.map(({ second }) => names[second]!) },
  })
  for (const row of await ledger.rows('link-evidence', { most })) {
    found[Number(row.link_index)]!.push({
      chain: String(row.chain),
      transaction: String(row.tx_hash),
      logIndex: Number(row.log_index),
      time: row.timestamp === null || row.timestamp === undefined ? null : Number(row.timestamp),
      from: String(row.from),
      to: String(row.to),
    })
  }
  return found
}
