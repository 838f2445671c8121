/**
 * How a fact is stored. `text` is VARCHAR; `integer` is BIGINT, read as a safe JavaScript number;
 * `amount` is DECIMAL(38,0) in the smallest unit of its asset, read as bigint; `boolean` is BOOLEAN.
 */
export type ColumnType = 'text' | 'integer' | 'amount' | 'boolean'

/** A column of the ledger. Null always means unknown, never zero. */
export type Column = {
  readonly type: ColumnType
  readonly nullable: boolean
  /** The only texts the column takes, where they are a closed set. */
  readonly values?: readonly string[]
}

export type Columns = { readonly [name: string]: Column }

/** A table of facts: its columns in order, and the key by which a fact is the same fact. */
export type Table<columns extends Columns = Columns, name extends string = string> = {
  readonly name: name
  readonly columns: columns
  readonly key: readonly string[]
}

type ValueOf<column extends Column> = column extends { readonly values: readonly (infer value)[] }
  ? value
  : { text: string; integer: number; amount: bigint; boolean: boolean }[column['type']]

/** One fact of a table; field names are the column names. */
export type Row<table extends Table> = {
  readonly [name in keyof table['columns']]:
    | ValueOf<table['columns'][name]>
    | (table['columns'][name]['nullable'] extends true ? null : never)
}

export const text = { type: 'text', nullable: false } as const
export const integer = { type: 'integer', nullable: false } as const
export const amount = { type: 'amount', nullable: false } as const
export const boolean = { type: 'boolean', nullable: false } as const

/** A text of a closed set. */
export function oneOf<const values extends readonly string[]>(values: values) {
  return { type: 'text', nullable: false, values } as const
}

/** The same column where the fact may be unknown. */
export function optional<type extends ColumnType>(column: { readonly type: type; readonly nullable: false }) {
  return { type: column.type, nullable: true } as const
}

export function defineTable<const name extends string, const columns extends Columns>(
  name: name,
  columns: columns,
  key: readonly (keyof columns & string)[],
): Table<columns, name> {
  return { name, columns, key }
}

/** The largest amount the ledger holds exactly; a larger one goes to `rejects` with its raw row. */
export const MAX_AMOUNT = 10n ** 38n - 1n
