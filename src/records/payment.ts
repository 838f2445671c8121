import { amount, defineTable, integer, oneOf, optional, type Row, text } from './table.ts'
import { eventKinds } from './usage-event.ts'

/** What a leg of a payment is for. `principal` and stakes are not the price of anything. */
export const paymentKinds = [
  'price',
  'net',
  'platform-fee',
  'evaluator-fee',
  'provider-fee',
  'refund',
  'principal',
  'stake',
  'stake-return',
  'subsidy',
] as const
export type PaymentKind = (typeof paymentKinds)[number]

/**
 * One leg of the payment for a usage; the key is the key of its event and the number of the leg.
 * `asset` is a token address, `native` for the chain's own currency, or any id a file declares.
 * Amounts are in the smallest unit of the asset. `expected_amount` is a mean where the amount is sampled (lottery tickets).
 */
export const payments = defineTable(
  'payments',
  {
    chain: text,
    tx_hash: text,
    log_index: integer,
    sub_index: integer,
    event_kind: oneOf(eventKinds),
    leg: integer,
    protocol: text,
    usage_id: text,
    block_number: optional(integer),
    timestamp: integer,
    from: optional(text),
    to: optional(text),
    asset: optional(text),
    amount: optional(amount),
    expected_amount: optional(amount),
    kind: oneOf(paymentKinds),
    source: text,
  },
  ['chain', 'tx_hash', 'log_index', 'sub_index', 'event_kind', 'leg'],
)
export type Payment = Row<typeof payments>
