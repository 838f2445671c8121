import type { Command } from 'commander'
import { openLedger } from '../ledger/duckdb.ts'
import { LEDGER } from './options.ts'
import { print } from './output.ts'

export function hashCommand(program: Command): void {
  program
    .command('hash')
    .description('Print the SHA-256 of a ledger: the same rows and coverage give the same hash, however they came.')
    .option('--ledger <file>', 'the ledger to read', LEDGER)
    .addHelpText('after', '\nExample:\n  $ washboard hash --ledger washboard.duckdb')
    .action(async (_: unknown, self: Command) => {
      const ledger = await openLedger(self.optsWithGlobals<{ ledger: string }>().ledger, { readOnly: true })
      try {
        print(await ledger.hash())
      } finally {
        ledger.close()
      }
    })
}
