import type { Command } from 'commander'
import { recordsOf, scenarios, simulateScenario } from '../simulation/index.ts'
import { writeSimulation } from '../workflows/write-simulation.ts'
import { fraction, wholeNumber } from './options.ts'
import { type GlobalOptions, note, print } from './output.ts'

type SimulateFlags = GlobalOptions & {
  readonly scenario: string
  readonly seed: number
  readonly records: number
  readonly share?: number
  readonly output: string
}

export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description(
      'Make a market with known truth: a ledger as a collection would leave it, and truth.parquet beside it. Same seed, same hash.',
    )
    .option('--scenario <name>', `who is in it: ${scenarios.join(', ')}`, 'market')
    .option('--seed <n>', 'what decides every draw', wholeNumber, 1)
    .option('--records <n>', 'about how many rows: usage events, payments, transfers and rewards', wholeNumber, 100_000)
    .option(
      '--share <share>',
      'share of wash usage in the value, or in the tokens of a company; default: 0.2',
      fraction,
    )
    .option('--output <folder>', 'where ledger.duckdb and truth.parquet go', '.')
    .addHelpText('after', '\nExample:\n  $ washboard simulate --scenario A3 --seed 7 --share 0.05 --output market')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<SimulateFlags>()
      const { scenario, seed, records, share, output } = flags
      const recording = simulateScenario({ scenario, seed, records, ...(share === undefined ? {} : { share }) })
      const written = await writeSimulation(recording, output)
      const total = recordsOf(recording)
      if (flags.json) print(JSON.stringify({ scenario, seed, records: total, ...written }))
      const rows = Object.entries(written.rows).map(([table, n]) => `${n} ${table}`)
      note(`${written.ledger}: ${total} records (${rows.join(', ')})\n${written.truth}: what they really are`, flags)
    })
}
