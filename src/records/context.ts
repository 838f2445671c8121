import { amount, boolean, defineTable, integer, oneOf, optional, type Row, text } from './table.ts'

/** Kinds of label under which a wallet serves many people, so that value through it links nobody. */
export const serviceKinds = [
  'exchange',
  'deposit',
  'bridge',
  'faucet',
  'relayer',
  'bundler',
  'paymaster',
  'facilitator',
  'router',
  'mixer',
  'multisender',
] as const
export const labelKinds = [...serviceKinds, 'team', 'operator-test', 'attested', 'contract'] as const
export type LabelKind = (typeof labelKinds)[number]

/** What a source says an address is. `chain` null: on every EVM chain. `as_of` is an ISO date. */
export const labels = defineTable(
  'labels',
  {
    address: text,
    chain: optional(text),
    kind: oneOf(labelKinds),
    name: optional(text),
    source: text,
    as_of: optional(text),
  },
  ['address', 'chain', 'kind', 'source'],
)
export type Label = Row<typeof labels>

export const linkKinds = ['owner', 'signer', 'operator', 'delegate', 'member'] as const

/** `object` holds power over `subject` (owner, signer, operator, delegate) or is its team (member, no ownership evidence). */
export const links = defineTable(
  'links',
  {
    chain: text,
    subject: text,
    object: text,
    kind: oneOf(linkKinds),
    from_block: optional(integer),
    to_block: optional(integer),
    source: text,
  },
  ['chain', 'subject', 'object', 'kind', 'from_block'],
)
export type Link = Row<typeof links>

/** What is known of a wallet itself. `account_type`: eoa, contract, 4337, 7702, safe. */
export const wallets = defineTable(
  'wallets',
  {
    chain: text,
    address: text,
    created: optional(integer),
    account_type: optional(text),
    code_hash: optional(text),
    source: text,
  },
  ['chain', 'address'],
)
export type Wallet = Row<typeof wallets>

/**
 * A unit of value. `declared`: a protocol or the user vouches for it, so value measures may use it.
 * `peg` is `USD` where one unit is taken to be worth one US dollar (stated in the report); null: needs a price.
 */
export const assets = defineTable(
  'assets',
  {
    chain: text,
    asset: text,
    symbol: optional(text),
    decimals: optional(integer),
    declared: boolean,
    peg: optional(text),
    source: text,
  },
  ['chain', 'asset'],
)
export type Asset = Row<typeof assets>

/** What the network's own public figure counts: statuses (comma-separated) and the time by which it counts them. */
export const protocolRecords = defineTable(
  'protocols',
  {
    protocol: text,
    adapter_version: integer,
    metric_statuses: text,
    metric_time: text,
    unit_kind: optional(text),
    source: text,
  },
  ['protocol', 'adapter_version'],
)
export type ProtocolRecord = Row<typeof protocolRecords>

/** An incentive programme that counts usage. `visibility`: public, private, or the date-bound text of its source. */
export const programmes = defineTable(
  'programmes',
  {
    protocol: text,
    programme: text,
    chain: optional(text),
    counted: optional(text),
    rank_cut: optional(integer),
    visibility: optional(text),
    url: optional(text),
    source: text,
  },
  ['protocol', 'programme'],
)
export type Programme = Row<typeof programmes>

/**
 * How the terms of a programme changed: the value of a metric for [from_time, to_time), as a decimal text (null: without
 * limit). `to_time` null: not ended as far as the source says.
 */
export const rates = defineTable(
  'rates',
  {
    protocol: text,
    programme: text,
    metric: text,
    value: optional(text),
    from_time: integer,
    to_time: optional(integer),
    url: optional(text),
    source: text,
  },
  ['protocol', 'programme', 'metric', 'from_time'],
)
export type Rate = Row<typeof rates>

/** One window [from_time, to_time) in which a programme counts the usage of a subject against a target. */
export const windows = defineTable(
  'windows',
  {
    protocol: text,
    programme: text,
    subject: text,
    from_time: integer,
    to_time: integer,
    counted: optional(amount),
    target: optional(amount),
    reward: optional(amount),
    source: text,
  },
  ['protocol', 'programme', 'subject', 'from_time'],
)
export type Window = Row<typeof windows>

/**
 * What the protocol itself reports or says, with where and when it said so. `value` is a decimal text. Metric `usage-counts`
 * with value 0: it says that usage does not count for what it pays or decides.
 */
export const claims = defineTable(
  'claims',
  {
    protocol: text,
    metric: text,
    value: optional(text),
    from_time: optional(integer),
    to_time: optional(integer),
    url: text,
    quote: optional(text),
    date: text,
    source: text,
  },
  ['protocol', 'metric', 'url', 'date'],
)
export type Claim = Row<typeof claims>
