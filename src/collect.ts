import { ConfigError } from './errors.ts'
import type { Ledger, MergeSummary } from './ledger/ledger.ts'
import type { AnyProtocol, Deployment } from './protocols/protocol.ts'
import type { BlockRange } from './records/block-range.ts'
import type { Batch, TableName } from './records/index.ts'
import { type BlockPoint, firstBlock, lastBlock } from './sources/rpc/block-point.ts'
import { type Endpoint, type RpcClient, rpcClient } from './sources/rpc/client.ts'
import { collectProtocol } from './sources/rpc/collect-protocol.ts'
import { collectTransfers } from './sources/rpc/collect-transfers.ts'
import { contractOf } from './sources/rpc/protocol-contracts.ts'
import type { Progress } from './sources/source.ts'

export type CollectOptions = {
  readonly ledger: Ledger
  readonly protocols: readonly AnyProtocol[]
  /** One node a chain. Chains of a protocol without one are not read, and the summary says so. */
  readonly endpoints: readonly Endpoint[]
  /** Default: where the protocol's contracts begin. */
  readonly from?: BlockPoint
  /** Default: the last finalized block, looked up once a chain. */
  readonly to?: BlockPoint
  /** Blocks in one call and one batch. */
  readonly chunkBlocks?: number
  /** Chunks under way at the same time. */
  readonly concurrency?: number
  readonly progress?: Progress
  /** Ends the collection between two batches; the same call again goes on from there. */
  readonly signal?: AbortSignal
}

/** What was read of one protocol on one chain in this run. Blocks that the ledger already held are not read again. */
export type CollectedChain = {
  readonly chain: string
  readonly protocol: string
  readonly from: number
  readonly to: number
  readonly batches: number
  /** Rows added to each table. */
  readonly rows: { readonly [table in TableName]?: number }
  readonly rejected: number
}

export type CollectSummary = {
  readonly chains: readonly CollectedChain[]
  /** Where a protocol stands but no endpoint was given. */
  readonly unread: readonly { readonly protocol: string; readonly chain: string }[]
  /** Whether the run was ended before everything wanted was read. */
  readonly interrupted: boolean
}

/** Reads protocols from their chains into the ledger: events first, then the token transfers of the wallets concerned. */
export async function collect(options: CollectOptions): Promise<CollectSummary> {
  const { signal, concurrency } = options
  const endpoints = new Map(options.endpoints.map((endpoint) => [endpoint.chain, endpoint]))
  const places = options.protocols.flatMap((protocol) =>
    [...new Set(protocol.deployments.map(({ chain }) => chain))].map((chain) => ({ protocol, chain })),
  )
  checkEndpoints(options, places)
  const chains: CollectedChain[] = []
  for (const [chain, endpoint] of endpoints) {
    const client = rpcClient(endpoint, {
      ...(signal === undefined ? {} : { signal }),
      ...(concurrency === undefined ? {} : { concurrency: concurrency + 1 }),
    })
    for (const { protocol } of places.filter((place) => place.chain === chain)) {
      if (signal?.aborted) break
      const read = await collectChain(options, client, protocol)
      if (read !== null) chains.push(read)
    }
  }
  return {
    chains,
    unread: places
      .filter(({ chain }) => !endpoints.has(chain))
      .map(({ protocol, chain }) => ({ protocol: protocol.id, chain })),
    interrupted: signal?.aborted ?? false,
  }
}

/** Null where the run was ended before the range was known. */
async function collectChain(
  options: CollectOptions,
  client: RpcClient,
  protocol: AnyProtocol,
): Promise<CollectedChain | null> {
  const { ledger, signal } = options
  const { chain } = client
  const range = await rangeOf(options, client, protocol).catch((error: unknown) => {
    if (signal?.aborted) return null
    throw error
  })
  if (range === null) return null
  const shared = {
    client,
    range,
    covered: ledger.covered,
    ...(options.chunkBlocks === undefined ? {} : { chunkBlocks: options.chunkBlocks }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...(signal === undefined ? {} : { signal }),
  }
  const tally = tallyOf()
  const known = await knownContracts(ledger, protocol.id, chain)
  await store(ledger, collectProtocol({ ...shared, protocol, known }), tally, signal)
  // Wallets are complete only when all events are: half of them would make another, useless, question.
  if (!signal?.aborted) {
    const wallets = (await ledger.rows('wallets-of-protocol', { protocol: protocol.id, chain })).map((row) =>
      String(row.wallet),
    )
    const assets = protocol.assets.filter((asset) => asset.chain === chain).map(({ asset }) => asset)
    await store(ledger, collectTransfers({ ...shared, protocol: protocol.id, wallets, assets }), tally, signal)
  }
  return { chain, protocol: protocol.id, ...range, ...tally.sums() }
}

async function store(
  ledger: Ledger,
  batches: AsyncIterable<Batch>,
  tally: ReturnType<typeof tallyOf>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const batch of batches) {
    tally.add(await ledger.append(batch))
    if (signal?.aborted) return
  }
}

function tallyOf() {
  const rows: { [table in TableName]?: number } = {}
  let batches = 0
  let rejected = 0
  return {
    add(summary: MergeSummary): void {
      batches += 1
      for (const [table, { added, conflicting }] of Object.entries(summary) as [
        TableName,
        MergeSummary[TableName] & object,
      ][]) {
        rejected += conflicting + (table === 'rejects' ? added : 0)
        if (added > 0) rows[table] = (rows[table] ?? 0) + added
      }
    },
    sums: () => ({ batches, rows, rejected }),
  }
}

async function knownContracts(ledger: Ledger, protocol: string, chain: string): Promise<Deployment[]> {
  const labels = await ledger.rows('contracts-of-protocol', { chain, source: `protocol:${protocol}` })
  return labels.flatMap(({ address, name }) => contractOf(protocol, chain, String(address), String(name)) ?? [])
}

/** The blocks wanted, none before the protocol's first contract. */
async function rangeOf(options: CollectOptions, client: RpcClient, protocol: AnyProtocol): Promise<BlockRange> {
  const { chain } = client
  const head = await lastBlock(client, options.to ?? 'finalized')
  const deployments = protocol.deployments.filter((deployment) => deployment.chain === chain)
  const starts = deployments.flatMap(({ fromBlock }) => fromBlock ?? [])
  const first = starts.length === deployments.length ? Math.min(...starts) : 0
  if (options.from === undefined) {
    if (starts.length < deployments.length) throw unknownStart(protocol, chain, deployments)
    return { from: first, to: head.number }
  }
  const from = await firstBlock(client, options.from, head)
  if (from > head.number) {
    throw new ConfigError(`There is nothing to read of ${chain}: the range ends before it begins.`, {
      details: [`from: ${options.from}, block ${from}`, `to: ${options.to ?? 'finalized'}, block ${head.number}`],
      fix: 'Set --from to an earlier block or --to to a later one.',
    })
  }
  return { from: Math.max(from, first), to: head.number }
}

function unknownStart(protocol: AnyProtocol, chain: string, deployments: readonly Deployment[]): ConfigError {
  return new ConfigError(`Nobody has said at which block ${protocol.id} begins on ${chain}.`, {
    details: deployments
      .filter(({ fromBlock }) => fromBlock === null)
      .map(({ role, address }) => `${role} ${address} is of unknown start`),
    fix: 'Pass --from with the block or the day from which to read.',
  })
}

/** An endpoint that nothing is read from, or a protocol without any, is more likely a slip than a wish. */
function checkEndpoints(
  { endpoints, protocols }: CollectOptions,
  places: readonly { readonly protocol: AnyProtocol; readonly chain: string }[],
): void {
  const given = endpoints.map(({ chain }) => chain)
  const twice = given.find((chain, i) => given.indexOf(chain) !== i)
  const unused = given.find((chain) => !places.some((place) => place.chain === chain))
  const without = protocols.find(({ id }) => !places.some((at) => at.protocol.id === id && given.includes(at.chain)))
  if (twice !== undefined)
    throw new ConfigError(`${twice} has two endpoints.`, { fix: 'Pass one --rpc for each chain.' })
  if (unused !== undefined) {
    throw new ConfigError(`None of the networks asked for stands on ${unused}.`, {
      details: [`They stand on ${[...new Set(places.map(({ chain }) => chain))].join(', ')}`],
      fix: `Leave out --rpc ${unused}, or add the network that stands there.`,
    })
  }
  if (without !== undefined) {
    const chains = places.filter(({ protocol }) => protocol === without).map(({ chain }) => chain)
    throw new ConfigError(`No endpoint was given for ${without.id}.`, {
      details: [`It stands on ${chains.join(', ') || 'no chain'}`],
      fix: `Pass --rpc ${chains[0] ?? 'eip155:1'}=<url>.`,
    })
  }
}
