import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { escapeTerminal } from '../report/escape.ts'
import { type Diagnosis, diagnose } from '../sources/rpc/doctor.ts'
import { endpoint } from './options.ts'
import { type GlobalOptions, print } from './output.ts'

type DoctorFlags = GlobalOptions & { readonly rpc: readonly { readonly chain: string; readonly url: string }[] }

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Ask a node what collecting would need of it: limits, depth, finality, times, batches, receipts, traces.',
    )
    .option(
      '--rpc <chain=url>',
      'the node; repeat for more; $NAME in braces is read from the environment',
      endpoint,
      [],
    )
    .addHelpText('after', '\nExample:\n  $ washboard doctor --rpc 100=$' + '{GNOSIS_RPC}')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<DoctorFlags>()
      if (flags.rpc.length === 0) throw new ConfigError('No node is named to look at.', { fix: 'Add --rpc 100=<url>.' })
      const found: Diagnosis[] = []
      for (const one of flags.rpc) found.push(await diagnose(one, Date.now()))
      print(flags.json ? JSON.stringify(found) : found.map(describe).join('\n\n'))
    })
}

function describe(found: Diagnosis): string {
  const said = (words: string | null) => (words === null ? '' : `; beyond that it says: ${escapeTerminal(words)}`)
  const yes = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no')
  const rows: readonly (readonly [string, string])[] = [
    ['software', escapeTerminal(found.software ?? 'does not say')],
    ['newest block', `${found.latest}, ${found.behindSeconds} s behind this machine's clock`],
    ['finalized', found.finalized === null ? 'the tag is not known: pass --confirmations' : String(found.finalized)],
    ['eth_getLogs range', `${found.logRange.blocks} blocks${said(found.logRange.refusal)}`],
    ['eth_getLogs answer', `${found.logResults.logs} logs seen${said(found.logResults.refusal)}`],
    ['logs of block 1', yes(found.archive.logs)],
    ['state of block 1', yes(found.archive.state)],
    ['time in logs', yes(found.blockTimestamp)],
    ['batches', yes(found.batches)],
    [
      'block receipts',
      `${yes(found.receipts)}${found.receipts ? '' : ': omissions cannot be looked for with this node alone'}`,
    ],
    ['traces', found.traces.join(', ') || 'none: native transfers come from whole blocks, or not at all'],
  ]
  return [found.chain, ...rows.map(([name, text]) => `  ${name.padEnd(20)}${text}`), `  (${found.calls} calls)`].join(
    '\n',
  )
}
