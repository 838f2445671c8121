import { amount, defineTable, integer, optional, type Row, text } from './table.ts'

/** One reward that an incentive programme paid or granted: the motive behind usage. */
export const rewards = defineTable(
  'rewards',
  {
    chain: text,
    tx_hash: text,
    log_index: integer,
    sub_index: integer,
    protocol: text,
    programme: text,
    block_number: optional(integer),
    timestamp: integer,
    recipient: text,
    subject: optional(text),
    asset: optional(text),
    amount: optional(amount),
    epoch: optional(text),
    basis: optional(text),
    source: text,
  },
  ['chain', 'tx_hash', 'log_index', 'sub_index'],
)
export type Reward = Row<typeof rewards>
