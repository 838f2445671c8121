import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { migrations, SCHEMA_VERSION, sqlType } from '../../src/ledger/schema.ts'
import { tableNames, tables } from '../../src/records/index.ts'
import type { Column } from '../../src/records/table.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-schema-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('migrations', () => {
  it('lead to the tables of the records', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    for (const { statements } of migrations) for (const statement of statements) await connection.run(statement)
    const described = async (name: string) =>
      (await connection.runAndReadAll(`describe "${name}"`))
        .getRows()
        .map(([column, type, nullable]) => [column, String(type).toLowerCase(), nullable === 'YES'])
    for (const table of tableNames) {
      const columns = Object.entries<Column>(tables[table].columns)
      expect(await described(table)).toEqual(
        columns.map(([name, column]) => [name, sqlType(column).toLowerCase(), column.nullable]),
      )
    }
    expect(migrations.map(({ to }) => to)).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1))
  })

  it('bring an older ledger up without losing a row', async () => {
    const path = join(folder, 'old.duckdb')
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    for (const statement of migrations[0]!.statements) await connection.run(statement)
    await connection.run('update washboard_ledger set schema_version = 1')
    await connection.run(
      "insert into coverage values ('rpc:eip155:1', 'p', 'eip155:1', 'transfers', 1, 9, '0x1', '0x9', 1, 9, 's', 'eth_getLogs', 4)",
    )
    connection.closeSync()
    instance.closeSync()
    const ledger = await openLedger(path)
    expect(await ledger.rows('all-coverage')).toMatchObject([{ from_block: 1, to_block: 9, rows: 4, checked: null }])
    expect(await ledger.rows('filled-tables')).toEqual([{ table_name: 'transfers' }])
    ledger.close()
  })
})
