import type { Command } from 'commander'
import { audit } from '../audit.ts'
import { ConfigError } from '../errors.ts'
import { auditMemory } from '../ledger/audit-memory.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal.ts'
import { type RunFacts, writeBundle } from '../workflows/write-bundle.ts'
import { failOn } from './fail-on.ts'
import { LEDGER, readContests, readPrices, time, wholeNumber } from './options.ts'
import { columnsOf, type GlobalOptions, print, wantsColor } from './output.ts'

export type AuditFlags = GlobalOptions & {
  readonly ledger: string
  readonly from?: number
  readonly to?: number
  readonly seed: number
  readonly prices?: string
  readonly memory?: string
  readonly allowGaps?: boolean
  readonly controls: string
  readonly contest?: string
  readonly asOf?: number
  readonly output: string
  readonly failOn?: string
}

export function addAuditOptions(command: Command): Command {
  return command
    .option('--seed <n>', 'seed of every random stream', wholeNumber, 1)
    .option('--prices <file>', 'CSV of chain,asset,usd,source[,decimals,symbol]')
    .option(
      '--memory <size>',
      'memory the ledger may use before it spills to disk, such as 4GB; default: as much as it is large',
    )
    .option('--allow-gaps', 'go on in spite of gaps in collection; the report is stamped incomplete')
    .option('--controls <extent>', 'full: null-model control and sensitivity table as well; none: neither', 'full')
    .option('--contest <file>', 'JSON list of {"wallet" or "finding", "statement", "expires", "by"}')
    .option('--as-of <date>', 'when statements have expired or not; default: the end of the data', time)
    .option('--output <file>', 'where report.json goes; evidence stands beside it', 'report.json')
    .option('--fail-on <expression>', 'exit 1 when it holds, 4 when its value is unavailable: value.L0.low>0.2')
}

export function auditCommand(program: Command): void {
  const command = program
    .command('audit')
    .description('Audit a ledger: how much of its usage is consistent with wash usage, with the evidence.')
    .option('--ledger <file>', 'the ledger to read', LEDGER)
    .option('--from <date>', 'count usage from this time on', time)
    .option('--to <date>', 'count usage before this time', time)
  addAuditOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard audit --ledger washboard.duckdb --from 2025-06-01 --to 2025-07-01 --output june/report.json',
    )
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<AuditFlags>()
      const { report, files } = await auditLedger(flags)
      showSummary(report, files, flags)
      process.exitCode = flags.failOn === undefined ? 0 : failOn(report, flags.failOn)
    })
}

const extents = ['full', 'none'] as const

/** Audits the ledger of the flags and writes the bundle. */
export async function auditLedger(flags: AuditFlags): Promise<{ report: Report; files: string[] }> {
  const started = new Date()
  const controls = extents.find((known) => known === flags.controls)
  if (controls === undefined)
    throw new ConfigError(`There is no --controls ${flags.controls}.`, { fix: `Use one of ${extents.join(', ')}.` })
  const contests = flags.contest === undefined ? [] : await readContests(flags.contest)
  const prices = flags.prices === undefined ? [] : await readPrices(flags.prices)
  const memory = flags.memory ?? (await auditMemory(flags.ledger))
  const ledger = await openLedger(flags.ledger, { readOnly: true, memory })
  try {
    const audited = await audit(ledger, {
      from: flags.from ?? null,
      to: flags.to ?? null,
      seed: flags.seed,
      prices,
      allowGaps: flags.allowGaps ?? false,
      controls,
      contests,
      ...(flags.asOf === undefined ? {} : { asOf: flags.asOf }),
    })
    const files = await writeBundle(ledger, audited, flags.output, runFacts(started))
    return { report: audited.report, files }
  } finally {
    ledger.close()
  }
}

export function runFacts(started: Date): RunFacts {
  return { startedAt: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
}

/** The report as data with --json, else a summary that fits a screen. */
export function showSummary(report: Report, files: readonly string[], flags: GlobalOptions): void {
  if (flags.json) print(JSON.stringify(report))
  else if (!flags.quiet)
    print(
      renderTerminal(report, {
        color: wantsColor(process.stdout),
        columns: columnsOf(process.stdout),
        files: files.slice(0, 2),
      }),
    )
}
