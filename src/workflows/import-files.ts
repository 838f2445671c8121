import { ConfigError } from '../errors.ts'
import type { Ledger, LoadSummary } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'
import { type ColumnMap, type Dialect, defaultDialect } from '../sources/file/column-map.ts'
import { digestFile, inspectFile } from '../sources/file/format.ts'
import { planFile } from '../sources/file/plan.ts'
import { presets } from '../sources/file/presets.ts'
import { type ImportTable, importTables } from '../sources/file/targets.ts'

export type ImportOptions = {
  readonly ledger: Ledger
  readonly files: readonly string[]
  /** A table, unless the preset says it. */
  readonly table?: string
  readonly preset?: string
  /** The network that the rows belong to; a name of the user's own where washboard has no adapter. */
  readonly protocol: string
  readonly map?: ColumnMap
  readonly dialect?: Partial<Dialect>
}

export type ImportedFile = LoadSummary & { readonly path: string; readonly table: TableName }

/** Brings files into the ledger, one transaction each. Rows that are not facts are kept in `rejects` and counted. */
export async function importFiles(options: ImportOptions): Promise<ImportedFile[]> {
  const preset = options.preset === undefined ? undefined : findPreset(options.preset)
  const table = tableOf(options.table ?? preset?.table)
  const map = { ...preset?.map, ...options.map }
  const imported: ImportedFile[] = []
  for (const path of options.files) {
    const facts = await inspectFile(path)
    const hasChain = facts.headers.some(({ name }) => name === 'chain')
    const chain = hasChain ? 'chain' : `file:${options.protocol}`
    const dialect = { ...defaultDialect, chain, ...preset?.dialect, ...options.dialect }
    const reject = preset?.reject
    const plan = planFile({
      facts,
      table,
      protocol: options.protocol,
      map,
      dialect,
      ...(reject === undefined ? {} : { reject }),
    })
    const placed = digestFile(path, facts.format).then(plan.place)
    imported.push({ path, table: plan.table, ...(await options.ledger.load({ ...plan, placed })) })
  }
  await options.ledger.append({ facts: { protocols: [metricOf(options.protocol)] } })
  return imported
}

function findPreset(id: string) {
  const found = presets.find((preset) => preset.id === id)
  if (found !== undefined) return found
  throw new ConfigError(`There is no preset named ${id}.`, {
    details: presets.map((preset) => `${preset.id}: ${preset.title}`),
    fix: 'Choose one of these, or use --table with --map.',
  })
}

function tableOf(name: string | undefined): ImportTable {
  const found = importTables.find((table) => table === name)
  if (found !== undefined) return found
  throw new ConfigError(name === undefined ? 'The import names no table.' : `Files cannot be imported into ${name}.`, {
    details: [`Tables: ${importTables.join(', ')}`],
    fix: 'Add --table usage, or --preset.',
  })
}

/** Without an adapter every usage counts that was not refunded, rejected or left to expire. */
function metricOf(protocol: string) {
  return {
    protocol,
    adapter_version: 0,
    metric_statuses: 'requested,priced,funded,delivered,settled,reused',
    metric_time: 'settled_at',
    unit_kind: null,
    source: 'import',
  }
}
