import type { Command } from 'commander'
import { type CollectSummary, collect } from '../collect.ts'
import { ConfigError } from '../errors.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import { omissionPower } from '../statistics/omission-power.ts'
import { loadProtocol, onDeployments } from './load-protocol.ts'
import { chainId, endpoint, LEDGER, wholeNumber } from './options.ts'
import { type GlobalOptions, note, print, progressLine } from './output.ts'

export type CollectFlags = GlobalOptions & {
  readonly ledger: string
  readonly rpc: readonly { readonly chain: string; readonly url: string }[]
  readonly from?: string
  readonly to: string
  readonly deployments?: string
  readonly chain?: string
  readonly chunkBlocks?: number
  readonly confirmations?: number
  readonly maxRequests?: number
  readonly rps?: number
  readonly paranoid?: boolean
  readonly allowGaps?: boolean
}

export function addCollectOptions(command: Command): Command {
  return command
    .option(
      '--rpc <chain=url>',
      'a node for a chain, or a further one for the same; repeat for more; $NAME in braces is read from the environment',
      endpoint,
      [],
    )
    .option('--from <block|date>', 'first block, or day; default: where the contracts begin')
    .option(
      '--to <block|date>',
      'last block, day (exclusive), or finalized; never a block that may still change',
      'finalized',
    )
    .option(
      '--confirmations <n>',
      'where no node knows the finalized block: the depth that is taken as final',
      wholeNumber,
    )
    .option('--deployments <file>', 'JSON list of contracts that stand in for the known ones')
    .option('--chunk-blocks <n>', 'blocks in one call at most; default: as many as hold one full answer', wholeNumber)
    .option('--max-requests <n>', 'JSON-RPC calls that the run may make', wholeNumber)
    .option('--rps <n>', 'JSON-RPC calls a second at one node', wholeNumber)
    .option('--paranoid', 'read every header, and compare every block that it does not clear with its receipts')
    .option('--allow-gaps', 'leave out and name ranges that no node answers, instead of failing')
}

export function collectCommand(program: Command): void {
  const command = program
    .command('collect <network...>')
    .description('Read the usage, payments, rewards and token transfers of networks from their chains into a ledger.')
    .option('--ledger <file>', 'the ledger to write', LEDGER)
  addCollectOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard collect olas-mech --rpc 100=$' + '{GNOSIS_RPC} --from 2025-06-01 --to 2025-07-01',
    )
    .action(async (networks: string[], _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<CollectFlags>()
      const summary = await collectNetworks(networks, flags)
      if (flags.json) print(JSON.stringify(summary))
      process.exitCode = summary.interrupted ? 130 : 0
    })
}

/** Collects into the ledger of the flags; Ctrl-C ends it between two batches. */
export async function collectNetworks(networks: readonly string[], flags: CollectFlags): Promise<CollectSummary> {
  const protocols = await Promise.all(networks.map((network) => networkOf(network, flags)))
  if (flags.rpc.length === 0) throw noEndpoint(protocols)
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const ledger = await openLedger(flags.ledger)
  try {
    const summary = await collect({
      ledger,
      protocols,
      endpoints: flags.rpc,
      to: blockPoint(flags.to),
      ...(flags.from === undefined ? {} : { from: blockPoint(flags.from) }),
      ...readingFlags(flags),
      progress: progressLine(flags),
      signal: abort.signal,
    })
    for (const chain of summary.chains) for (const line of describeChain(chain)) note(line, flags)
    for (const { protocol, chain } of summary.unread)
      note(`${protocol} on ${chain}: not read, no --rpc for this chain`, flags)
    if (summary.interrupted) note('Interrupted. The same command goes on from here.', flags)
    return summary
  } finally {
    ledger.close()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

async function networkOf(name: string, flags: CollectFlags): Promise<AnyProtocol> {
  const protocol = await loadProtocol(name)
  return flags.deployments === undefined ? protocol : onDeployments(protocol, flags.deployments)
}

function readingFlags({ chunkBlocks, confirmations, maxRequests, rps, paranoid, allowGaps }: CollectFlags) {
  return {
    ...(chunkBlocks === undefined ? {} : { chunkBlocks }),
    ...(confirmations === undefined ? {} : { confirmations }),
    ...(maxRequests === undefined ? {} : { maxRequests }),
    ...(rps === undefined ? {} : { rps }),
    ...(paranoid === undefined ? {} : { paranoid }),
    ...(allowGaps === undefined ? {} : { allowGaps }),
  }
}

/** What was read, what was compared, and what was left out. */
function describeChain(chain: CollectSummary['chains'][number]): string[] {
  const { blocks, logs, served } = chain.checked
  const power = (omissionPower(logs, 0.005) * 100).toFixed(1)
  const compared =
    blocks === 0
      ? '  omissions: nothing was left to compare in this run'
      : `  omissions: ${logs} logs of ${blocks} blocks compared with their receipts; had 0.5 % of logs been missing, this would have seen it with ${power} %`
  return [
    `${chain.protocol} on ${chain.chain}: blocks ${chain.from}–${chain.to}, ${describeRows(chain.rows)}, ${chain.rejected} rejected`,
    served ? compared : '  omissions: not looked for, since no node serves receipts and there is no second one',
    ...chain.skipped.map(({ from, to, reason }) => `  NOT READ: blocks ${from}–${to}. The provider says: ${reason}`),
  ]
}

function blockPoint(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

function describeRows(rows: CollectSummary['chains'][number]['rows']): string {
  const facts = Object.entries(rows).filter(
    ([table]) => !['coverage', 'protocols', 'assets', 'labels', 'rejects'].includes(table),
  )
  return facts.length === 0 ? 'nothing new' : facts.map(([table, n]) => `${n} ${table}`).join(', ')
}

function noEndpoint(protocols: readonly AnyProtocol[]): ConfigError {
  const chains = [...new Set(protocols.flatMap((protocol) => protocol.deployments.map(({ chain }) => chain)))]
  return new ConfigError('No node is named to read from.', {
    details: [`Chains of these networks: ${chains.map(chainId).join(', ')}`],
    fix: `Add --rpc ${(chains[0] ?? 'eip155:1').replace('eip155:', '')}=<url>.`,
  })
}
