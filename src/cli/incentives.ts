import type { Command } from 'commander'
import { openLedger } from '../ledger/duckdb.ts'
import { incentives } from '../workflows/incentives/incentives.ts'
import { parseWhatIf, type WhatIf } from '../workflows/incentives/what-if.ts'
import { incentivesText } from './incentives-text.ts'
import { LEDGER, readPrices, time, wholeNumber } from './options.ts'
import { type GlobalOptions, print } from './output.ts'

type IncentivesFlags = GlobalOptions & {
  readonly ledger: string
  readonly from?: number
  readonly to?: number
  readonly seed: number
  readonly prices?: string
  readonly programme?: string
  readonly whatIf: readonly WhatIf[]
  readonly allowGaps?: boolean
}

export function incentivesCommand(program: Command): void {
  program
    .command('incentives')
    .description(
      'Print where the rewards of each programme went by level of the ladder, what that usage cost, at which rate it would not have paid, and what other targets or rates would change.',
    )
    .option('--ledger <file>', 'the ledger to read', LEDGER)
    .option('--from <date>', 'usage and rewards from this day or time on', time)
    .option('--to <date>', 'usage and rewards before this day or time', time)
    .option('--seed <n>', 'seed of every random stream', wholeNumber, 1)
    .option('--programme <name>', 'one programme alone')
    .option(
      '--what-if <change>',
      'target=16 for another target, rate=0.5 for half of every reward; may be repeated',
      (text: string, before: readonly WhatIf[]) => [...before, parseWhatIf(text)],
      [],
    )
    .option('--prices <file>', 'CSV of chain,asset,usd,source: compares rewards and costs in different assets')
    .option('--allow-gaps', 'in spite of gaps in collection')
    .addHelpText('after', '\nExample:\n  $ washboard incentives --what-if target=16 --what-if rate=0.5')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<IncentivesFlags>()
      const { from = null, to = null, seed, programme, whatIf, allowGaps = false } = flags
      const prices = flags.prices === undefined ? [] : await readPrices(flags.prices)
      const ledger = await openLedger(flags.ledger, { readOnly: true })
      try {
        const found = await incentives(ledger, { from, to, seed, programme, whatIf, prices, allowGaps })
        print(flags.json ? JSON.stringify(found) : incentivesText(found))
      } finally {
        ledger.close()
      }
    })
}
