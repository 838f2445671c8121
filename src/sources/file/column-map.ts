import { z } from 'zod'
import { ConfigError } from '../../errors.ts'
import type { Header } from './format.ts'

/** Where the value of a column comes from: a header of the file, the first of several that is filled, or a constant. */
export type FieldSource =
  | { readonly header: string }
  | { readonly firstOf: readonly string[] }
  | { readonly constant: string }

export type ColumnMap = { readonly [column: string]: FieldSource }

/** How a file says things; the defaults are what a table exported from a ledger would say. */
export type Dialect = {
  /** CAIP-2 id, or the header that holds the chain. */
  readonly chain: string
  /** What the file calls a chain → CAIP-2. */
  readonly chainNames: { readonly [name: string]: string }
  readonly amounts: 'raw' | 'units'
  /** Decimals of amounts in units: a number, or the header that holds it. */
  readonly decimals: string | null
  readonly time: 's' | 'ms' | 'iso'
}

export const defaultDialect: Dialect = {
  chain: 'file:import',
  chainNames: {},
  amounts: 'raw',
  decimals: null,
  time: 's',
}

const caip2 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64}$/

/** Whether a `--chain` text is a chain rather than the name of a header. */
export function isChain(text: string): boolean {
  return caip2.test(text)
}

const pairs = z.string().regex(/^[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$/)

/** Reads `a=b,c=d`, as `--map` and `--chain-names` take it. */
export function parsePairs(flag: string, text: string): { [name: string]: string } {
  if (!pairs.safeParse(text).success)
    throw new ConfigError(`${flag} takes name=value pairs with commas between, not ${JSON.stringify(text)}.`, {
      fix: `Write it as ${flag} consumer=from,provider=to.`,
    })
  return Object.fromEntries(
    text.split(',').map((pair) => pair.split('=').map((part) => part.trim()) as [string, string]),
  )
}

/**
 * The SQL name of every source of the map in the file that has these headers.
 * Columns the map leaves out are taken from headers of the same name.
 */
export function resolveMap(
  path: string,
  headers: readonly Header[],
  columns: readonly string[],
  required: readonly string[],
  map: ColumnMap,
): Map<string, FieldSource> {
  const names = new Set(headers.map((header) => header.name))
  const unknown = Object.keys(map).filter((column) => !columns.includes(column))
  if (unknown.length > 0)
    throw new ConfigError(`The map names ${unknown.join(', ')}, which this table does not have.`, {
      details: [`Columns: ${columns.join(', ')}`],
      fix: 'Map headers to columns of the table.',
    })
  const resolved = new Map<string, FieldSource>()
  for (const column of columns) {
    const source = map[column] ?? (names.has(column) ? { header: column } : undefined)
    if (source !== undefined) resolved.set(column, source)
  }
  const absent = [...resolved.values()].flatMap(headersOf).filter((header) => !names.has(header))
  if (absent.length > 0)
    throw new ConfigError(`${path} has no column ${absent.map((name) => JSON.stringify(name)).join(', ')}.`, {
      details: [`Columns of the file: ${[...names].join(', ')}`],
      fix: 'Correct --map, or choose the preset that fits the file.',
    })
  const missing = required.filter((column) => !resolved.has(column))
  if (missing.length > 0)
    throw new ConfigError(`Nothing in ${path} is mapped to ${missing.join(', ')}.`, {
      details: [`Columns of the file: ${[...names].join(', ')}`],
      fix: `Add ${missing.map((column) => `--map ${column}=<header>`).join(' ')}.`,
    })
  return resolved
}

function headersOf(source: FieldSource): readonly string[] {
  if ('header' in source) return [source.header]
  return 'firstOf' in source ? source.firstOf : []
}
