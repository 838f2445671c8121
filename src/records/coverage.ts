import { defineTable, integer, optional, type Row, text } from './table.ts'

/**
 * One range that a source has answered in full. Block ranges are closed; times are those of its first and last row or block.
 * `checked` counts logs that an answer of another kind, or of another node, confirmed; null where nothing can be compared.
 * `spec` is the hash of everything that decided what was asked: adapter version, topics, address or wallet set, column map.
 */
export const coverage = defineTable(
  'coverage',
  {
    source: text,
    protocol: text,
    chain: text,
    table_name: text,
    from_block: optional(integer),
    to_block: optional(integer),
    from_hash: optional(text),
    to_hash: optional(text),
    from_time: optional(integer),
    to_time: optional(integer),
    spec: text,
    method: text,
    rows: integer,
    checked: optional(integer),
  },
  ['source', 'protocol', 'chain', 'table_name', 'spec', 'from_block', 'from_time', 'method'],
)
export type Coverage = Row<typeof coverage>

/** A row that could not become a fact, kept whole. `position` is the line of a file, or the key of a log. */
export const rejects = defineTable(
  'rejects',
  { source: text, table_name: text, position: text, reason: text, raw: text },
  ['source', 'table_name', 'position', 'reason', 'raw'],
)
export type Reject = Row<typeof rejects>
