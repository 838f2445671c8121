import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type ColumnMap, type Dialect, isChain, parsePairs } from '../sources/file/column-map.ts'
import { presets } from '../sources/file/presets.ts'
import { importTables } from '../sources/file/targets.ts'
import { importFiles } from '../workflows/import-files.ts'
import { importTransactions } from '../workflows/import-transactions.ts'
import { loadProtocol } from './load-protocol.ts'
import { LEDGER, wholeNumber } from './options.ts'
import { type GlobalOptions, note, print } from './output.ts'

type ImportFlags = GlobalOptions & {
  readonly ledger: string
  readonly table?: string
  readonly preset?: string
  readonly map?: string
  readonly protocol: string
  readonly chain?: string
  readonly chainNames?: string
  readonly decimals?: string
  readonly amounts?: 'raw' | 'units'
  readonly time?: 's' | 'ms' | 'iso'
  readonly maxRejects?: number
  readonly memory: string
}

const presetList = [...presets.map((preset) => preset.id), 'receipts', 'logs'].join(', ')

export function importCommand(program: Command): void {
  program
    .command('import <file...>')
    .description(
      'Bring CSV, JSON lines or Parquet files into a ledger. Rows that are not facts are kept, counted and shown.',
    )
    .option('--ledger <file>', 'the ledger to write', LEDGER)
    .option('--table <table>', `what the rows are: ${importTables.join(', ')}`)
    .option('--preset <preset>', `a known kind of file: ${presetList}`)
    .option('--map <column=header,…>', 'where the columns of the table stand in the file')
    .option('--protocol <id|file>', 'the network the rows belong to; an adapter decodes receipts and logs', 'import')
    .option('--chain <chain|header>', 'CAIP-2 id such as eip155:1, or the column that holds it')
    .option('--chain-names <name=caip2,…>', 'what the file calls the chains')
    .option('--decimals <n|header>', 'decimals of amounts in units')
    .option('--amounts <raw|units>', 'raw: already in the smallest unit (default)')
    .option('--time <s|ms|iso>', 'how times are written; default: seconds')
    .option('--max-rejects <n>', 'fail with exit code 1 when more rows than this are rejected', wholeNumber)
    .option('--memory <size>', 'memory the ledger may use before it spills to disk', '512MB')
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard import usage.csv --table usage --chain eip155:8453 --protocol my-network --map consumer=buyer,provider=seller',
    )
    .action(async (files: string[], _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<ImportFlags>()
      const ledger = await openLedger(flags.ledger, { memory: flags.memory })
      try {
        const rejected = await importAll(ledger, files, flags)
        process.exitCode = flags.maxRejects !== undefined && rejected > flags.maxRejects ? 1 : 0
      } finally {
        ledger.close()
      }
    })
}

async function importAll(ledger: Ledger, files: readonly string[], flags: ImportFlags): Promise<number> {
  checkChoices(flags)
  const isLogs = flags.preset === 'receipts' || flags.preset === 'logs'
  const imported = isLogs ? await importLogs(ledger, files, flags) : await importRows(ledger, files, flags)
  if (flags.json) print(JSON.stringify(imported))
  return imported.reduce((sum, file) => sum + file.rejected, 0)
}

async function importLogs(ledger: Ledger, files: readonly string[], flags: ImportFlags) {
  const protocol = await loadProtocol(flags.protocol)
  const preset = flags.preset as 'receipts' | 'logs'
  const imported = await importTransactions({ ledger, files, preset, protocol, chain: flags.chain ?? '' })
  for (const file of imported) {
    const rows = Object.entries(file.added).filter(([table]) => table !== 'rejects')
    note(
      `${file.path}: ${file.transactions} transactions, ${rows.map(([table, n]) => `${n} ${table}`).join(', ')}, ${file.rejected} rejected`,
      flags,
    )
  }
  return imported
}

async function importRows(ledger: Ledger, files: readonly string[], flags: ImportFlags) {
  const imported = await importFiles({
    ledger,
    files,
    protocol: flags.protocol,
    ...(flags.table === undefined ? {} : { table: flags.table }),
    ...(flags.preset === undefined ? {} : { preset: flags.preset }),
    ...(flags.map === undefined ? {} : { map: mapOf(flags.map) }),
    dialect: dialectOf(flags),
  })
  for (const file of imported) {
    const merged = file.merged[file.table]
    const known = merged === undefined || merged.known === 0 ? '' : `, ${merged.known} known already`
    const conflicting = merged === undefined || merged.conflicting === 0 ? '' : `, ${merged.conflicting} in conflict`
    const why = file.rejected === 0 ? '' : ' (kept in the ledger with line and reason)'
    note(
      `${file.path}: ${file.read} rows read, ${merged?.added ?? 0} added${known}${conflicting}, ${file.rejected} rejected${why}`,
      flags,
    )
  }
  return imported
}

function mapOf(text: string): ColumnMap {
  return Object.fromEntries(Object.entries(parsePairs('--map', text)).map(([column, header]) => [column, { header }]))
}

function dialectOf({ chain, chainNames, decimals, amounts, time }: ImportFlags): Partial<Dialect> {
  return {
    ...(chain === undefined ? {} : { chain: /^\d+$/.test(chain) ? `eip155:${chain}` : chain }),
    ...(chainNames === undefined ? {} : { chainNames: parsePairs('--chain-names', chainNames) }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(amounts === undefined ? {} : { amounts }),
    ...(time === undefined ? {} : { time }),
  }
}

function checkChoices({ amounts, time, chainNames }: ImportFlags): void {
  const wrong = (flag: string, value: string | undefined, choices: readonly string[]) => {
    if (value !== undefined && !choices.includes(value))
      throw new ConfigError(`${flag} is ${choices.join(' or ')}, not ${value}.`, {
        fix: `Write ${flag} ${choices[0]}.`,
      })
  }
  wrong('--amounts', amounts, ['raw', 'units'])
  wrong('--time', time, ['s', 'ms', 'iso'])
  const unknown = Object.values(chainNames === undefined ? {} : parsePairs('--chain-names', chainNames)).find(
    (chain) => !isChain(chain),
  )
  if (unknown !== undefined)
    throw new ConfigError(`${unknown} is not a CAIP-2 chain.`, { fix: 'Write --chain-names ethereum=eip155:1.' })
}
