import { withoutOversized } from '../../protocols/decode-transaction.ts'
import { TRANSFER_TOPIC, tokenTransfers } from '../../protocols/token-transfers.ts'
import type { BlockRange } from '../../records/block-range.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import type { Transfer } from '../../records/transfer.ts'
import { malformedReject, oversizedReject } from '../decode-rejects.ts'
import type { Covered, Progress, Want } from '../source.ts'
import type { LogFilter } from './answers.ts'
import { CHUNK_BLOCKS, type Chunk, CONCURRENCY, coverageOf, readChunks, transactionsOf } from './chunk.ts'
import type { RpcClient } from './client.ts'
import { filtersOf, gapsOf, groupsOf, progressOver, sourceOf, specOf } from './want.ts'

export type CollectTransfers = {
  readonly client: RpcClient
  /** Id of the protocol whose wallets these are. */
  readonly protocol: string
  readonly wallets: readonly string[]
  /** Assets of that protocol; those that are no token contract, such as `native`, are passed over. */
  readonly assets: readonly string[]
  readonly range: BlockRange
  readonly covered: Covered
  readonly chunkBlocks?: number
  readonly concurrency?: number
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/** Raised whenever the same logs would give other transfers. */
const VERSION = 1
const WALLETS_A_CALL = 200
/** Above this it takes fewer calls to read all transfers of the assets and to pick out those of the wallets. */
const WALLETS_TO_FILTER = 1_000
const ADDRESS = /^0x[0-9a-f]{40}$/

/**
 * Reads the token transfers from or to the given wallets, each once, with the coverage that each chunk completes.
 * Transfers of the chain's own currency leave no log and are NOT collected in this form: a return or a first funding
 * in native currency is not seen, and the ledger holds no coverage that would claim it was.
 */
export async function* collectTransfers(options: CollectTransfers): AsyncGenerator<Batch> {
  const { client, protocol, range, chunkBlocks = CHUNK_BLOCKS, concurrency = CONCURRENCY, signal } = options
  const { chain } = client
  const wallets = addressesOf(options.wallets)
  const assets = addressesOf(options.assets)
  if (wallets.length === 0 || assets.length === 0) return
  const spec = specOf({ version: VERSION, wallets, assets })
  const want: Want = { source: sourceOf(chain), protocol, chain, table: 'transfers', spec }
  const ranges = gapsOf(range, await options.covered(want))
  const said = progressOver(`${protocol} on ${chain}: transfers`, ranges, options.progress)
  const parties = new Set(wallets.map(topicOf))
  const chunks = readChunks({
    client,
    ranges,
    filters: transferFilters([...parties], assets),
    keep: ({ topics }) => parties.has(topics[1] ?? '') || parties.has(topics[2] ?? ''),
    chunkBlocks,
    concurrency,
    signal,
  })
  for await (const chunk of chunks) {
    yield { facts: { ...factsOf(want, chunk), coverage: [coverageOf(want, chunk)] } }
    said(chunk)
  }
}

function addressesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.toLowerCase()))].filter((text) => ADDRESS.test(text)).sort()
}

function topicOf(wallet: string): string {
  return `0x${wallet.slice(2).padStart(64, '0')}`
}

/** One question cannot ask for either side, so senders and receivers are asked for apart. */
function transferFilters(parties: readonly string[], assets: readonly string[]): LogFilter[] {
  if (parties.length > WALLETS_TO_FILTER) return filtersOf(assets, [[TRANSFER_TOPIC]])
  return groupsOf(parties, WALLETS_A_CALL).flatMap((group) => [
    ...filtersOf(assets, [[TRANSFER_TOPIC], group]),
    ...filtersOf(assets, [[TRANSFER_TOPIC], null, group]),
  ])
}

function factsOf({ source, chain }: Want, chunk: Chunk): Facts {
  const transfers: Transfer[] = []
  const rejects: Reject[] = []
  for (const transaction of transactionsOf(chain, chunk.logs)) {
    const found = tokenTransfers(transaction)
    const { facts, oversized } = withoutOversized({ transfers: found.transfers })
    for (const row of facts.transfers ?? []) transfers.push({ ...row, source })
    for (const one of oversized) rejects.push(oversizedReject(source, transaction, one))
    for (const one of found.malformed) rejects.push(malformedReject(source, 'transfers', transaction, one))
  }
  return { transfers, rejects }
}
