import type { Command } from 'commander'
import { openLedger } from '../ledger/duckdb.ts'
import { reconcileSubgraph } from '../workflows/reconcile-subgraph.ts'
import { renderReconciliation } from '../workflows/render-reconciliation.ts'
import { loadProtocol } from './load-protocol.ts'
import { LEDGER, MISMATCH, type NetworkUrl, networkUrl } from './options.ts'
import { type GlobalOptions, print, progressLine } from './output.ts'

type ReconcileFlags = GlobalOptions & { readonly ledger: string; readonly subgraph: readonly NetworkUrl[] }

export function reconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description('Compare what was collected from a chain with what a subgraph says, row by row.')
    .option('--ledger <file>', 'the ledger collected from the chain; it is not changed', LEDGER)
    .requiredOption('--subgraph <network@chain=url>', 'the subgraph of a network; repeat for more', networkUrl)
    .addHelpText('after', '\nExample:\n  $ washboard reconcile --subgraph olas-mech@100=$' + '{OLAS_GNOSIS_SUBGRAPH}')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<ReconcileFlags>()
      const ledger = await openLedger(flags.ledger, { readOnly: true })
      try {
        for (const { network, chain, url } of flags.subgraph) {
          const against = await openLedger(':memory:')
          const protocol = await loadProtocol(network)
          const options = { ledger, against, protocol, chain, url, progress: progressLine(flags) }
          const result = await reconcileSubgraph(options).finally(() => against.close())
          print(flags.json ? JSON.stringify(result) : renderReconciliation(result))
          if (result.missing.total + result.extra.total + result.different.total > 0) process.exitCode = MISMATCH
        }
      } finally {
        ledger.close()
      }
    })
}
