import type { DuckDBConnection } from '@duckdb/node-api'
import { tableNames, tables } from '../records/index.ts'
import { inTransaction, run } from './connection.ts'
import type { OrphanRange } from './ledger.ts'

/**
 * Moves what stands above a block to `rejects`, whole, and forgets the coverage that claimed it, all in one transaction:
 * facts of blocks that are no longer part of their chain must not be counted, and nothing is lost. Contracts that
 * factories announced are read again from the start, since a label does not say where it was announced.
 */
export async function orphan(connection: DuckDBConnection, { chain, source, above }: OrphanRange): Promise<number> {
  const where = 'chain = $chain and source = $source and block_number > $above'
  const reason = `its block is no longer part of the chain, which is the same as before up to block ${above}`
  return inTransaction(connection, async () => {
    let moved = 0
    for (const table of tableNames) {
      const { columns, key } = tables[table] as { columns: object; key: readonly string[] }
      if (!('block_number' in columns)) continue
      const place = key.map((name) => `cast("${name}" as varchar)`).join(', ')
      await run(
        connection,
        `insert into rejects select distinct source, '${table}', concat_ws(' ', ${place}), $reason, to_json(t)::varchar
         from "${table}" as t where ${where}`,
        { chain, source, above, reason },
      )
      moved += await run(connection, `delete from "${table}" where ${where}`, { chain, source, above })
    }
    await run(
      connection,
      `delete from labels where chain = $chain and source in
         (select 'protocol:' || protocol from coverage where chain = $chain and source = $source)`,
      { chain, source },
    )
    await run(
      connection,
      `delete from coverage where chain = $chain and source = $source and (to_block > $above or table_name = 'labels')`,
      { chain, source, above },
    )
    return moved
  })
}
