import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBDecimalValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { Parameters, SqlRow, SqlValue, TypedColumns } from './ledger.ts'

/** Runs a statement for its effect and says how many rows it changed. */
export async function run(connection: DuckDBConnection, sql: string, parameters?: Parameters): Promise<number> {
  const result = await connection.run(sql, bindable(parameters))
  return result.rowsChanged
}

/** Runs `work` in one transaction: all of it lands, or nothing. */
export async function inTransaction<value>(connection: DuckDBConnection, work: () => Promise<value>): Promise<value> {
  await connection.run('begin transaction')
  try {
    const value = await work()
    await connection.run('commit')
    return value
  } catch (error) {
    await connection.run('rollback').catch(() => undefined)
    throw error
  }
}

export async function readRows(connection: DuckDBConnection, sql: string, parameters?: Parameters): Promise<SqlRow[]> {
  const reader = await connection.runAndReadAll(sql, bindable(parameters))
  const names = reader.deduplicatedColumnNames()
  const types = reader.columnTypes()
  return reader
    .getRows()
    .map((row) => Object.fromEntries(names.map((name, i) => [name, toSqlValue(row[i] ?? null, types[i])])))
}

/** BIGINT columns are read as numbers where they are safe; amounts, HUGEINT and DECIMAL are bigint always. */
function toSqlValue(value: DuckDBValue, type: DuckDBType | undefined): SqlValue {
  if (value instanceof DuckDBDecimalValue) return value.value
  if (typeof value === 'bigint') return type?.typeId === DuckDBTypeId.BIGINT ? safeNumber(value) : value
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return value.toString()
}

function safeNumber(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** Streams fixed-width columns straight into typed arrays: no object per row. */
export async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  parameters?: Parameters,
): Promise<TypedColumns> {
  const result = await connection.stream(sql, bindable(parameters))
  const names = result.deduplicatedColumnNames()
  const parts = names.map(() => [] as (Int32Array | Float64Array | BigInt64Array)[])
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    for (let i = 0; i < names.length; i++) parts[i]?.push(copyVector(chunk, i, names[i] as string))
  }
  return Object.fromEntries(names.map((name, i) => [name, concatenate(parts[i] ?? [], result.columnType(i))]))
}

function copyVector(chunk: DuckDBDataChunk, column: number, name: string): Int32Array | Float64Array | BigInt64Array {
  const items = (chunk.getColumnVector(column) as unknown as { items?: unknown }).items
  if (items instanceof Int32Array || items instanceof Float64Array || items instanceof BigInt64Array)
    return items.slice()
  throw new TypeError(`column ${name} is not INTEGER, BIGINT or DOUBLE; cast it in the query`)
}

function concatenate(parts: (Int32Array | Float64Array | BigInt64Array)[], type: DuckDBType) {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const empty =
    type.typeId === DuckDBTypeId.INTEGER
      ? new Int32Array(length)
      : type.typeId === DuckDBTypeId.BIGINT
        ? new BigInt64Array(length)
        : new Float64Array(length)
  let offset = 0
  for (const part of parts) {
    ;(empty as Float64Array).set(part as Float64Array, offset)
    offset += part.length
  }
  return empty
}

function bindable(parameters: Parameters | undefined): Record<string, DuckDBValue> | undefined {
  return parameters === undefined ? undefined : { ...parameters }
}
