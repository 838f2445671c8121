import { createHash } from 'node:crypto'
import { ConfigError } from '../../errors.ts'
import * as check from './checks.ts'
import { type ColumnMap, type Dialect, type FieldSource, isChain, resolveMap } from './column-map.ts'
import { type FileFacts, literal } from './format.ts'
import type { Preset } from './presets.ts'
import { type ImportTable, type TargetColumn, targetColumns } from './targets.ts'

/** Everything that decides what a file becomes. */
export type FileImport = {
  readonly facts: FileFacts
  readonly table: ImportTable
  readonly protocol: string
  readonly map: ColumnMap
  readonly dialect: Dialect
  readonly reject?: Preset['reject']
}

/** The staged relation of a file: one row a record, typed, with the reason where it cannot become a fact. */
export type Staged = {
  readonly select: string
  readonly columns: ReadonlySet<string>
  /** Hash of everything that decided what the rows mean; part of their coverage. */
  readonly spec: string
}

export function stageFile(options: FileImport): Staged {
  const { facts, dialect, table } = options
  const targets = targetColumns(table)
  const names = targets.map((column) => column.name)
  const required = targets.filter((column) => column.required).map((column) => column.name)
  const chainHeader = isChain(dialect.chain) ? undefined : dialect.chain
  const map = {
    ...options.map,
    ...(names.includes('chain') && chainHeader !== undefined ? { chain: { header: chainHeader } } : {}),
  }
  const sources = resolveMap(facts.path, facts.headers, names, required, map)
  const expression = expressions(facts, sources)
  const evm =
    chainHeader === undefined ? String(dialect.chain.startsWith('eip155:')) : "starts_with(chain_id, 'eip155:')"
  const checks = targets
    .filter((column) => column.name !== 'chain' && sources.has(column.name))
    .map((column) => ({ column, check: checkOf(column, expression, dialect, facts, evm) }))
  const reasons = [
    ...lineChecks(options),
    ...(chainHeader === undefined ? [] : [chainCheck]),
    ...checks.map((c) => c.check.reason),
  ]
  const values = checks.map(({ column, check }) => `${check.value} as "${column.name}"`)
  const chain = chainHeader === undefined ? literal(dialect.chain) : 'chain_id'
  const kept = [...checks.map(({ column }) => `"${column.name}"`), '"chain"']
  // The record as it stood is built for rejected rows alone: a CASE evaluates its branch only where it is taken.
  const select = `select ${kept.join(', ')}, reason, case when reason is not null then ${rawSql(facts)} end as raw
    from (select ${[...values, `${chain} as "chain"`].join(',\n      ')},
      coalesce(${[...reasons, 'null'].join(',\n      ')}) as reason, ${originals(facts)}
    from (select *${chainHeader === undefined ? '' : `, ${chainSql(expression('chain'), dialect)} as chain_id`} from ${reader(facts)}))`
  return {
    select,
    columns: new Set([...checks.map(({ column }) => column.name), 'chain']),
    spec: createHash('sha256')
      .update(JSON.stringify([table, options.protocol, [...sources], dialect, options.reject ?? null]))
      .digest('hex'),
  }
}

type ExpressionOf = (column: string, keepType?: boolean) => check.Expression

/** SQL over the reader's columns h0, h1, …; texts unless a typed whole number is asked for. */
function expressions(facts: FileFacts, sources: ReadonlyMap<string, FieldSource>): ExpressionOf {
  const at = (name: string) => facts.headers.findIndex((header) => header.name === name)
  const asText = (name: string) => `cast(h${at(name)} as varchar)`
  return (column, keepType = false) => {
    const source = sources.get(column)
    if (source === undefined) return { sql: 'null', integer: false }
    if ('constant' in source) return { sql: literal(source.constant), integer: false }
    if ('firstOf' in source) {
      const filled = source.firstOf.map((name) => `nullif(nullif(nullif(${asText(name)}, ''), '0'), '0.0')`)
      return { sql: `coalesce(${filled.join(', ')}, ${asText(source.firstOf[0] as string)}, '')`, integer: false }
    }
    const typed = keepType && facts.headers[at(source.header)]?.type === 'integer'
    return {
      sql: typed
        ? `h${at(source.header)}`
        : facts.format === 'parquet'
          ? asText(source.header)
          : `h${at(source.header)}`,
      integer: typed,
    }
  }
}

function checkOf(
  column: TargetColumn,
  expression: ExpressionOf,
  dialect: Dialect,
  facts: FileFacts,
  evm: string,
): check.Check {
  const { name, role, required } = column
  switch (role) {
    case 'party':
      return check.party(name, expression(name), required, evm)
    case 'hash':
      return check.hash(name, expression(name), evm)
    case 'asset':
      return check.asset(name, expression(name), evm)
    case 'amount':
      return dialect.amounts === 'raw' || name !== 'amount'
        ? check.rawAmount(name, expression(name, true))
        : check.unitAmount(name, expression(name), decimalsSql(dialect, facts))
    case 'time':
      return check.timestamp(name, expression(name, true), dialect.time, required)
    case 'integer':
      return check.integer(name, expression(name, true), required)
    case 'choice':
      return check.choice(name, expression(name), column.values ?? [], required)
    case 'boolean':
      return check.truth(name, expression(name), required)
    case 'text':
      return check.freeText(name, expression(name), required)
  }
}

function decimalsSql(dialect: Dialect, facts: FileFacts): string {
  if (dialect.decimals === null)
    throw new ConfigError('Amounts in units need the decimals of their asset.', {
      fix: 'Add --decimals 18, or --decimals <header> where the file says it.',
    })
  if (/^\d{1,2}$/.test(dialect.decimals)) return dialect.decimals
  const at = facts.headers.findIndex((header) => header.name === dialect.decimals)
  if (at === -1)
    throw new ConfigError(`--decimals ${dialect.decimals} is neither a number nor a column of ${facts.path}.`, {
      details: [`Columns of the file: ${facts.headers.map((header) => header.name).join(', ')}`],
      fix: 'Give a number from 0 to 38 or the name of a column.',
    })
  return `try_cast(cast(h${at} as varchar) as integer)`
}

const chainCheck = "case when chain_id is null then 'chain is not known, see --chain-names' end"

function chainSql({ sql }: check.Expression, dialect: Dialect): string {
  const named = Object.entries(dialect.chainNames).map(
    ([name, chain]) => `when ${sql} = ${literal(name)} then ${literal(chain)}`,
  )
  return `case ${named.join(' ')} when regexp_full_match(${sql}, '[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64}') then ${sql} end`
}

function lineChecks({ facts, reject }: FileImport): string[] {
  const checks = facts.format === 'jsonl' ? ["case when not json_valid(line) then 'the line is not JSON' end"] : []
  const at = reject === undefined ? -1 : facts.headers.findIndex((header) => header.name === reject.header)
  if (reject !== undefined && at !== -1)
    checks.push(`case when starts_with(h${at}, ${literal(reject.startsWith)}) then ${literal(reject.reason)} end`)
  return checks
}

/** The columns that `rawSql` needs. */
function originals(facts: FileFacts): string {
  return facts.format === 'jsonl' ? 'line' : facts.headers.map((_, i) => `h${i}`).join(', ')
}

/** The record as it stood, for rejects. */
function rawSql(facts: FileFacts): string {
  if (facts.format === 'jsonl') return 'line'
  const fields = facts.headers.map((header, i) => `${literal(header.name)}, cast(h${i} as varchar)`)
  return `cast(json_object(${fields.join(', ')}) as varchar)`
}

/** A relation with the columns h0, h1, … of the file; every CSV and JSON value is text, whatever it looks like. */
function reader(facts: FileFacts): string {
  const { headers, path } = facts
  if (facts.format === 'parquet')
    return `(select ${headers.map((header, i) => `"${header.name.replaceAll('"', '""')}" as h${i}`).join(', ')} from read_parquet(${literal(path)}))`
  if (facts.format === 'csv') {
    const columns = headers.map((_, i) => `h${i}: 'VARCHAR'`).join(', ')
    return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal(facts.delimiter)}, quote = '"', escape = '"',
      columns = {${columns}}, store_rejects = true, rejects_limit = 0)`
  }
  const fields = headers.map((_, i) => `f[${i + 1}] as h${i}`).join(', ')
  const keys = headers.map((header) => literal(`$."${header.name.replaceAll('"', '\\"')}"`)).join(', ')
  return `(select line, ${fields} from (
    select line, case when json_valid(line) then json_extract_string(line, [${keys}]) end as f
    from read_csv(${literal(path)}, auto_detect = false, header = false, delim = chr(1), quote = '', escape = '',
      columns = {line: 'VARCHAR'}, store_rejects = true, rejects_limit = 0)
    where line is not null))`
}
