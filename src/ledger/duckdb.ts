import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { BlockRange } from '../records/block-range.ts'
import { append, keep, seal } from './append.ts'
import { readColumns, readRows, run } from './connection.ts'
import { createWhole } from './create.ts'
import { checkFile, describeFailure, prepareSchema } from './file.ts'
import { hashLedger } from './hash.ts'
import type { CoverageKey, Ledger, Parameters } from './ledger.ts'
import { load } from './load.ts'
import { orphan } from './orphan.ts'
import { queryText } from './queries.ts'
import { MARKER } from './schema.ts'

export type LedgerOptions = {
  /** Opens an existing ledger without the right to change it; several readers may share a file. */
  readonly readOnly?: boolean
  /** DuckDB's memory limit, such as `1GB`. Beyond it queries spill to disk beside the ledger. */
  readonly memory?: string
  readonly threads?: number
}

/** Readers that this process has opened. */
let readers = 0

/** Extensions are never fetched: an audit works without a network or not at all. */
const OFFLINE = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' }

/** The newer block format packs constant text columns faster; releases of DuckDB before 1.5 need not read a ledger. */
const FORMAT = { storage_compatibility_version: 'latest' }

/**
 * Opens a ledger, or makes one where nothing stands at the path. `:memory:` keeps it in memory.
 * A file that is locked, newer, damaged or not a ledger is refused and left as it was.
 */
export async function openLedger(path: string, options: LedgerOptions = {}): Promise<Ledger> {
  const existing = await checkFile(path, options.readOnly ?? false)
  if (existing && options.readOnly) await sealFile(path)
  if (!existing && path !== ':memory:') await createWhole(path, (draft) => createFile(draft, path))
  const reads = existing && options.readOnly === true
  const instance = await DuckDBInstance.create(path, {
    ...OFFLINE,
    ...(path === ':memory:' ? {} : FORMAT),
    ...(options.memory === undefined ? {} : { memory_limit: options.memory }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    // Two readers of one file that spill into one folder take each other's pages.
    ...(reads ? { access_mode: 'READ_ONLY', temp_directory: `${path}.${process.pid}-${readers++}.tmp` } : {}),
  }).catch((error: unknown) => {
    throw describeFailure(path, error)
  })
  const connection = await instance.connect()
  try {
    await connection.run("set TimeZone = 'UTC'")
    // Memory that a step has freed goes back at once: an import's peak must not grow with the file.
    await connection.run("set allocator_flush_threshold = '8MB'")
    // What a reader asks for names its order; to keep the order of tables as well takes memory for nothing.
    if (options.readOnly) await connection.run('set preserve_insertion_order = false')
    await prepareSchema(connection, path, path !== ':memory:')
  } catch (error) {
    connection.closeSync()
    instance.closeSync()
    throw error
  }
  return makeLedger(connection, () => {
    connection.closeSync()
    instance.closeSync()
  })
}

/** A file with the tables of a ledger and nothing in them; `path` is where it will stand. */
async function createFile(draft: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(draft, { ...OFFLINE, ...FORMAT }).catch((error: unknown) => {
    throw describeFailure(path, error)
  })
  const connection = await instance.connect()
  try {
    await prepareSchema(connection, path, false)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A collection that was cut off leaves its ledger unsealed; the next to open it finishes that, reader or not. */
async function sealFile(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path, { ...OFFLINE, access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const [row] = await readRows(connection, `select sealed from ${MARKER}`)
  connection.closeSync()
  instance.closeSync()
  if (row?.sealed === true) return
  const ledger = await openLedger(path)
  await ledger.hash()
  ledger.close()
}

function makeLedger(connection: DuckDBConnection, close: () => void): Ledger {
  let sealed = false
  let closed = false
  const views = new Set<string>()
  const sealOnce = async () => {
    if (!sealed) await seal(connection)
    sealed = true
  }
  return {
    append: (batch) => {
      sealed = false
      return append(connection, batch)
    },
    load: (plan) => {
      sealed = false
      return load(connection, plan)
    },
    covered: (want) => covered(connection, want),
    rows: async (query, parameters) => {
      await sealOnce()
      return readRows(connection, queryText(query), parameters)
    },
    columns: async (query, parameters) => {
      await sealOnce()
      return readColumns(connection, queryText(query), parameters)
    },
    materialize: async (query, parameters) => {
      await sealOnce()
      const name = relationName(query)
      if (views.delete(name)) await run(connection, `drop view temp."${name}"`)
      await run(connection, `create or replace temp table "${name}" as ${queryText(query)}`, parameters)
    },
    define: async (query) => {
      await sealOnce()
      const name = relationName(query)
      if (!views.has(name)) await run(connection, `drop table if exists temp."${name}"`)
      await run(connection, `create or replace temp view "${name}" as ${queryText(query)}`)
      views.add(name)
    },
    keep: (name, columns) => keep(connection, name, columns),
    writeParquet: async (query, path, parameters?: Parameters) => {
      await sealOnce()
      const target = path.replaceAll("'", "''")
      await run(connection, `copy (${queryText(query)}) to '${target}' (format parquet, compression zstd)`, parameters)
    },
    orphan: (range) => {
      sealed = false
      return orphan(connection, range)
    },
    hash: async () => {
      await sealOnce()
      return hashLedger(connection)
    },
    close: () => {
      if (closed) return
      closed = true
      close()
    },
  }
}

const relationName = (query: string) => query.replaceAll('-', '_')

/** Block ranges that the ledger holds for a want. Reads coverage alone, so that collecting never waits for a seal. */
async function covered(connection: DuckDBConnection, want: CoverageKey): Promise<BlockRange[]> {
  const rows = await readRows(
    connection,
    `select from_block, to_block from coverage where source = $source and protocol = $protocol and chain = $chain
       and table_name = $table and spec = $spec and from_block is not null and to_block is not null`,
    { ...want },
  )
  return rows.map((row) => ({ from: Number(row.from_block), to: Number(row.to_block) }))
}
