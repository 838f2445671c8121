import type { TableName } from '../../records/index.ts'
import { tables } from '../../records/index.ts'
import { type FileDigest, literal } from './format.ts'
import { type FileImport, type Staged, stageFile } from './load-file.ts'
import { type ImportTable, keyed, targetColumns } from './targets.ts'
import { usageContext } from './usage-context.ts'

type Insert = { readonly table: TableName; readonly select: string; readonly unique: boolean }

/** A file as the ledger takes it: what to stage, and, once its hash is known, what of it goes where. See `Load` there. */
export type FilePlan = {
  readonly table: TableName
  readonly spec: string
  readonly stage: string
  readonly unreadable: { readonly headerLines: number } | null
  place(digest: FileDigest): { readonly source: string; readonly inserts: readonly Insert[] }
}

/** Compiles an import into SQL. Nothing is read but what `inspectFile` has read already. */
export function planFile(options: FileImport): FilePlan {
  const staged = stageFile(options)
  const main: TableName = options.table === 'usage' ? 'usage_events' : options.table
  const headerLines = options.facts.format === 'csv' ? 1 : 0
  return {
    table: main,
    spec: staged.spec,
    stage: staged.select,
    unreadable: options.facts.format === 'parquet' ? null : { headerLines },
    place: ({ sha256, lines }) => {
      const source = `file:${sha256}`
      const facts =
        options.table === 'usage'
          ? usageInserts(options, staged, source)
          : [tableInsert(options, options.table, staged, source)]
      const rest = [coverageInsert(options, staged, source, main), ...rejectInserts(source, main, headerLines, lines)]
      return { source, inserts: [...facts, ...rest] }
    },
  }
}

type Key = {
  readonly tx_hash: string
  readonly log_index: string
  readonly sub_index: string
  readonly trace_path: string
  readonly unique: boolean
}

/**
 * The key of a row: its log where the file names one, else what makes it the same row in any export that holds it
 * (parties, asset, amount, and which of several alike it is), else its place in this file.
 */
function keyOf(options: FileImport, staged: Staged, source: string, natural: readonly string[]): Key {
  const has = (column: string) => staged.columns.has(column)
  if (has('tx_hash') && has('log_index'))
    return {
      tx_hash: 'tx_hash',
      log_index: 'log_index',
      sub_index: has('sub_index') ? 'sub_index' : '0',
      trace_path: has('trace_path') ? 'trace_path' : "''",
      unique: false,
    }
  if (has('tx_hash')) {
    const fields = natural.filter(has).map((column) => `coalesce(cast("${column}" as varchar), '')`)
    const alike = `row_number() over (partition by tx_hash, ${natural
      .filter(has)
      .map((column) => `"${column}"`)
      .join(', ')} order by record_number)`
    const digest = `md5(concat_ws(' ', ${fields.join(', ')}))`
    return {
      tx_hash: 'tx_hash',
      log_index:
        options.table === 'transfers'
          ? '-1'
          : `-2 - cast(md5_number_lower(concat_ws(' ', ${fields.join(', ')})) % 2147483647 as bigint)`,
      sub_index: `${alike} - 1`,
      trace_path: `'natural:' || ${digest} || '#' || ${alike}`,
      unique: false,
    }
  }
  return { tx_hash: literal(source), log_index: 'record_number', sub_index: '0', trace_path: "''", unique: true }
}

const NATURAL_USAGE = ['timestamp', 'consumer', 'provider', 'asset', 'amount']

function usageInserts(options: FileImport, staged: Staged, source: string): Insert[] {
  const key = keyOf(options, staged, source, NATURAL_USAGE)
  const pick = (column: string, otherwise = 'null') => (staged.columns.has(column) ? `"${column}"` : otherwise)
  const fallbackId = key.unique
    ? `${literal(`${source.slice(5, 17)}:`)} || record_number`
    : `${key.tx_hash} || ':' || ${key.log_index} || ':' || ${key.sub_index}`
  const usageId = staged.columns.has('usage_id') ? `coalesce(usage_id, ${fallbackId})` : fallbackId
  const kind = staged.columns.has('kind') ? "coalesce(kind, 'settled')" : "'settled'"
  const shared = { chain: 'chain', tx_hash: key.tx_hash, log_index: key.log_index, sub_index: key.sub_index }
  const common = {
    protocol: literal(options.protocol),
    usage_id: usageId,
    block_number: pick('block_number'),
    timestamp: 'timestamp',
  }
  const events = {
    ...shared,
    kind,
    ...common,
    consumer: 'consumer',
    provider: 'provider',
    evaluator: 'null',
    tx_from: pick('tx_from'),
    service: pick('service'),
    units: pick('units'),
    expected_units: 'null',
    unit_kind: pick('unit_kind'),
    payload_hash: pick('payload_hash'),
    attribution: "'declared'",
    class: staged.columns.has('class') ? "coalesce(class, 'ordinary')" : "'ordinary'",
    source: literal(source),
  }
  const legs = {
    ...shared,
    event_kind: kind,
    leg: '0',
    ...common,
    from: staged.columns.has('payer') ? 'coalesce(payer, consumer)' : 'consumer',
    to: staged.columns.has('payee') ? 'coalesce(payee, provider)' : 'provider',
    asset: pick('asset'),
    amount: pick('amount'),
    expected_amount: 'null',
    kind: "'price'",
    source: literal(source),
  }
  return [
    { table: 'usage_events', select: selectGood('usage_events', events), unique: key.unique },
    { table: 'payments', select: selectGood('payments', legs), unique: key.unique },
    ...usageContext(options.protocol, staged).map(({ table, values, from }) => ({
      table,
      select: `select distinct * from (${selectGood(table, { ...values, source: literal(source) })} and ${from} is not null)`,
      unique: false,
    })),
  ]
}

function tableInsert(
  options: FileImport,
  table: Exclude<ImportTable, 'usage'>,
  staged: Staged,
  source: string,
): Insert {
  const key = keyed(table)
    ? keyOf(options, staged, source, ['timestamp', 'from', 'to', 'recipient', 'asset', 'amount', 'token_id'])
    : undefined
  const values: { [column: string]: string } = {}
  for (const { name } of targetColumns(table)) values[name] = staged.columns.has(name) ? `"${name}"` : 'null'
  if (key !== undefined)
    for (const part of ['tx_hash', 'log_index', 'sub_index', 'trace_path'] as const)
      if (part in values) values[part] = key[part]
  if ('chain' in values && values.chain === 'null') values.chain = '"chain"'
  if ('protocol' in values && values.protocol === 'null') values.protocol = literal(options.protocol)
  if (table === 'transfers') {
    values.n = staged.columns.has('n') ? 'coalesce(n, 1)' : '1'
    const guessed = `case when ${values.asset} = 'native' then 'native' else 'erc20' end`
    values.kind = staged.columns.has('kind') ? `coalesce(kind, ${guessed})` : guessed
  }
  values.source = literal(source)
  return { table, select: selectGood(table, values), unique: key?.unique ?? false }
}

/** Values by column name, put into the order of the table. */
function selectGood(table: TableName, values: { readonly [column: string]: string }): string {
  const list = Object.keys(tables[table].columns).map((name) => `${values[name] ?? 'null'} as "${name}"`)
  return `select ${list.join(', ')} from staged where reason is null`
}

function coverageInsert(options: FileImport, staged: Staged, source: string, table: TableName): Insert {
  const timed = staged.columns.has('timestamp')
  const values = {
    source: literal(source),
    protocol: literal(options.protocol),
    chain: 'chain',
    table_name: literal(table),
    from_block: 'null',
    to_block: 'null',
    from_hash: 'null',
    to_hash: 'null',
    from_time: timed ? 'min(timestamp)' : 'null',
    to_time: timed ? 'max(timestamp)' : 'null',
    spec: literal(staged.spec),
    method: literal(`file ${options.facts.format}`),
    rows: 'count(*)',
    checked: 'null',
  }
  const list = Object.keys(tables.coverage.columns).map((name) => `${values[name as keyof typeof values]} as "${name}"`)
  return {
    table: 'coverage',
    select: `select ${list.join(', ')} from staged where reason is null group by chain`,
    unique: false,
  }
}

/** A record says its line where records and lines run in step, else which record of the file it is. */
function rejectInserts(source: string, table: TableName, headerLines: number, lines: number): Insert[] {
  const inStep = `(select count(*) from staged_file) + (select count(*) from unreadable_lines) + ${headerLines} = ${lines}`
  const position = `case when ${inStep} then 'line ' || (record_number + ${headerLines}) else 'record ' || record_number end`
  return [
    {
      table: 'rejects',
      select: `select ${literal(source)}, ${literal(table)}, ${position}, reason, raw from staged where reason is not null`,
      unique: true,
    },
    {
      table: 'rejects',
      select: `select ${literal(source)}, ${literal(table)}, 'line ' || line, 'unreadable: ' || reason, coalesce(raw, '') from unreadable_lines`,
      unique: true,
    },
  ]
}
