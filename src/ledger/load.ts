import type { DuckDBConnection } from '@duckdb/node-api'
import { type TableName, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'
import { inTransaction, readRows, run } from './connection.ts'
import { LedgerError, type Load, type LoadSummary, type Merged, type Placed } from './ledger.ts'
import { mergeStaged } from './merge.ts'
import { createTable, MARKER } from './schema.ts'

export async function load(connection: DuckDBConnection, plan: Load): Promise<LoadSummary> {
  try {
    await stage(connection, plan)
    const { source, inserts } = await plan.placed
    const unreadable = await numberRecords(connection, plan)
    const [read] = await readRows(connection, 'select count(*) as n, count(reason) as bad from temp.staged_file')
    const rejected = Number(read?.bad ?? 0) + unreadable
    const summary = { read: Number(read?.n ?? 0) + unreadable, rejected }
    if (await isKnown(connection, plan, source))
      return { ...summary, merged: { [plan.table]: { added: 0, known: summary.read - rejected, conflicting: 0 } } }
    // Each record carries its number, so its row may land anywhere: DuckDB writes about twice as fast without an order.
    await run(connection, 'set preserve_insertion_order = false')
    return { ...summary, merged: await insertAll(connection, inserts) }
  } finally {
    await run(connection, 'set preserve_insertion_order = true')
    await run(connection, 'drop view if exists temp.staged')
    await run(connection, 'drop table if exists temp.staged_file')
    if (plan.unreadable !== null) await run(connection, 'delete from reject_errors').catch(() => 0)
  }
}

async function stage(connection: DuckDBConnection, plan: Load): Promise<void> {
  // If staging fails the hash is not waited for; its own failure must not go unheard of then.
  plan.placed.catch(() => undefined)
  await run(connection, 'drop view if exists temp.staged')
  await run(connection, `create or replace temp table staged_file as ${plan.stage}`).catch(async (error: unknown) => {
    throw cannotRead((await plan.placed).source, error)
  })
}

/** Whether this very file stands in the ledger already; under another column map that is an error. */
async function isKnown(connection: DuckDBConnection, { table, spec }: Load, source: string): Promise<boolean> {
  const earlier = await readRows(
    connection,
    'select distinct spec from coverage where source = $source and table_name = $table',
    { source, table },
  )
  if (earlier.some((row) => row.spec !== spec)) throw mappedOtherwise(table, source)
  return earlier.length > 0
}

/** Defines `staged`. A record's number counts the unreadable lines before it, so that it names the same row of the file. */
async function numberRecords(connection: DuckDBConnection, plan: Load): Promise<number> {
  await run(
    connection,
    `create or replace temp table unreadable_lines as ${
      plan.unreadable === null
        ? `select 0::bigint as line, '' as reason, '' as raw, 0::bigint as before, 0::bigint as n where false`
        : `select line, reason, raw, line - ${plan.unreadable.headerLines} - row_number() over (order by line) as before,
             row_number() over (order by line) as n
           from (select line::bigint as line, min(lower(error_type::varchar)) as reason, min(csv_line) as raw from reject_errors group by line)`
    }`,
  )
  const [row] = await readRows(connection, 'select count(*) as n from temp.unreadable_lines')
  const unreadable = Number(row?.n ?? 0)
  await run(
    connection,
    unreadable === 0
      ? 'create temp view staged as select *, rowid + 1 as record_number from temp.staged_file'
      : `create temp view staged as select s.*, s.rowid + 1 + coalesce(u.n, 0) as record_number
         from (select *, rowid from temp.staged_file) as s asof left join temp.unreadable_lines as u on s.rowid >= u.before`,
  )
  return unreadable
}

async function insertAll(
  connection: DuckDBConnection,
  inserts: Placed['inserts'],
): Promise<{ [table in TableName]?: Merged }> {
  return inTransaction(connection, async () => {
    const merged: { [table in TableName]?: Merged } = {}
    for (const insert of inserts) {
      const columns = Object.keys(tables[insert.table].columns as { readonly [name: string]: Column })
        .map((name) => `"${name}"`)
        .join(', ')
      if (insert.unique) {
        const added = await run(connection, `insert into "${insert.table}" (${columns}) ${insert.select}`)
        merged[insert.table] = { added, known: 0, conflicting: 0 }
        continue
      }
      const staged = `staged_${insert.table}`
      await run(connection, `drop table if exists temp.${staged}`)
      await run(connection, createTable(insert.table, staged))
      await run(connection, `insert into temp.${staged} (${columns}) ${insert.select}`)
      merged[insert.table] = await mergeStaged(connection, insert.table, staged)
      await run(connection, `update ${MARKER} set sealed = false where sealed`)
      await run(connection, `drop table temp.${staged}`)
    }
    return merged
  })
}

function mappedOtherwise(table: TableName, source: string): LedgerError {
  return new LedgerError(`This file is in the ledger already as ${table}, under another column map.`, {
    details: [`File: ${source}`],
    fix: 'Import it with the map of the first time, or start a new ledger.',
  })
}

function cannotRead(source: string, error: unknown): LedgerError {
  const said = error instanceof Error ? error.message.split('\n').filter((line) => line.trim() !== '') : [String(error)]
  return new LedgerError('The file cannot be read in the format that its name says.', {
    details: [`File: ${source}`, `Reader: ${(said[0] ?? '').slice(0, 200)}`],
    fix: 'Save it again as UTF-8 with one kind of line ending and balanced quotes.',
    cause: error,
  })
}
