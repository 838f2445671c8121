import { join } from 'node:path'
import type { Command } from 'commander'
import { openLedger } from '../ledger/duckdb.ts'
import { renderHtml } from '../report/html/render-html.ts'
import { auditDemo } from '../workflows/demo.ts'
import { writeBundle, writeWhole } from '../workflows/write-bundle.ts'
import { runFacts, showSummary } from './audit.ts'
import type { GlobalOptions } from './output.ts'

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('Audit a real mainnet sample that ships with the package, without a network.')
    .option('--output <folder>', 'where report.html and report.json go', '.')
    .addHelpText('after', '\nExample:\n  $ washboard demo')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<GlobalOptions & { output: string }>()
      const started = new Date()
      const ledger = await openLedger(':memory:')
      try {
        const audited = await auditDemo(ledger)
        const html = join(flags.output, 'report.html')
        const files = await writeBundle(ledger, audited, join(flags.output, 'report.json'), runFacts(started))
        await writeWhole(html, renderHtml(audited.report))
        showSummary(audited.report, [html, ...files], flags)
      } finally {
        ledger.close()
      }
    })
}
