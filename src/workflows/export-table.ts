import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { ConfigError } from '../errors.ts'
import { type CsvTable, renderCsv } from '../report/csv.ts'
import type { Report } from '../report/report.ts'

export const exportFormats = ['csv', 'json', 'ndjson', 'parquet'] as const

export type ExportOptions = {
  /** Path of the report; its evidence stands beside it. */
  readonly path: string
  readonly report: Report
  readonly table: CsvTable
  readonly format: string
  /** `-`: stdout, by `print`. */
  readonly output: string
  print(text: string): void
}

/** Writes one table of a report. Payments are taken from the evidence, all of them, where it stands beside the report. */
export async function exportTable(options: ExportOptions): Promise<void> {
  const { format, output } = options
  if (!exportFormats.some((known) => known === format))
    throw new ConfigError(`There is no export format ${format}.`, { fix: `Use one of ${exportFormats.join(', ')}.` })
  if (format === 'parquet' && output === '-')
    throw new ConfigError('Parquet does not go to a terminal.', { fix: 'Add --output payments.parquet.' })
  const folder = await mkdtemp(join(tmpdir(), 'washboard-export-'))
  try {
    const target = output === '-' ? join(folder, 'table') : output
    const whole = join(dirname(options.path), 'evidence', 'payments.parquet')
    if (options.table === 'payments' && existsSync(whole)) await copy(`read_parquet('${sql(whole)}')`, format, target)
    else {
      const csv = renderCsv(options.report, options.table)
      if (format === 'csv') await writeFile(target, csv)
      else {
        const plain = join(folder, 'table.csv')
        await writeFile(plain, csv)
        await copy(`read_csv('${sql(plain)}', header = true, all_varchar = true)`, format, target)
      }
    }
    if (output === '-') options.print(await readFile(target, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function copy(from: string, format: string, target: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const kinds: { readonly [format: string]: string } = {
    csv: 'format csv, header',
    json: 'format json, array true',
    ndjson: 'format json',
    parquet: 'format parquet, compression zstd',
  }
  try {
    // Texts from a chain may start like a formula; a spreadsheet must not run them.
    const safe = format === 'csv' ? `select columns(*)::varchar from ${from}` : `select * from ${from}`
    const guarded =
      format === 'csv'
        ? `select case when regexp_matches(columns(*), '^[=+@\\t\\r-]') then '''' || columns(*) else columns(*) end from (${safe})`
        : safe
    await connection.run(`copy (${guarded}) to '${sql(target)}' (${kinds[format]})`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function sql(text: string): string {
  return text.replaceAll("'", "''")
}
