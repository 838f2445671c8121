import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { collectSubgraph } from '../collect/subgraph.ts'
import { type CollectSummary, collect, planCollection } from '../collect.ts'
import { ConfigError } from '../errors.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import type { Progress } from '../sources/source.ts'
import { reconcileSubgraph } from '../workflows/reconcile-subgraph.ts'
import { renderReconciliation } from '../workflows/render-reconciliation.ts'
import { describeChain, describePlan, describeRows } from './collect-text.ts'
import { loadProtocol, onDeployments } from './load-protocol.ts'
import { endpoint, LEDGER, MISMATCH, type NetworkUrl, networkUrl, wholeNumber } from './options.ts'
import { type GlobalOptions, note, print, progressLine } from './output.ts'
import { describePublicNode, publicNodes } from './public-node.ts'

export type CollectFlags = GlobalOptions & {
  readonly ledger: string
  readonly rpc: readonly { readonly chain: string; readonly url: string }[]
  readonly subgraph: readonly NetworkUrl[]
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
  readonly dryRun?: boolean
  readonly lookback?: number
  readonly hops?: number
  readonly native?: boolean
  readonly nativeBlocks?: number
}

export function addCollectOptions(command: Command): Command {
  return command
    .option(
      '--rpc <chain=url>',
      'a node for a chain, or a further one for the same; repeat for more; $NAME in braces is read from the environment',
      endpoint,
      [],
    )
    .option(
      '--subgraph <network@chain=url>',
      'a subgraph to compare with, or to read where no node is named',
      networkUrl,
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
    .option('--lookback <n>', 'blocks before the first from which transfers are read as well', wholeNumber)
    .option('--hops <n>', 'transfers of wallets (1), or of their counterparties as well (2)', wholeNumber)
    .option('--native', "read transfers of the chain's own currency as well, by whichever way the node serves")
    .option('--native-blocks <n>', 'blocks that may be read one by one for that; default 20000', wholeNumber)
    .option('--max-requests <n>', 'JSON-RPC calls that the run may make', wholeNumber)
    .option('--rps <n>', 'JSON-RPC calls a second at one node', wholeNumber)
    .option('--paranoid', 'read every header, and compare every block that it does not clear with its receipts')
}

export function collectCommand(program: Command): void {
  const command = program
    .command('collect <network...>')
    .description('Read the usage, payments, rewards and token transfers of networks from their chains into a ledger.')
    .option('--ledger <file>', 'the ledger to write', LEDGER)
    .option(
      '--dry-run',
      'after at most 20 calls, say what collecting would take; without --rpc, only which public nodes there are; nothing is written',
    )
    .option('--allow-gaps', 'leave out and name ranges that no node answers, instead of failing')
  addCollectOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard collect olas-mech --rpc 100=$' + '{GNOSIS_RPC} --from 2025-06-01 --to 2025-07-01',
    )
    .action(async (networks: string[], _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<CollectFlags>()
      if (flags.dryRun) return dryRun(networks, flags)
      const summary = await collectNetworks(networks, flags)
      if (flags.json) print(JSON.stringify(summary))
      if (summary.interrupted) process.exitCode = 130
    })
}

/** Collects into the ledger of the flags; Ctrl-C ends it between two batches. */
export async function collectNetworks(networks: readonly string[], flags: CollectFlags): Promise<CollectSummary> {
  const protocols = await Promise.all(networks.map((network) => networkOf(network, flags)))
  if (flags.rpc.length + flags.subgraph.length === 0) throw await noEndpoint(protocols)
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const ledger = await openLedger(flags.ledger)
  try {
    const running = { progress: progressLine(flags), signal: abort.signal }
    const options = {
      ledger,
      protocols,
      endpoints: flags.rpc,
      ...pointFlags(flags),
      ...readingFlags(flags),
      ...running,
    }
    const summary = flags.rpc.length === 0 ? NOTHING_COLLECTED : await collect(options)
    for (const chain of summary.chains) for (const line of describeChain(chain)) note(line, flags)
    for (const { protocol, chain } of summary.unread)
      note(`${protocol} on ${chain}: not read, no --rpc for this chain`, flags)
    if (!summary.interrupted) await withSubgraphs(ledger, protocols, flags, running)
    if (summary.interrupted) note('Interrupted. The same command goes on from here.', flags)
    return summary
  } finally {
    ledger.close()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

const NOTHING_COLLECTED: CollectSummary = { chains: [], unread: [], calls: 0, interrupted: false }

/** A subgraph of a chain that was read is compared with it; one of any other chain is read itself, up to a block that --to names. */
async function withSubgraphs(
  ledger: Ledger,
  protocols: readonly AnyProtocol[],
  flags: CollectFlags,
  running: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<void> {
  for (const { network, chain, url } of flags.subgraph) {
    const protocol = protocols.find(({ id }) => id === network)
    if (protocol === undefined)
      throw new ConfigError(`A subgraph is named for ${network}, which is not collected.`, {
        details: [`Collected: ${protocols.map(({ id }) => id).join(', ')}`],
        fix: 'Name a network of this command before the @.',
      })
    if (flags.rpc.some((node) => node.chain === chain)) {
      const against = await openLedger(':memory:')
      const result = await reconcileSubgraph({ ledger, against, protocol, chain, url, ...running }).finally(() =>
        against.close(),
      )
      note(renderReconciliation(result).trimEnd(), flags)
      if (result.missing.total + result.extra.total + result.different.total > 0) process.exitCode = MISMATCH
      continue
    }
    const range = { from: blockOf('--from', flags.from), to: blockOf('--to', flags.to) }
    const read = await collectSubgraph({ ledger, protocol, chain, url, range, ...running })
    note(`${protocol.id} on ${chain}, by its subgraph: ${describeRows(read.rows)}, ${read.rejected} rejected`, flags)
  }
}

/** A subgraph alone does not say which block a day begins with. */
function blockOf(flag: string, text: string | undefined): number {
  if (text !== undefined && /^\d+$/.test(text)) return Number(text)
  throw new ConfigError(`Without a node, ${flag} must be a block number.`, {
    details: [`${flag}: ${text ?? 'not given'}`],
    fix: `Pass ${flag} with a block number, or --rpc with a node of the chain.`,
  })
}

/** Plans in memory where there is no ledger yet, so that nothing is left behind. Without a node, says which could be asked. */
async function dryRun(networks: readonly string[], flags: CollectFlags): Promise<void> {
  const protocols = await Promise.all(networks.map((network) => networkOf(network, flags)))
  const nodes = await publicNodes(protocols)
  if (flags.rpc.length === 0) {
    print(flags.json ? JSON.stringify(nodes) : nodes.map(describePublicNode).join('\n'))
    return
  }
  const ledger = existsSync(flags.ledger)
    ? await openLedger(flags.ledger, { readOnly: true })
    : await openLedger(':memory:')
  try {
    const endpoints = flags.rpc
    const planned = await planCollection({ ledger, protocols, endpoints, ...pointFlags(flags), ...readingFlags(flags) })
    if (flags.json) print(JSON.stringify(planned))
    else for (const chain of planned) print(describePlan(chain))
    const unread = nodes.filter(({ chain }) => !endpoints.some((one) => one.chain === chain))
    for (const { protocol, chain } of unread)
      note(`${protocol} on ${chain}: not in the plan, no --rpc for this chain`, flags)
  } finally {
    ledger.close()
  }
}

function pointFlags({ from, to }: CollectFlags) {
  return { to: blockPoint(to), ...(from === undefined ? {} : { from: blockPoint(from) }) }
}

async function networkOf(name: string, flags: CollectFlags): Promise<AnyProtocol> {
  const protocol = await loadProtocol(name)
  return flags.deployments === undefined ? protocol : onDeployments(protocol, flags.deployments)
}

const READING = [
  ...(['chunkBlocks', 'confirmations', 'maxRequests', 'rps', 'paranoid', 'allowGaps'] as const),
  ...(['lookback', 'hops', 'native', 'nativeBlocks'] as const),
]

/** The flags that were given, under the names that `collect` takes. */
function readingFlags(flags: CollectFlags): Pick<CollectFlags, (typeof READING)[number]> {
  return Object.fromEntries(READING.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])))
}

function blockPoint(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

async function noEndpoint(protocols: readonly AnyProtocol[]): Promise<ConfigError> {
  const nodes = await publicNodes(protocols)
  const chains = [...new Set(nodes.map(({ chain }) => chain))]
  const known = nodes.find(({ url }) => url !== null)
  const such =
    known === undefined ? '' : `, such as ${known.name}'s public node ${known.url}, whose limits are not known`
  return new ConfigError('No node is named to read from.', {
    details: [`Chains of these networks: ${chains.join(', ')}`],
    fix: `Add --rpc ${(known?.chain ?? chains[0] ?? 'eip155:1').replace('eip155:', '')}=<url>${such}.`,
  })
}
