import { type DuckDBConnection, DuckDBDataChunk, DuckDBDecimalValue, type DuckDBValue } from '@duckdb/node-api'
import { type Batch, type TableName, tableNames, tables } from '../records/index.ts'
import { type Column, MAX_AMOUNT } from '../records/table.ts'
import { inTransaction, readRows, run } from './connection.ts'
import { type KeptColumns, LedgerError, type Merged, type MergeSummary } from './ledger.ts'
import { mergeStaged, sealTable } from './merge.ts'
import { createTable, MARKER } from './schema.ts'

/** Rows a data chunk holds; DuckDB's own vector size. */
const CHUNK_ROWS = 2048

/** Tables whose merge looks into the blocks of a batch only. */
export const tablesToSeal = tableNames.filter((table) => 'block_number' in tables[table].columns)

type AnyRow = { readonly [column: string]: string | number | bigint | boolean | null }

/** Writes rows column by column into a staging table, then merges each table by its key, all in one transaction. */
export async function append(connection: DuckDBConnection, batch: Batch): Promise<MergeSummary> {
  return inTransaction(connection, async () => {
    const summary: { [table in TableName]?: Merged } = {}
    for (const table of tableNames) {
      const rows = batch.facts[table] as readonly AnyRow[] | undefined
      if (rows === undefined || rows.length === 0) continue
      const staged = `staged_${table}`
      await run(connection, `drop table if exists temp.${staged}`)
      await run(connection, createTable(table, staged))
      await stage(connection, table, staged, rows)
      summary[table] = await mergeStaged(connection, table, staged)
      await run(connection, `drop table temp.${staged}`)
    }
    if (tablesToSeal.some((table) => (batch.facts[table]?.length ?? 0) > 0))
      await run(connection, `update ${MARKER} set sealed = false where sealed`)
    return summary
  })
}

async function stage(connection: DuckDBConnection, table: TableName, staged: string, rows: readonly AnyRow[]) {
  const columns = Object.entries<Column>(tables[table].columns)
  const appender = await connection.createAppender(staged, 'main', 'temp')
  const types = columns.map((_, i) => appender.columnType(i))
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const slice = rows.slice(start, start + CHUNK_ROWS)
    const chunk = DuckDBDataChunk.create(types, slice.length)
    chunk.setColumns(
      columns.map(([name, column]) => slice.map((row) => toDuckDb(table, name, column, row[name] ?? null))),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

function toDuckDb(table: string, name: string, column: Column, value: AnyRow[string]): DuckDBValue {
  if (value === null || value === undefined) {
    if (column.nullable) return null
    throw notStorable(table, name, 'nothing', 'a value')
  }
  if (column.type === 'amount') {
    if (typeof value !== 'bigint' || value < 0n || value > MAX_AMOUNT)
      throw notStorable(table, name, String(value), 'a bigint from 0 to 10^38 − 1')
    return new DuckDBDecimalValue(value, 38, 0)
  }
  if (column.type === 'integer') {
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      throw notStorable(table, name, String(value), 'a whole number')
    return BigInt(value)
  }
  if (column.values !== undefined && !column.values.includes(value as string))
    throw notStorable(table, name, String(value), `one of ${column.values.join(', ')}`)
  return value
}

function notStorable(table: string, column: string, value: string, wanted: string): LedgerError {
  return new LedgerError(`A row for ${table} holds ${value} in ${column}, where the ledger takes ${wanted}.`, {
    fix: 'Correct the decoder that wrote the row; what cannot be stored exactly belongs in rejects.',
  })
}

/** Settles what the merges of single batches could not see. Every reader finds the ledger sealed. */
export async function seal(connection: DuckDBConnection): Promise<void> {
  const [row] = await readRows(connection, `select sealed from ${MARKER}`)
  if (row?.sealed === true) return
  await inTransaction(connection, async () => {
    for (const table of tablesToSeal) await sealTable(connection, table)
    await run(connection, `update ${MARKER} set sealed = true`)
  })
}

type KeptTexts = Extract<KeptColumns[string], { readonly type: 'text' | 'amount' }>
type KeptNumbers = Exclude<KeptColumns[string], KeptTexts>
const KEPT_TYPES = {
  ...{ integer: 'integer', bigint: 'bigint', double: 'double' },
  ...{ text: 'varchar', amount: 'decimal(38,0)' },
} as const

/** Stores columns as a temporary table: results that were computed outside SQL and that later queries join. */
export async function keep(connection: DuckDBConnection, name: string, columns: KeptColumns): Promise<void> {
  const entries = Object.entries(columns)
  const list = entries.map(([column, { type }]) => `"${column}" ${KEPT_TYPES[type]}`).join(', ')
  await run(connection, `create or replace temp table "${name}" (${list})`)
  const appender = await connection.createAppender(name, 'main', 'temp')
  const types = entries.map((_, i) => appender.columnType(i))
  const rows = entries[0]?.[1].values.length ?? 0
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const end = Math.min(rows, start + CHUNK_ROWS)
    const chunk = DuckDBDataChunk.create(types, end - start)
    entries.forEach(([, column], i) => {
      if (column.type === 'text' || column.type === 'amount') chunk.setColumnValues(i, sliceTexts(column, start, end))
      else copyNumbers(chunk, i, column.values.subarray(start, end))
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** A typed array has the form of its vector, so no value is looked at. */
function copyNumbers(chunk: DuckDBDataChunk, column: number, values: KeptNumbers['values']): void {
  const vector = chunk.getColumnVector(column)
  const { items } = vector as unknown as { readonly items: KeptNumbers['values'] }
  ;(items as Int32Array).set(values as Int32Array)
  vector.flush()
}

function sliceTexts(column: KeptTexts, start: number, end: number): DuckDBValue[] {
  if (column.type === 'amount')
    return column.values.slice(start, end).map((value) => new DuckDBDecimalValue(value, 38, 0))
  return column.values.slice(start, end)
}
