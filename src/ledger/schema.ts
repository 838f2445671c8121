import { type TableName, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'
import { MARKER, schemaV1 } from './schema-v1.ts'

export { MARKER } from './schema-v1.ts'

/** Raised with every change of the tables; `migrations` holds the way from each version to the next. */
export const SCHEMA_VERSION = 3

/** The SQL type of a column. Closed sets are enums: a wrong value cannot land, and a constant column costs a byte. */
export function sqlType(column: Column): string {
  if (column.values !== undefined) return `enum(${column.values.map((value) => `'${value}'`).join(', ')})`
  return { text: 'varchar', integer: 'bigint', amount: 'decimal(38,0)', boolean: 'boolean' }[column.type]
}

/** `create table` for a table of the records as they are now, under another name. */
export function createTable(table: TableName, name: string): string {
  const columns = Object.entries<Column>(tables[table].columns).map(
    ([column, type]) => `  "${column}" ${sqlType(type)}${type.nullable ? '' : ' not null'}`,
  )
  return `create temp table "${name}" (\n${columns.join(',\n')}\n)`
}

/**
 * What each schema version adds to the one before. A new ledger goes the same way as an old one, and `schema.test.ts`
 * holds where it arrives to the records.
 */
export const migrations: readonly { readonly to: number; readonly statements: readonly string[] }[] = [
  {
    to: 1,
    statements: [
      `create table ${MARKER} (schema_version bigint not null, sealed boolean not null)`,
      `insert into ${MARKER} values (0, true)`,
      ...schemaV1,
    ],
  },
  { to: 2, statements: ['alter table coverage add column checked bigint'] },
  {
    to: 3,
    statements: [
      `create table rates (
        protocol varchar not null, programme varchar not null, metric varchar not null, "value" varchar,
        from_time bigint not null, to_time bigint, url varchar, "source" varchar not null
      )`,
    ],
  },
]
