import { amount, defineTable, integer, oneOf, optional, type Row, text } from './table.ts'

/** What happened to a usage. `feedback` and `read` say something of it without moving it on. */
export const eventKinds = [
  'requested',
  'priced',
  'funded',
  'delivered',
  'settled',
  'refunded',
  'rejected',
  'expired',
  'reused',
  'feedback',
  'feedback-revoked',
  'read',
] as const
export type EventKind = (typeof eventKinds)[number]

/** Where a row's parties and price come from, the surest first. */
export const attributions = ['event', 'same-tx', 'view-call', 'price-match', 'declared'] as const

/** Usage that the network's own rules demand, or that its operators run as a test, is told apart from ordinary usage. */
export const usageClasses = ['ordinary', 'operator-test', 'rule-required'] as const

/**
 * One event in the life of one paid use of a service. One log can hold many uses: one row each.
 *
 * `timestamp` is UTC in milliseconds. `consumer` is whose balance pays, never the sender of the transaction,
 * which stands in `tx_from`. `units` counts what was used (tokens, compute) in `unit_kind`.
 * A row without a log has the key `file:<sha256>` with its row number, or `read:<block hash>:<usage_id>` with −1.
 */
export const usageEvents = defineTable(
  'usage_events',
  {
    chain: text,
    tx_hash: text,
    log_index: integer,
    sub_index: integer,
    kind: oneOf(eventKinds),
    protocol: text,
    usage_id: text,
    block_number: optional(integer),
    timestamp: integer,
    consumer: optional(text),
    provider: optional(text),
    evaluator: optional(text),
    tx_from: optional(text),
    service: optional(text),
    units: optional(amount),
    expected_units: optional(amount),
    unit_kind: optional(text),
    payload_hash: optional(text),
    attribution: oneOf(attributions),
    class: oneOf(usageClasses),
    source: text,
  },
  ['chain', 'tx_hash', 'log_index', 'sub_index', 'kind'],
)
export type UsageEvent = Row<typeof usageEvents>
