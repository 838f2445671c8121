import { open, stat } from 'node:fs/promises'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { inTransaction, readRows, run } from './connection.ts'
import { LedgerError } from './ledger.ts'
import { MARKER, migrations, SCHEMA_VERSION } from './schema.ts'

/**
 * Looks at what stands at the path without changing a byte of it. Returns whether a ledger stands there.
 * Throws for a file that is no DuckDB file, is damaged, belongs to another process, or is not a ledger.
 */
export async function checkFile(path: string, mustExist: boolean): Promise<boolean> {
  if (path === ':memory:') return false
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  )
  if (size === null) {
    if (!mustExist) return false
    throw new LedgerError(`There is no ledger at ${path}.`, {
      fix: 'Make one with `washboard collect` or `washboard import`, or correct --ledger.',
    })
  }
  if (!(await hasMagic(path))) throw notALedger(path, `The file has ${size} bytes and no DuckDB header.`)
  const instance = await DuckDBInstance.create(path, {
    access_mode: 'READ_ONLY',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }).catch((error: unknown) => {
    throw describeFailure(path, error)
  })
  const connection = await instance.connect()
  try {
    await checkVersion(connection, path)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  return true
}

/** DuckDB files carry the letters DUCK after an eight-byte checksum. */
async function hasMagic(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0)
    return bytesRead === 12 && buffer.toString('latin1', 8, 12) === 'DUCK'
  } finally {
    await file.close()
  }
}

async function checkVersion(connection: DuckDBConnection, path: string): Promise<number> {
  const found = await readRows(
    connection,
    `select count(*) as n from information_schema.tables where table_name = '${MARKER}' and table_schema = 'main'`,
  ).catch((error: unknown) => {
    throw describeFailure(path, error)
  })
  if (found[0]?.n !== 1) throw notALedger(path, `It is a DuckDB file without the table ${MARKER}.`)
  const [row] = await readRows(connection, `select schema_version as v from ${MARKER}`)
  const version = Number(row?.v)
  if (version > SCHEMA_VERSION)
    throw new LedgerError(`The ledger ${path} was written by a newer washboard.`, {
      details: [`Schema of the ledger: ${version}`, `Schema this version knows: ${SCHEMA_VERSION}`],
      fix: 'Update washboard, or point --ledger to another file.',
    })
  return version
}

/** Brings the schema to this version, one migration after the other, in one transaction. */
export async function prepareSchema(connection: DuckDBConnection, path: string, existing: boolean): Promise<void> {
  const version = existing ? await checkVersion(connection, path) : 0
  if (version === SCHEMA_VERSION) return
  await inTransaction(connection, async () => {
    for (const migration of migrations) {
      if (migration.to <= version) continue
      for (const statement of migration.statements) await run(connection, statement)
    }
    await run(connection, `update ${MARKER} set schema_version = ${SCHEMA_VERSION}`)
  })
}

/** Turns what DuckDB says of a file into what a user can act on. */
export function describeFailure(path: string, error: unknown): LedgerError {
  const message = error instanceof Error ? error.message : String(error)
  if (/lock/i.test(message)) {
    const owner = /PID (\d+)/.exec(message)?.[1]
    return new LedgerError(`The ledger ${path} is in use by another process.`, {
      details: owner === undefined ? [] : [`Process: ${owner}`],
      fix: 'Wait until the other process ends, or work on a copy of the file.',
      cause: error,
    })
  }
  return new LedgerError(`The ledger ${path} cannot be read.`, {
    details: [(message.split('\n')[0] ?? message).slice(0, 300)],
    fix: 'Restore the file from a copy, or collect and import again into a new ledger.',
    cause: error,
  })
}

function notALedger(path: string, fact: string): LedgerError {
  return new LedgerError(`${path} is not a washboard ledger.`, {
    details: [fact],
    fix: 'Point --ledger to a file that washboard made, or to a path where nothing stands yet.',
  })
}
