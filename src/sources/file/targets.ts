import { type TableName, tables } from '../../records/index.ts'
import type { Column } from '../../records/table.ts'

/** How the text of a column is checked. */
export type Role = 'party' | 'hash' | 'asset' | 'amount' | 'time' | 'integer' | 'text' | 'choice' | 'boolean'

export type TargetColumn = {
  readonly name: string
  readonly role: Role
  readonly required: boolean
  readonly values?: readonly string[]
}

/**
 * A table that files can be imported into. `usage` is one row a paid use and becomes an event with its price leg; the
 * team of its consumer becomes a link, the consumer's target of the week a window, and a leaderboard a programme.
 */
export type ImportTable = 'usage' | Exclude<TableName, 'coverage' | 'rejects' | 'usage_events' | 'payments'>

export const importTables: readonly ImportTable[] = [
  'usage',
  'transfers',
  'rewards',
  'labels',
  'links',
  'wallets',
  'assets',
  'protocols',
  'programmes',
  'rates',
  'windows',
  'claims',
]

const parties = new Set([
  'from',
  'to',
  'consumer',
  'provider',
  'evaluator',
  'tx_from',
  'recipient',
  'subject',
  'object',
  'address',
  'payer',
  'payee',
])
const times = new Set(['timestamp', 'created', 'from_time', 'to_time'])

/** Columns that the importer fills itself when the file does not: in every table, and in those with a key of their own. */
const filled = new Set(['chain', 'protocol', 'source'])
const defaulted = new Set(['tx_hash', 'log_index', 'sub_index', 'trace_path', 'n', 'kind'])

function isDefaulted(table: ImportTable, column: string): boolean {
  return filled.has(column) || (keyed(table) && defaulted.has(column))
}

/** The columns a file may fill, in the order of the table. */
export function targetColumns(table: ImportTable): readonly TargetColumn[] {
  if (table === 'usage') return usageColumns
  return Object.entries<Column>(tables[table].columns)
    .filter(([name]) => name !== 'source')
    .map(([name, column]) => describeColumn(name, column, !column.nullable && !isDefaulted(table, name)))
}

/** Whether rows of the table stand in a transaction and so can take a key from the file. */
export function keyed(table: ImportTable): boolean {
  return table === 'usage' || table === 'transfers' || table === 'rewards'
}

function describeColumn(name: string, column: Column, required: boolean): TargetColumn {
  const base = { name, required, ...(column.values === undefined ? {} : { values: column.values }) }
  if (column.values !== undefined) return { ...base, role: 'choice' }
  if (name === 'tx_hash') return { ...base, role: 'hash' }
  if (name === 'asset') return { ...base, role: 'asset' }
  if (parties.has(name)) return { ...base, role: 'party' }
  if (times.has(name)) return { ...base, role: 'time' }
  const roles = { text: 'text', integer: 'integer', amount: 'amount', boolean: 'boolean' } as const
  return { ...base, role: roles[column.type] }
}

const events = tables.usage_events.columns
const optionalColumn = (name: string, role: Role): TargetColumn => ({ name, role, required: false })

const usageColumns: readonly TargetColumn[] = [
  optionalColumn('chain', 'text'),
  optionalColumn('tx_hash', 'hash'),
  optionalColumn('log_index', 'integer'),
  optionalColumn('block_number', 'integer'),
  { name: 'timestamp', role: 'time', required: true },
  { name: 'consumer', role: 'party', required: true },
  { name: 'provider', role: 'party', required: true },
  optionalColumn('payer', 'party'),
  optionalColumn('payee', 'party'),
  optionalColumn('asset', 'asset'),
  optionalColumn('amount', 'amount'),
  optionalColumn('usage_id', 'text'),
  { name: 'kind', role: 'choice', required: false, values: events.kind.values },
  optionalColumn('tx_from', 'party'),
  optionalColumn('service', 'text'),
  optionalColumn('units', 'amount'),
  optionalColumn('unit_kind', 'text'),
  optionalColumn('payload_hash', 'text'),
  optionalColumn('team', 'text'),
  optionalColumn('target', 'amount'),
  optionalColumn('leaderboard', 'text'),
  { name: 'class', role: 'choice', required: false, values: events.class.values },
]
