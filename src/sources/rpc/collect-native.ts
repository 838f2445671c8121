import { withoutOversized } from '../../protocols/decode-transaction.ts'
import { type BlockRange, chunkRange } from '../../records/block-range.ts'
import type { Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import { oversizedReject } from '../decode-rejects.ts'
import type { Covered, Progress, Want } from '../source.ts'
import { refusalOf } from './ask.ts'
import type { RpcClient } from './client.ts'
import { readCallTraces } from './native/call-traces.ts'
import { readFullBlocks } from './native/full-blocks.ts'
import { traceFilterReader } from './native/trace-filter.ts'
import { byPlace, type MovesOfRange, readAddress, transferOf, type ValueMove } from './native/value-move.ts'
import { countBlocks, rangeCoverage } from './range-coverage.ts'
import { gapsOf, sourceOf, specOf } from './want.ts'

export type CollectNative = {
  readonly client: RpcClient
  /** Id of the protocol whose wallets these are. */
  readonly protocol: string
  readonly wallets: readonly string[]
  readonly range: BlockRange
  readonly covered: Covered
  /** How many blocks may be read one by one where the node has no index of traces. Default 20,000. */
  readonly nativeBlocks?: number
  /** Told once, at the end, unless the collection was ended before. */
  readonly outcome?: (outcome: NativeOutcome) => void
  readonly progress?: Progress
  /** Ends the collection between two batches. */
  readonly signal?: AbortSignal
}

/**
 * What was seen of the native transfers of the wallets. `depth` is `calls` where value inside calls is held as well, and
 * `top-level` where only that of transactions is. `sentence` is for the screen. `refused` is what ways before said.
 */
export type NativeOutcome =
  | {
      readonly status: 'read'
      readonly method: string
      readonly depth: Depth
      readonly sentence: string
      readonly refused: readonly string[]
    }
  | { readonly status: 'unavailable'; readonly sentence: string; readonly refused: readonly string[] }

export type Depth = 'calls' | 'top-level'

type Way = {
  readonly method: string
  readonly depth: Depth
  /** Whether every block costs calls of its own. */
  readonly isByBlock: boolean
  readonly chunkBlocks: number
  read(wallets: ReadonlySet<string>, range: BlockRange): Promise<MovesOfRange>
}

/** Raised whenever the same answers would give other transfers. */
const VERSION = 1
export const NATIVE_BLOCKS = 20_000

/**
 * Reads transfers of the chain's own currency from or to the given wallets, by the first way that the node serves:
 * `trace_filter`, `debug_traceBlockByNumber`, or whole blocks, which hold only the value of transactions. A way that is
 * refused, at once or in the middle, leaves what it has read and hands the rest to the next. Calls that failed or were
 * undone move nothing and are left out, and so is issuance (block rewards, withdrawals), which has no sender. The balance
 * of a contract that destroys itself is a transfer to its heir.
 */
export async function* collectNative(options: CollectNative): AsyncGenerator<Batch> {
  const { client, range, covered, nativeBlocks = NATIVE_BLOCKS, signal, outcome } = options
  const wallets = [...new Set(options.wallets.flatMap((wallet) => readAddress(wallet) ?? []))].sort()
  if (wallets.length === 0) return
  const refused: string[] = []
  for (const way of waysOf(client)) {
    const want = wantOf(options, wallets, way.depth)
    const gaps = gapsOf(range, await covered(want))
    const blocks = countBlocks(gaps)
    if (way.isByBlock && blocks > nativeBlocks) {
      outcome?.(beyond(client.chain, blocks, nativeBlocks, refused))
      return
    }
    try {
      yield* readWay(options, way, want, new Set(wallets), gaps)
      if (!signal?.aborted) outcome?.(seen(client.chain, way, refused))
      return
    } catch (error) {
      if (signal?.aborted) return
      const words = refusalOf(error)
      if (words === null) throw error
      refused.push(`${way.method}: ${words}`)
    }
  }
  const sentence = `${client.chain}: native transfers are unavailable: the node serves no way to read them.`
  outcome?.({ status: 'unavailable', sentence, refused })
}

function waysOf(client: RpcClient): readonly Way[] {
  return [
    {
      method: 'trace_filter',
      depth: 'calls',
      isByBlock: false,
      chunkBlocks: 10_000,
      read: traceFilterReader(client),
    },
    {
      method: 'debug_traceBlock',
      depth: 'calls',
      isByBlock: true,
      chunkBlocks: 100,
      read: (wallets, range) => readCallTraces(client, wallets, range),
    },
    {
      method: 'eth_getBlockByNumber',
      depth: 'top-level',
      isByBlock: true,
      chunkBlocks: 100,
      read: (wallets, range) => readFullBlocks(client, wallets, range),
    },
  ]
}

/** The way is no part of the question: two ways of one depth must give the same rows. */
function wantOf({ client, protocol }: CollectNative, wallets: readonly string[], depth: Depth): Want {
  const spec = specOf({ version: VERSION, wallets, assets: ['native'], depth })
  return { source: sourceOf(client.chain), protocol, chain: client.chain, table: 'transfers', spec }
}

async function* readWay(
  { client, protocol, progress, signal }: CollectNative,
  way: Way,
  want: Want,
  wallets: ReadonlySet<string>,
  gaps: readonly BlockRange[],
): AsyncGenerator<Batch> {
  const total = countBlocks(gaps)
  if (total > 0) await client.chainId()
  let [done, rows] = [0, 0]
  for (const range of gaps.flatMap((gap) => [...chunkRange(gap, way.chunkBlocks)])) {
    if (signal?.aborted) return
    const facts = factsOf(want, way.method, range, await way.read(wallets, range))
    yield { facts }
    done += countBlocks([range])
    rows += facts.transfers?.length ?? 0
    progress?.({ stage: `${protocol} on ${client.chain}: native transfers (${way.method})`, done, total, rows })
  }
}

function factsOf(want: Want, method: string, range: BlockRange, found: MovesOfRange): Facts {
  const { chain, source } = want
  const { headers, unknown } = found
  const rowOf = (move: ValueMove) => transferOf(chain, source, move, headers.get(move.blockNumber)!)
  const { facts, oversized } = withoutOversized({ transfers: [...found.moves].sort(byPlace).map(rowOf) })
  const rejects: Reject[] = [
    ...oversized.map(({ table, row, reason }) => {
      const { tx_hash, block_number } = row as ReturnType<typeof rowOf>
      return oversizedReject(source, { hash: tx_hash, blockNumber: block_number!, logs: [] }, { table, row, reason })
    }),
    ...unknown.map((move) => statusUnknown(source, move)),
  ]
  const transfers = (facts.transfers ?? []).map((row) => ({ ...row, source }))
  const [first, last] = [headers.get(range.from)!, headers.get(range.to)!]
  return { transfers, rejects, coverage: [rangeCoverage(want, { first, last, method, rows: transfers.length })] }
}

function statusUnknown(source: string, { inner: _, amount, ...move }: ValueMove): Reject {
  const raw = JSON.stringify({ ...move, amount: amount.toString() })
  const reason = 'the receipt does not say whether the transaction succeeded'
  return { source, table_name: 'transfers', position: move.txHash, reason, raw }
}

function seen(chain: string, { method, depth }: Way, refused: readonly string[]): NativeOutcome {
  const limit = depth === 'calls' ? '' : '; value that moves inside calls is not seen'
  const sentence = `${chain}: native transfers by ${method}${limit}.`
  return { status: 'read', method, depth, sentence, refused }
}

function beyond(chain: string, blocks: number, limit: number, refused: readonly string[]): NativeOutcome {
  const [wanted, allowed] = [blocks.toLocaleString('en-US'), limit.toLocaleString('en-US')]
  const sentence = `${chain}: native transfers are unavailable: ${wanted} blocks would need ${wanted} calls, above ${allowed}; raise --native-blocks.`
  return { status: 'unavailable', sentence, refused }
}
