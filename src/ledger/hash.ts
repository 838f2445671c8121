import { createHash } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import { mergeRanges } from '../records/block-range.ts'
import type { Coverage } from '../records/coverage.ts'
import { type TableName, tableNames, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'
import { readRows } from './connection.ts'
import type { Parameters } from './ledger.ts'
import { SCHEMA_VERSION } from './schema.ts'
import { textBytes } from './text-bytes.ts'

/**
 * SHA-256 over every row sorted by key, table after table, and over coverage merged into maximal intervals.
 * It does not depend on the order of arrival, on how ranges were cut, on paths or on the clock.
 */
export async function hashLedger(connection: DuckDBConnection): Promise<string> {
  const hash = createHash('sha256')
  hash.update(`washboard ledger ${SCHEMA_VERSION}\n`)
  for (const table of tableNames) {
    if (table === 'coverage') continue
    hash.update(`${table}\n`)
    for await (const line of sortedLines(connection, table)) hash.update(line)
  }
  hash.update('coverage\n')
  const coverage = (await readRows(connection, 'select * from coverage')) as unknown as Coverage[]
  for (const line of mergedCoverage(coverage)) hash.update(`${line}\n`)
  return hash.digest('hex')
}

/** Rows as lines, in the order of their key. Chain by chain where that leads the key: beyond it, a sort compares what differs. */
async function* sortedLines(connection: DuckDBConnection, table: TableName): AsyncGenerator<Uint8Array> {
  const [first, ...rest] = tables[table].key
  const select = `select ${lineOf(table)} as line from "${table}"`
  if (first !== 'chain') return yield* bytesOf(connection, `${select} order by ${orderBy([first, ...rest])}`)
  for (const { chain } of await readRows(connection, `select distinct chain from "${table}" order by chain`))
    yield* bytesOf(connection, `${select} where chain = $chain order by ${orderBy(rest)}`, { chain: chain ?? null })
}

const orderBy = (key: readonly (string | undefined)[]) => key.map((name) => `"${name}" nulls first`).join(', ')

/** A row as text: fields with a separator between them, a NUL where there is none, and the end of the line. */
function lineOf(table: TableName): string {
  const fields = Object.entries<Column>(tables[table].columns).map(([name, { nullable }]) =>
    nullable ? `coalesce(cast("${name}" as varchar), chr(0))` : `"${name}"`,
  )
  return `concat(${fields.join(', chr(31), ')}, chr(10))`
}

async function* bytesOf(connection: DuckDBConnection, sql: string, parameters?: Parameters) {
  const result = await connection.stream(sql, { ...parameters })
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield* textBytes(chunk, 0)
  }
}

/** One line a maximal interval. Rows of a file keep their own line; block ranges that touch become one. */
export function mergedCoverage(coverage: readonly Coverage[]): string[] {
  const groups = new Map<string, Coverage[]>()
  for (const row of coverage) {
    const group = JSON.stringify([row.source, row.protocol, row.chain, row.table_name, row.spec, row.method])
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  const lines: string[] = []
  for (const [group, rows] of groups) {
    const blocks = rows.flatMap((row) =>
      row.from_block === null || row.to_block === null ? [] : [{ from: row.from_block, to: row.to_block }],
    )
    for (const { from, to } of mergeRanges(blocks)) {
      const inside = rows.filter((row) => row.from_block !== null && row.from_block >= from && row.from_block <= to)
      const rowsInside = inside.reduce((sum, row) => sum + row.rows, 0)
      lines.push(JSON.stringify([group, from, to, rowsInside]))
    }
    for (const row of rows)
      if (row.from_block === null) lines.push(JSON.stringify([group, row.from_time, row.to_time, row.rows]))
  }
  return lines.sort()
}
