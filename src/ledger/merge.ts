import type { DuckDBConnection } from '@duckdb/node-api'
import { type TableName, tables } from '../records/index.ts'
import type { Column } from '../records/table.ts'
import { readRows, run } from './connection.ts'
import type { Merged } from './ledger.ts'

/**
 * Moves staged rows into their table so that neither repetition nor order of arrival matters.
 *
 * A row already there is dropped. Rows of one key that say different things are settled by content, not by arrival:
 * the least content stays, every other one goes to `rejects`. The same content from two sources keeps the least source.
 */
export async function mergeStaged(connection: DuckDBConnection, table: TableName, staged: string): Promise<Merged> {
  const target = `"${table}"`
  const { sameKey, keyList, zone } = keySql(table)
  const before = await count(connection, `temp.${staged}`)
  await run(
    connection,
    `create or replace temp table collisions as
     select ${keyList} from temp.${staged} group by all having count(*) > 1
     union
     select ${keyList} from temp.${staged} as s where exists (select 1 from ${target} as t where ${zone(staged)} and ${sameKey('s', 't')})
     ${zone(staged) === 'true' ? '' : `union select ${keyList} from temp.${staged} as s where exists (select 1 from ${target} as t where t.block_number is null and ${sameKey('s', 't')})`}`,
  )
  if ((await count(connection, 'temp.collisions')) === 0) {
    await run(connection, `insert into ${target} select * from temp.${staged}`)
    return { added: before, known: 0, conflicting: 0 }
  }
  const { grown, conflicting, colliding } = await settle(connection, table, staged)
  const fresh = await run(
    connection,
    `insert into ${target} select * from temp.${staged} as s where not ${colliding('s')}`,
  )
  const added = grown + fresh
  return { added, known: before - added - conflicting, conflicting }
}

/**
 * Settles rows of one key that stand in different blocks, which the merge of a batch does not look for.
 * One pass over the table: keys are compared by a 64-bit hash first.
 */
export async function sealTable(connection: DuckDBConnection, table: TableName): Promise<void> {
  const { keyList } = keySql(table)
  await run(
    connection,
    `create or replace temp table suspects as select hash(${keyList}) as h from "${table}" group by h having count(*) > 1`,
  )
  if ((await count(connection, 'temp.suspects')) === 0) return
  await run(
    connection,
    `create or replace temp table collisions as select ${keyList} from "${table}"
     where hash(${keyList}) in (select h from temp.suspects) group by all having count(*) > 1`,
  )
  if ((await count(connection, 'temp.collisions')) > 0) await settle(connection, table)
}

/** Keeps one row for each key in `collisions`, of those stored and those staged, and says how the stored rows changed. */
async function settle(connection: DuckDBConnection, table: TableName, staged?: string) {
  const target = `"${table}"`
  const { sameKey, keyList, content, columnList } = keySql(table)
  const colliding = (row: string) => `exists (select 1 from temp.collisions as c where ${sameKey(row, 'c')})`
  const arriving =
    staged === undefined ? '' : `select ${columnList} from temp.${staged} as s where ${colliding('s')} union all`
  await run(
    connection,
    `create or replace temp table contest as
     select *, dense_rank() over (partition by ${keyList} order by content) as place,
       row_number() over (partition by ${keyList} order by content, source) as seat
     from (select *, ${content} as content
       from (${arriving} select ${columnList} from ${target} as t where ${colliding('t')}))`,
  )
  const conflicting = await run(
    connection,
    `insert into rejects
     select distinct 'conflict', '${table}', concat_ws(' ', ${keyText(table)}), 'another row of the same key says something else', content
     from temp.contest as l where place > 1
       and not exists (select 1 from rejects as r where r.source = 'conflict' and r.table_name = '${table}' and r.raw = l.content)`,
  )
  const removed = await run(connection, `delete from ${target} as t where ${colliding('t')}`)
  const kept = await run(connection, `insert into ${target} select ${columnList} from temp.contest where seat = 1`)
  return { grown: kept - removed, conflicting, colliding }
}

function keySql(table: TableName) {
  const { key, columns } = tables[table] as { key: readonly string[]; columns: { readonly [name: string]: Column } }
  const names = Object.keys(columns)
  const zoned = 'block_number' in columns
  return {
    keyList: key.map((name) => `"${name}"`).join(', '),
    columnList: names.map((name) => `"${name}"`).join(', '),
    sameKey: (a: string, b: string) =>
      key
        .map((name) => `${a}."${name}" ${columns[name]?.nullable ? 'is not distinct from' : '='} ${b}."${name}"`)
        .join(' and '),
    /** Only the blocks of the batch are searched, and zone maps skip the rest; `sealTable` finds a key in another block. */
    zone: (staged: string) =>
      zoned
        ? `t.block_number between (select coalesce(min(block_number), 0) from temp.${staged}) and (select coalesce(max(block_number), -1) from temp.${staged})`
        : 'true',
    /** A row without its source, as one text. */
    content: `to_json({${names
      .filter((name) => name !== 'source')
      .map((name) => `"${name}": cast("${name}" as varchar)`)
      .join(', ')}})::varchar`,
  }
}

function keyText(table: TableName): string {
  return tables[table].key.map((name) => `cast("${name}" as varchar)`).join(', ')
}

async function count(connection: DuckDBConnection, relation: string): Promise<number> {
  const [row] = await readRows(connection, `select count(*) as n from ${relation}`)
  return Number(row?.n ?? 0)
}
