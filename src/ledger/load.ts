import type { DuckDBConnection } from '@duckdb/node-api'
import { type TableName, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'
import { inTransaction, readRows, run } from './connection.ts'
import { LedgerError, type Load, type LoadSummary, type Merged } from './ledger.ts'
import { mergeStaged } from './merge.ts'
import { createTable, MARKER } from './schema.ts'

export async function load(connection: DuckDBConnection, plan: Load): Promise<LoadSummary> {
  const earlier = await readRows(connection, 'select distinct spec, table_name from coverage where source = $source', {
    source: plan.source,
  })
  const same = earlier.filter((row) => row.table_name === plan.table)
  if (same.some((row) => row.spec !== plan.spec)) throw mappedOtherwise(plan)
  await run(connection, 'drop view if exists temp.staged')
  await run(connection, `create or replace temp table staged_file as ${plan.stage}`).catch((error: unknown) => {
    throw cannotRead(plan, error)
  })
  const unreadable = await numberRecords(connection, plan)
  const [read] = await readRows(connection, 'select count(*) as n, count(reason) as bad from temp.staged_file')
  const rejected = Number(read?.bad ?? 0) + unreadable
  const summary = { read: Number(read?.n ?? 0) + unreadable, rejected }
  try {
    if (same.length > 0)
      return { ...summary, merged: { [plan.table]: { added: 0, known: summary.read - rejected, conflicting: 0 } } }
    return { ...summary, merged: await insertAll(connection, plan) }
  } finally {
    await run(connection, 'drop view if exists temp.staged')
    await run(connection, 'drop table if exists temp.staged_file')
    if (plan.unreadable !== null) await run(connection, 'delete from reject_errors').catch(() => 0)
  }
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

async function insertAll(connection: DuckDBConnection, plan: Load): Promise<{ [table in TableName]?: Merged }> {
  return inTransaction(connection, async () => {
    const merged: { [table in TableName]?: Merged } = {}
    for (const insert of plan.inserts) {
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
      await run(connection, createTable(insert.table, staged, true))
      await run(connection, `insert into temp.${staged} (${columns}) ${insert.select}`)
      merged[insert.table] = await mergeStaged(connection, insert.table, staged)
      await run(connection, `update ${MARKER} set sealed = false where sealed`)
      await run(connection, `drop table temp.${staged}`)
    }
    return merged
  })
}

function mappedOtherwise(plan: Load): LedgerError {
  return new LedgerError(`This file is in the ledger already as ${plan.table}, under another column map.`, {
    details: [`File: ${plan.source}`],
    fix: 'Import it with the map of the first time, or start a new ledger.',
  })
}

function cannotRead(plan: Load, error: unknown): LedgerError {
  const said = error instanceof Error ? error.message.split('\n').filter((line) => line.trim() !== '') : [String(error)]
  return new LedgerError('The file cannot be read in the format that its name says.', {
    details: [`File: ${plan.source}`, `Reader: ${(said[0] ?? '').slice(0, 200)}`],
    fix: 'Save it again as UTF-8 with one kind of line ending and balanced quotes.',
    cause: error,
  })
}
