import { type ChainOptions, type CollectedChain, collectChain } from './collect/collect-chain.ts'
import { type PlannedChain, planChain } from './collect/dry-run.ts'
import { afterContradiction, confirmPin, pinChain } from './collect/finality.ts'
import type { TransferBounds } from './collect/wallet-transfers.ts'
import { ConfigError } from './errors.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { AnyProtocol } from './protocols/protocol.ts'
import type { BlockPoint } from './sources/rpc/block-point.ts'
import { rpcClient } from './sources/rpc/client.ts'
import type { Endpoint, RpcOptions } from './sources/rpc/node.ts'
import type { Progress } from './sources/source.ts'

export type CollectOptions = TransferBounds & {
  readonly ledger: Ledger
  readonly protocols: readonly AnyProtocol[]
  /** Nodes of chains; several of one chain stand in for each other and check each other. */
  readonly endpoints: readonly Endpoint[]
  /** Default: where the protocol's contracts begin. */
  readonly from?: BlockPoint
  /** Default: the last finalized block, looked up once a chain. A later block is refused. */
  readonly to?: BlockPoint
  /** Where no node knows the finalized block: how deep a block is taken as final. */
  readonly confirmations?: number
  /** Blocks in one call and one batch at most. Default: as many as hold one full answer. */
  readonly chunkBlocks?: number
  /** Chunks under way at the same time. */
  readonly concurrency?: number
  /** Reads every header and compares every block that could hold a wanted log with its receipts. */
  readonly paranoid?: boolean
  /** Leaves out, and names, ranges that no node answers, instead of failing. */
  readonly allowGaps?: boolean
  /** Decides which blocks are compared with their receipts. Default: the hash of the pinned block. */
  readonly seed?: string
  /** JSON-RPC calls that the run may make. */
  readonly maxRequests?: number
  /** JSON-RPC calls a second at one node. */
  readonly rps?: number
  /** Wait before a failed call is repeated, in ms; it doubles with each repetition. */
  readonly backoffMs?: number
  readonly timeoutMs?: number
  readonly progress?: Progress
  /** Ends the collection between two batches; the same call again goes on from there. */
  readonly signal?: AbortSignal
}

export type CollectSummary = {
  readonly chains: readonly CollectedChain[]
  /** Where a protocol stands but no endpoint was given. */
  readonly unread: readonly { readonly protocol: string; readonly chain: string }[]
  /** JSON-RPC calls that were made. */
  readonly calls: number
  /** Whether the run was ended before everything wanted was read. */
  readonly interrupted: boolean
}

/** Reads protocols from their chains into the ledger: events first, then the token transfers of the wallets concerned. */
export async function collect(options: CollectOptions): Promise<CollectSummary> {
  const { signal } = options
  const places = placesOf(options.protocols)
  checkEndpoints(options, places)
  const chains: CollectedChain[] = []
  const budget = { most: options.maxRequests ?? Number.POSITIVE_INFINITY, spent: 0 }
  for (const [chain, endpoints] of byChain(options.endpoints)) {
    const here = places.filter((place) => place.chain === chain).map(({ protocol }) => protocol)
    chains.push(...(await readChain(options, endpoints, here, budget)))
  }
  const read = new Set(options.endpoints.map(({ chain }) => chain))
  return {
    chains,
    unread: places
      .filter(({ chain }) => !read.has(chain))
      .map(({ protocol, chain }) => ({ protocol: protocol.id, chain })),
    calls: budget.spent,
    interrupted: signal?.aborted ?? false,
  }
}

/** What `collect` with the same options would take, after at most 20 calls a chain and protocol. Nothing is written. */
export async function planCollection(options: CollectOptions): Promise<PlannedChain[]> {
  const places = placesOf(options.protocols)
  checkEndpoints(options, places)
  const planned: PlannedChain[] = []
  for (const [chain, endpoints] of byChain(options.endpoints)) {
    for (const { protocol } of places.filter((place) => place.chain === chain)) {
      const budget = { most: Number.POSITIVE_INFINITY, spent: 0 }
      const client = rpcClient(endpoints, rpcOptions(options, budget))
      const pin = await pinChain(client, options.ledger, { confirmations: options.confirmations })
      planned.push(await planChain({ ...options, client, protocol }, pin, () => budget.spent))
    }
  }
  return planned
}

/** All protocols of one chain, under one pinned block. Nothing is given where the run was ended before that was known. */
async function readChain(
  options: CollectOptions,
  endpoints: readonly Endpoint[],
  protocols: readonly AnyProtocol[],
  budget: NonNullable<RpcOptions['budget']>,
): Promise<CollectedChain[]> {
  const { ledger, signal } = options
  const client = rpcClient(endpoints, rpcOptions(options, budget))
  const read: CollectedChain[] = []
  try {
    const atLeast = /^\d+$/.test(String(options.to)) ? Number(options.to) : 0
    const pin = await pinChain(client, ledger, { confirmations: options.confirmations, atLeast })
    for (const protocol of protocols) {
      if (signal?.aborted) break
      const shared: ChainOptions = { ...options, client, protocol }
      read.push(await collectChain(shared, pin))
    }
    if (!signal?.aborted) await confirmPin(client, pin)
  } catch (error) {
    if (signal?.aborted) return read
    throw await afterContradiction(client, ledger, error)
  }
  return read
}

function rpcOptions(options: CollectOptions, budget: NonNullable<RpcOptions['budget']>): RpcOptions {
  const { signal, concurrency, rps, backoffMs, timeoutMs } = options
  return {
    budget,
    ...(signal === undefined ? {} : { signal }),
    ...(rps === undefined ? {} : { rps }),
    ...(backoffMs === undefined ? {} : { backoffMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(concurrency === undefined ? {} : { concurrency: concurrency + 1 }),
  }
}

type Place = { readonly protocol: AnyProtocol; readonly chain: string }

function placesOf(protocols: readonly AnyProtocol[]): Place[] {
  return protocols.flatMap((protocol) =>
    [...new Set(protocol.deployments.map(({ chain }) => chain))].map((chain) => ({ protocol, chain })),
  )
}

function byChain(endpoints: readonly Endpoint[]): Map<string, Endpoint[]> {
  const chains = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) chains.set(endpoint.chain, [...(chains.get(endpoint.chain) ?? []), endpoint])
  return chains
}

/** An endpoint that nothing is read from, or a protocol without any, is more likely a slip than a wish. */
function checkEndpoints({ endpoints, protocols }: CollectOptions, places: readonly Place[]): void {
  const given = endpoints.map(({ chain }) => chain)
  const unused = given.find((chain) => !places.some((place) => place.chain === chain))
  const without = protocols.find(({ id }) => !places.some((at) => at.protocol.id === id && given.includes(at.chain)))
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
