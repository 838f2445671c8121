import type { Command } from 'commander'
import { renderHtml } from '../report/html/render-html.ts'
import { writeWhole } from '../workflows/write-bundle.ts'
import { type AuditFlags, addAuditOptions, auditLedger, showSummary } from './audit.ts'
import { addCollectOptions, type CollectFlags, collectNetworks } from './collect.ts'
import { failOn } from './fail-on.ts'
import { LEDGER } from './options.ts'

export function runCommand(program: Command): void {
  const command = program
    .command('run <network...>')
    .description('Collect, audit and report in one go.')
    .option('--ledger <file>', 'the ledger to write and read', LEDGER)
  addAuditOptions(addCollectOptions(command))
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard run olas-mech --rpc 100=$' + '{GNOSIS_RPC} --from 2025-06-01 --to 2025-07-01',
    )
    .action(async (networks: string[], _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<CollectFlags & AuditFlags>()
      const summary = await collectNetworks(networks, flags)
      if (summary.interrupted) {
        process.exitCode = 130
        return
      }
      // --from and --to say what is collected; the audit counts all of the ledger.
      const { from: _from, to: _to, ...rest } = flags
      const { report, files } = await auditLedger(rest as AuditFlags)
      const html = flags.output.replace(/(\.json)?$/i, '.html')
      await writeWhole(html, renderHtml(report))
      showSummary(report, [html, ...files], flags)
      process.exitCode = flags.failOn === undefined ? 0 : failOn(report, flags.failOn)
    })
}
