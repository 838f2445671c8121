import { amount, defineTable, integer, oneOf, optional, type Row, text } from './table.ts'

/** How value moved. `n` on a transfer above 1 means several that a source had already counted together. */
export const transferKinds = ['native', 'erc20', 'erc721', 'internal', 'bridge'] as const
export type TransferKind = (typeof transferKinds)[number]

/**
 * One movement of value between wallets. `log_index` is −1 where there is no log (native and internal transfers);
 * `trace_path` then tells several of one transaction apart: empty for its own value, else the number of the move among
 * those by calls, from 1, or what a file says.
 * `amount` is null for a token that has none (ERC-721 carries `token_id`).
 * `usage_id` is set where the decoder knows that this transfer settles a usage; see `settlements.sql` for the rest.
 */
export const transfers = defineTable(
  'transfers',
  {
    chain: text,
    tx_hash: text,
    log_index: integer,
    trace_path: text,
    block_number: optional(integer),
    timestamp: optional(integer),
    from: text,
    to: text,
    asset: optional(text),
    amount: optional(amount),
    token_id: optional(text),
    n: integer,
    kind: oneOf(transferKinds),
    usage_id: optional(text),
    source: text,
  },
  ['chain', 'tx_hash', 'log_index', 'trace_path'],
)
export type Transfer = Row<typeof transfers>
