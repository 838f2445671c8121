import { WashboardError } from '../errors.ts'
import type { BlockRange } from '../records/block-range.ts'
import type { Batch, TableName } from '../records/index.ts'

/** What became of the rows of one table in one batch. `known`: already in the ledger. `conflicting`: kept in `rejects`. */
export type Merged = { readonly added: number; readonly known: number; readonly conflicting: number }
export type MergeSummary = { readonly [table in TableName]?: Merged }

/** A value as SQL hands it out: amounts and other wide integers as bigint, everything else as it reads. */
export type SqlValue = string | number | bigint | boolean | null
export type SqlRow = { readonly [column: string]: SqlValue }

/** Values for the named parameters (`$name`) of a query. */
export type Parameters = { readonly [name: string]: string | number | bigint | boolean | null }

/** Numeric columns of a result as typed arrays, in the order of the query. */
export type TypedColumns = { readonly [column: string]: Int32Array | Float64Array | BigInt64Array }

/** Columns to keep, all of one length. */
export type KeptColumns = {
  readonly [column: string]:
    | { readonly type: 'integer'; readonly values: Int32Array }
    | { readonly type: 'bigint'; readonly values: BigInt64Array }
    | { readonly type: 'double'; readonly values: Float64Array }
    | { readonly type: 'text'; readonly values: readonly string[] }
    | { readonly type: 'amount'; readonly values: readonly bigint[] }
}

/** What makes two coverage rows answers to the same question. */
export type CoverageKey = {
  readonly source: string
  readonly protocol: string
  readonly chain: string
  readonly table: string
  readonly spec: string
}

/**
 * The one stateful thing: a store of facts that `collect` writes and `audit` reads.
 * Queries are named after their files in `queries/ledger`.
 */
export type Ledger = {
  /** Stores rows and the ranges they complete in one transaction; nothing of a batch lands without the rest. */
  append(batch: Batch): Promise<MergeSummary>
  /** Stores the rows of files by SQL inside the store, in one transaction, without passing through JavaScript. */
  load(load: Load): Promise<LoadSummary>
  /** Block ranges answered already for one question to one source. */
  covered(want: CoverageKey): Promise<BlockRange[]>
  /** Rows of a query. For results of human size. */
  rows(query: string, parameters?: Parameters): Promise<SqlRow[]>
  /** Numeric columns of a query, streamed; integers beyond 32 bits as BigInt64Array. */
  columns(query: string, parameters?: Parameters): Promise<TypedColumns>
  /** Runs a query once and keeps its result under its name (with _ for -) for later queries of this session. Nothing is written to the store. */
  materialize(query: string, parameters?: Parameters): Promise<void>
  /** Gives a query without parameters its name for later queries of this session, which then run it as a part of their own. */
  define(query: string): Promise<void>
  /** Keeps columns of equal length as a table for later queries of this session. Nothing is written to the store. */
  keep(name: string, columns: KeptColumns): Promise<void>
  /** Writes the result of a query to a Parquet file. */
  writeParquet(query: string, path: string, parameters?: Parameters): Promise<void>
  /** Moves facts of blocks that have left their chain to `rejects`, with the coverage they were part of; says how many. */
  orphan(range: OrphanRange): Promise<number>
  /** SHA-256 over all rows sorted by key and over coverage merged into maximal intervals. */
  hash(): Promise<string>
  close(): void
}

/**
 * Rows of one file, brought in by SQL inside the store.
 *
 * `stage` is a SELECT with one row a record of the file, in the order of the file; a record that cannot become a fact has
 * a `reason`. The inserts read the relation `staged`, which adds `record_number`, counted from 1 over all records of the
 * file, the unreadable ones among them.
 */
export type Load = {
  /** The table of facts that the file is about, for its rejects. */
  readonly table: TableName
  /** The spec under which these rows stand in `coverage`: the same file under another map is refused. */
  readonly spec: string
  readonly stage: string
  /** Whether the reader keeps unreadable lines in DuckDB's `reject_errors`, and how many header lines precede the records. */
  readonly unreadable: { readonly headerLines: number } | null
  /** What needs the hash of the file, which is computed while the file is staged. */
  readonly placed: Promise<Placed>
}

/** Where rows go once the file is known by its hash. */
export type Placed = {
  readonly source: string
  readonly inserts: readonly {
    readonly table: TableName
    readonly select: string
    /** Keys are unique by construction (file and record number), so no merge is needed. */
    readonly unique: boolean
  }[]
}

/** What an import made of its files. */
export type LoadSummary = {
  readonly merged: MergeSummary
  readonly read: number
  readonly rejected: number
}

/** What one source brought in from the blocks of a chain above a height. */
export type OrphanRange = { readonly chain: string; readonly source: string; readonly above: number }

/** The store cannot be used as it is. */
export class LedgerError extends WashboardError {
  override readonly name = 'LedgerError'
}
