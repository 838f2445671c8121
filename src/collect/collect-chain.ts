import { ConfigError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { AnyProtocol, Deployment, KnownUsage } from '../protocols/protocol.ts'
import type { BlockRange } from '../records/block-range.ts'
import type { Batch, TableName } from '../records/index.ts'
import { type BlockPoint, firstBlock, lastBlock } from '../sources/rpc/block-point.ts'
import type { RpcClient } from '../sources/rpc/client.ts'
import { collectProtocol } from '../sources/rpc/collect-protocol.ts'
import { collectReads } from '../sources/rpc/collect-reads.ts'
import { contractOf } from '../sources/rpc/protocol-contracts.ts'
import type { Reading, SkippedRange } from '../sources/rpc/reading.ts'
import type { Progress } from '../sources/source.ts'
import type { Pin } from './finality.ts'
import { tallyOf } from './tally.ts'
import { type TransferBounds, walletTransfers } from './wallet-transfers.ts'

export type ChainOptions = TransferBounds & {
  readonly ledger: Ledger
  readonly client: RpcClient
  readonly protocol: AnyProtocol
  readonly from?: BlockPoint | undefined
  readonly to?: BlockPoint | undefined
  readonly chunkBlocks?: number | undefined
  readonly concurrency?: number | undefined
  readonly paranoid?: boolean | undefined
  readonly allowGaps?: boolean | undefined
  readonly seed?: string | undefined
  readonly progress?: Progress | undefined
  readonly signal?: AbortSignal | undefined
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
  /** What was compared with an independent answer; `served` is false where no node had one. */
  readonly checked: { readonly blocks: number; readonly logs: number; readonly served: boolean }
  /** Ranges that no node answered and that were left out because gaps were allowed. */
  readonly skipped: readonly SkippedRange[]
  /** What was and was not seen of transfers, a sentence each. */
  readonly said: readonly string[]
}

/** Pieces under way at the same time. */
const CONCURRENCY = 3

/** Events first, then the token transfers of the wallets concerned. */
export async function collectChain(options: ChainOptions, pin: Pin): Promise<CollectedChain> {
  const { ledger, client, protocol, signal } = options
  const { chain } = client
  const range = await rangeOf(options, pin)
  const checked = { blocks: 0, logs: 0, served: true }
  const skipped: SkippedRange[] = []
  const reading = readingOf(options, pin, range, checked, skipped)
  const tally = tallyOf()
  const known = await knownContracts(ledger, protocol.id, chain)
  await store(ledger, collectProtocol(reading, protocol, known), tally, signal)
  const storing = (batches: AsyncIterable<Batch>) => store(ledger, batches, tally, signal)
  if (!signal?.aborted) await storing(viewCalls(options, pin, reading))
  // Wallets are complete only when all events are: half of them would make another, useless, question.
  const said =
    range.from > range.to
      ? [beginsLater(range)]
      : signal?.aborted
        ? []
        : await walletTransfers(reading, protocol, ledger, options, storing)
  return { chain, protocol: protocol.id, ...range, ...tally.sums(), checked, skipped, said }
}

/** What a protocol's views tell of its usages, all at the pinned block. */
async function* viewCalls(
  { ledger, client, protocol }: ChainOptions,
  { final }: Pin,
  reading: Reading,
): AsyncGenerator<Batch> {
  if ((protocol.reads?.length ?? 0) === 0) return
  const { chain } = client
  await ledger.materialize('usage')
  const usages = (await ledger.rows('usages-to-read', { protocol: protocol.id, chain })) as unknown as KnownUsage[]
  const known = await knownContracts(ledger, protocol.id, chain)
  const { covered, progress, signal } = reading
  yield* collectReads({
    ...{ client, protocol, usages, block: final, known, covered },
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  })
}

function readingOf(
  options: ChainOptions,
  { final, hashes }: Pin,
  range: BlockRange,
  checked: { blocks: number; logs: number; served: boolean },
  skipped: SkippedRange[],
): Reading {
  const { client, ledger, paranoid = false, concurrency = CONCURRENCY, chunkBlocks, progress, signal } = options
  return {
    client,
    range,
    hashes,
    covered: ledger.covered,
    seed: options.seed ?? final.hash,
    paranoid,
    concurrency,
    mostBlocks: chunkBlocks,
    progress,
    signal,
    checked({ blocks, logs, served }) {
      checked.blocks += blocks
      checked.logs += logs
      checked.served = checked.served && served
    },
    ...(options.allowGaps ? { skipped: (gap: SkippedRange) => skipped.push(gap) } : {}),
  }
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

export async function knownContracts(ledger: Ledger, protocol: string, chain: string): Promise<Deployment[]> {
  const labels = await ledger.rows('contracts-of-protocol', { chain, source: `protocol:${protocol}` })
  return labels.flatMap(({ address, name }) => contractOf(protocol, chain, String(address), String(name)) ?? [])
}

/** The blocks wanted, none before the protocol's first contract; an empty range where that one lies after the last. */
export async function rangeOf(
  { client, protocol, from, to = 'finalized' }: Pick<ChainOptions, 'client' | 'protocol' | 'from' | 'to'>,
  { final }: Pin,
): Promise<BlockRange> {
  const { chain } = client
  const last = await lastBlock(client, to, final)
  const deployments = protocol.deployments.filter((deployment) => deployment.chain === chain)
  const unknown = unknownStarts(protocol, chain)
  const first = unknown.length === 0 ? Math.min(...deployments.map(({ fromBlock }) => fromBlock ?? 0)) : 0
  if (from === undefined) {
    if (unknown.length > 0) throw unknownStart(protocol, chain, unknown)
    return { from: first, to: last }
  }
  const start = await firstBlock(client, from, final)
  if (start > last) {
    throw new ConfigError(`There is nothing to read of ${chain}: the range ends before it begins.`, {
      details: [`from: ${from}, block ${start}`, `to: ${to}, block ${last}`],
      fix: 'Set --from to an earlier block or --to to a later one.',
    })
  }
  return { from: Math.max(start, first), to: last }
}

/** Contracts of which nobody has said where they begin. */
export function unknownStarts({ deployments }: AnyProtocol, chain: string): Deployment[] {
  return deployments.filter((deployment) => deployment.chain === chain && deployment.fromBlock === null)
}

/** Why a range is empty that nobody has set. */
export function beginsLater({ from, to }: BlockRange): string {
  return `nothing to read: the contracts begin at block ${from}, after the last block wanted, ${to}`
}

function unknownStart(protocol: AnyProtocol, chain: string, unknown: readonly Deployment[]): ConfigError {
  return new ConfigError(`Nobody has said at which block ${protocol.id} begins on ${chain}.`, {
    details: unknown.map(({ role, address }) => `${role} ${address} is of unknown start`),
    fix: 'Pass --from with the block or the day from which to read.',
  })
}
