import type { MalformedLog } from './decode-transaction.ts'
import type { RawLog, RawTransaction, UnsourcedFacts } from './protocol.ts'

/** `Transfer(address,address,uint256)`, the same hash for ERC-20 and ERC-721; see `abis/erc20.ts`. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

type TransferRow = NonNullable<UnsourcedFacts['transfers']>[number]

/**
 * The token transfers of a transaction. ERC-20 indexes the parties and keeps the amount in the data; ERC-721 indexes
 * the token's id as well and has no data. Other layouts under the same hash (early tokens that index nothing, tokens
 * that append data) are neither and stand in `malformed`. Amounts can be above what the ledger holds: see
 * `withoutOversized`.
 */
export function tokenTransfers(raw: RawTransaction): {
  readonly transfers: readonly TransferRow[]
  readonly malformed: readonly MalformedLog[]
} {
  const transfers: TransferRow[] = []
  const malformed: MalformedLog[] = []
  for (const log of raw.logs) {
    if (log.topics[0] !== TRANSFER_TOPIC) continue
    const shape = shapeOf(log)
    if (shape === null) malformed.push({ log, reason: 'Transfer is neither ERC-20 nor ERC-721' })
    else transfers.push(transferRow(raw, log, shape))
  }
  return { transfers, malformed }
}

/** 66 characters are one word, 2 are none. */
function shapeOf({ topics, data }: RawLog): 'erc20' | 'erc721' | null {
  if (topics.some((topic) => topic.length !== 66)) return null
  if (topics.length === 3 && data.length === 66) return 'erc20'
  return topics.length === 4 && data === '0x' ? 'erc721' : null
}

function transferRow(raw: RawTransaction, log: RawLog, kind: 'erc20' | 'erc721'): TransferRow {
  return {
    chain: raw.chain,
    tx_hash: raw.hash,
    log_index: log.logIndex,
    trace_path: '',
    block_number: raw.blockNumber,
    timestamp: raw.timestamp,
    from: `0x${log.topics[1]!.slice(26)}`,
    to: `0x${log.topics[2]!.slice(26)}`,
    asset: log.address,
    amount: kind === 'erc20' ? BigInt(log.data) : null,
    token_id: kind === 'erc721' ? BigInt(log.topics[3]!).toString() : null,
    n: 1,
    kind,
    usage_id: null,
  }
}
