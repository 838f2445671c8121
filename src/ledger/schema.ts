import { type TableName, tableNames, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'

/** Raised with every change of the tables; `migrations` holds the way from each version to the next. */
export const SCHEMA_VERSION = 1

/** Name of the table by which a DuckDB file is known to be a ledger. */
export const MARKER = 'washboard_ledger'

/** The SQL type of a column. Closed sets are enums: a wrong value cannot land, and a constant column costs a byte. */
export function sqlType(column: Column): string {
  if (column.values !== undefined) return `enum(${column.values.map((value) => `'${value}'`).join(', ')})`
  return { text: 'varchar', integer: 'bigint', amount: 'decimal(38,0)', boolean: 'boolean' }[column.type]
}

/**
 * Long texts that hardly repeat. Naming their compression spares DuckDB the trial of dictionaries, which is most of the
 * cost of writing them (`npm run bench:import`).
 */
const UNIQUE_TEXTS = new Set(['usage_id'])

/** `create table` for a table of the records, under another name where one is given. */
export function createTable(table: TableName, name: string = table, temporary = false): string {
  const columns = Object.entries<Column>(tables[table].columns).map(
    ([column, type]) =>
      `  "${column}" ${sqlType(type)}${type.nullable ? '' : ' not null'}${UNIQUE_TEXTS.has(column) && !temporary ? " using compression 'zstd'" : ''}`,
  )
  return `create ${temporary ? 'temp ' : ''}table "${name}" (\n${columns.join(',\n')}\n)`
}

/**
 * What each schema version adds to the one before. Version 1 is made of the records themselves until a version 2 exists;
 * from then on its text is frozen here and `schema.test.ts` holds both ways to the same tables.
 */
export const migrations: readonly { readonly to: number; readonly statements: () => readonly string[] }[] = [
  {
    to: 1,
    statements: () => [
      `create table ${MARKER} (schema_version bigint not null, sealed boolean not null)`,
      `insert into ${MARKER} values (0, true)`,
      ...tableNames.map((table) => createTable(table)),
    ],
  },
]
