import { DuckDBInstance } from '@duckdb/node-api'
import type { BlockRange } from '../records/block-range.ts'

/** The tables that are compared, each by what names a row in both sources. */
export const comparedTables = {
  usage_events: ['usage_id', 'kind'],
  payments: ['usage_id', 'event_kind', 'leg'],
  usage: ['usage_id'],
} as const
export type ComparedTable = keyof typeof comparedTables

/** A row that one source has and the other lacks. `block`, `txHash` and `logIndex` are null where the row has none. */
export type LoneRow = {
  readonly table: ComparedTable
  readonly usageId: string
  /** The kind of event, and the leg of a payment; empty for a usage. */
  readonly kind: string
  readonly block: number | null
  readonly txHash: string | null
  readonly logIndex: number | null
}

/** One column of one row in which both sources know a value, and not the same. Amounts and times as they are stored. */
export type Difference = Omit<LoneRow, 'logIndex'> & {
  readonly column: string
  readonly used: string
  readonly against: string
}

/** How many rows one source knows a column of and the other does not. */
export type Unknown = { readonly table: ComparedTable; readonly column: string; readonly rows: number }

export type Comparison = {
  /** Rows found in both, a table. */
  readonly compared: { readonly [table in ComparedTable]: number }
  readonly missing: { readonly total: number; readonly rows: readonly LoneRow[] }
  readonly extra: { readonly total: number; readonly rows: readonly LoneRow[] }
  readonly different: { readonly total: number; readonly rows: readonly Difference[] }
  readonly unknown: readonly Unknown[]
}

type Sql = (text: string) => Promise<{ readonly [column: string]: unknown }[]>

/** Lists hold the first so many of each table in the order of the chain; totals count all. */
const LISTED = 500

/**
 * Compares the Parquet files of two ledgers (`<folder>/used-<table>.parquet` and `against-`) inside DuckDB, so that no
 * row becomes an object but those that differ. Rows of one name are numbered in the order of the chain.
 */
export async function compareTables(folder: string, ranges: readonly BlockRange[]): Promise<Comparison> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const sql: Sql = async (text) => (await connection.runAndReadAll(text)).getRowObjectsJS()
  try {
    for (const side of ['used', 'against'] as const) await load(sql, folder, side, ranges)
    const tables = Object.keys(comparedTables) as ComparedTable[]
    const results: Awaited<ReturnType<typeof compareTable>>[] = []
    for (const table of tables) results.push(await compareTable(sql, table))
    const listed = (name: 'missing' | 'extra' | 'different') => ({
      total: results.reduce((sum, result) => sum + result[name].total, 0),
      rows: results.flatMap((result) => result[name].rows as never[]),
    })
    return {
      compared: Object.fromEntries(tables.map((table, i) => [table, results[i]!.compared])) as Comparison['compared'],
      missing: listed('missing'),
      extra: listed('extra'),
      different: listed('different'),
      unknown: results.flatMap(({ unknown }) => unknown),
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Rows inside the ranges that both have read; a usage counts where none of its events, in either, lies outside. */
async function load(sql: Sql, folder: string, side: 'used' | 'against', ranges: readonly BlockRange[]): Promise<void> {
  const file = (name: string) => `read_parquet('${`${folder}/${name}.parquet`.replaceAll("'", "''")}')`
  const inside = ranges.map(({ from, to }) => `block_number between ${from} and ${to}`).join(' or ')
  for (const table of ['usage_events', 'payments'] as const) {
    const key = comparedTables[table].join(', ')
    await sql(
      `create table ${side}_${table} as
       select *, row_number() over (partition by ${key} order by block_number, log_index, sub_index, tx_hash) as turn
       from ${file(`${side}-${table}`)} where ${inside}`,
    )
  }
  await sql(
    `create table ${side}_usage as select *, 1 as turn from ${file(`${side}-usage`)} where usage_id not in (
       select usage_id from ${file('used-usage_events')} where (${inside}) is not true
       union all select usage_id from ${file('against-usage_events')} where (${inside}) is not true)`,
  )
}

async function compareTable(sql: Sql, table: ComparedTable) {
  const key = [...comparedTables[table], 'turn']
  const same = key.map((name) => `a."${name}" = b."${name}"`).join(' and ')
  const both = `used_${table} as a join against_${table} as b on ${same}`
  const names = (await sql(`describe used_${table}`)).map(({ column_name }) => String(column_name))
  const columns = names.filter((name) => ![...key, 'protocol', 'chain'].includes(name))
  const [counts] = await sql(
    `select count(*) as compared, ${columns
      .map(
        (name) =>
          `count(*) filter (a."${name}" <> b."${name}") as "${name}", ` +
          `count(*) filter ((a."${name}" is null) <> (b."${name}" is null)) as "${name}?"`,
      )
      .join(', ')} from ${both}`,
  )
  const rows = (name: string) => Number(counts?.[name])
  const wrong = columns.filter((name) => rows(name) > 0)
  return {
    compared: rows('compared'),
    missing: await loneRows(sql, table, 'used', 'against', same),
    extra: await loneRows(sql, table, 'against', 'used', same),
    different: {
      total: wrong.reduce((sum, name) => sum + rows(name), 0),
      rows: wrong.length === 0 ? [] : await differences(sql, table, wrong, both),
    },
    unknown: columns.flatMap((column) => (rows(`${column}?`) > 0 ? [{ table, column, rows: rows(`${column}?`) }] : [])),
  }
}

const kindOf = (table: ComparedTable) =>
  ({ usage_events: 'a.kind', payments: `a.event_kind || ' leg ' || a.leg`, usage: `''` })[table]

async function loneRows(sql: Sql, table: ComparedTable, one: string, other: string, same: string) {
  const lone = `from ${one}_${table} as a anti join ${other}_${table} as b on ${same}`
  const [count] = await sql(`select count(*) as n ${lone}`)
  const found = await sql(
    `select a.usage_id as "usageId", ${kindOf(table)} as kind, a.block_number as block, a.tx_hash as "txHash",
       a.log_index as "logIndex" ${lone}
     order by a.block_number, a.log_index, a.usage_id, kind, a.turn limit ${LISTED}`,
  )
  return { total: Number(count?.n), rows: found.map((row) => ({ table, ...plain(row) }) as LoneRow) }
}

async function differences(sql: Sql, table: ComparedTable, columns: readonly string[], both: string) {
  const found = await sql(
    `${columns
      .map(
        (name) =>
          `select a.usage_id as "usageId", ${kindOf(table)} as kind, a.block_number as block, a.tx_hash as "txHash",
             '${name}' as "column", a."${name}"::varchar as used, b."${name}"::varchar as against
           from ${both} where a."${name}" <> b."${name}"`,
      )
      .join(' union all ')} order by block, "usageId", kind, "column" limit ${LISTED}`,
  )
  return found.map((row) => ({ table, ...plain(row) }) as Difference)
}

/** DuckDB hands out BIGINT as bigint; blocks and log indexes are far below 2^53. */
function plain(row: { readonly [column: string]: unknown }) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  )
}
