import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { canonicalJson } from '../report/canonical-json.ts'
import { type CsvTable, csvTables, renderCsv } from '../report/csv.ts'
import { renderHtml } from '../report/html/render-html.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { type Report, reportSchema } from '../report/report.ts'
import { renderTerminal } from '../report/terminal.ts'
import { exportFormats, exportTable } from '../workflows/export-table.ts'
import { writeWhole } from '../workflows/write-bundle.ts'
import { columnsOf, type GlobalOptions, note, print, wantsColor } from './output.ts'

const formats = ['html', 'md', 'csv', 'json', 'terminal'] as const
type Format = (typeof formats)[number]

type ReportFlags = GlobalOptions & { readonly format: string; readonly output?: string }

export function reportCommand(program: Command): void {
  program
    .command('report <report.json>')
    .description('Render a report: HTML, Markdown, CSV of its findings, JSON, or the terminal summary.')
    .option('--format <format>', formats.join(', '), 'html')
    .option('--output <file>', 'where it goes; - for stdout; default: beside the report, terminal to stdout')
    .addHelpText('after', '\nExample:\n  $ washboard report report.json --format html --output report.html')
    .action(async (path: string, _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<ReportFlags>()
      const format = formats.find((known) => known === flags.format)
      if (format === undefined)
        throw new ConfigError(`There is no format ${flags.format}.`, { fix: `Use one of ${formats.join(', ')}.` })
      const report = await readReport(path)
      await deliver(
        render(report, format),
        flags.output ?? (format === 'terminal' ? '-' : defaultPath(path, format)),
        flags,
      )
    })
}

export function exportCommand(program: Command): void {
  program
    .command('export <table>')
    .description(`Write a table of a report: ${csvTables.join(', ')}. Payments come whole from the evidence beside it.`)
    .requiredOption('--report <file>', 'the report.json')
    .option('--format <format>', exportFormats.join(', '), 'csv')
    .option('--output <file>', 'where it goes; - for stdout (not for parquet)', '-')
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard export payments --report report.json --format csv --output payments.csv',
    )
    .action(async (table: string, _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<ReportFlags & { readonly report: string; readonly output: string }>()
      const known = csvTables.find((name) => name === table)
      if (known === undefined)
        throw new ConfigError(`There is no table ${table} in a report.`, { fix: `Use one of ${csvTables.join(', ')}.` })
      await exportTable({
        path: flags.report,
        report: await readReport(flags.report),
        table: known as CsvTable,
        format: flags.format,
        output: flags.output,
        print,
      })
    })
}

/** Reads and checks a report; a file of another kind or a newer schema is refused. */
export async function readReport(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The report ${path} cannot be read.`, {
      fix: 'Check the path; `washboard audit` writes one.',
      cause,
    })
  })
  const parsed = reportSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ConfigError(`${path} is not a report of this version of washboard.`, {
    details: [`${issue?.path.join('.') || 'the file'}: ${issue?.message}`],
    fix: 'Give it a report.json that `washboard audit` wrote.',
  })
}

export function render(report: Report, format: Format): string {
  switch (format) {
    case 'html':
      return renderHtml(report)
    case 'md':
      return renderMarkdown(report)
    case 'csv':
      return renderCsv(report, 'findings')
    case 'json':
      return canonicalJson(report)
    case 'terminal':
      return renderTerminal(report, { color: wantsColor(process.stdout), columns: columnsOf(process.stdout) })
  }
}

async function deliver(text: string, output: string, flags: GlobalOptions): Promise<void> {
  if (output === '-') return print(text)
  await writeWhole(output, text)
  note(output, flags)
}

function defaultPath(report: string, format: Format): string {
  return `${report.replace(/\.json$/i, '')}${format === 'json' ? '.canonical' : ''}.${format}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
