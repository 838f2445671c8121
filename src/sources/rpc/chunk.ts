import type { RawTransaction } from '../../protocols/protocol.ts'
import type { BlockRange } from '../../records/block-range.ts'
import { InconsistentSourceError } from '../source.ts'
import { type Block, type ChainLog, type LogFilter, otherHash } from './answers.ts'
import type { RpcClient } from './client.ts'
import { type TimedLog, transactionsOf, wholeTransactions } from './transactions.ts'
import type { Piece } from './verify-logs.ts'

/** A range read in full and verified: its logs in order, each once and with its time, and the blocks at both ends. */
export type Chunk = {
  readonly range: BlockRange
  readonly logs: readonly TimedLog[]
  /** The same by transaction; where transactions are read whole, with all their logs. */
  readonly transactions: readonly RawTransaction[]
  readonly first: BlockEnd
  readonly last: BlockEnd
  /** Logs that an independent answer confirmed. */
  readonly checked: number
}

export type BlockEnd = Pick<Block, 'number' | 'hash' | 'timestamp'>

/** What the pieces of one question share. */
export type ChunkContext = {
  readonly client: RpcClient
  /** Questions that are asked of every range; a log that answers two of them counts once. */
  readonly filters: readonly LogFilter[]
  /** What is wanted of the logs that the filters let through. */
  readonly keep: (log: ChainLog) => boolean
  /** Whether each transaction found is read with its sender and all its logs. */
  readonly whole: boolean
  readonly hashes: { see(block: number, hash: string): void }
  /** Whether the header of every block is read. */
  readonly everyHeader: boolean
  readonly check: (piece: Piece, headers: ReadonlyMap<number, Block>) => Promise<{ readonly logs: number }>
}

/** Reads and verifies one piece. What contradicts itself, its headers or an earlier run is an error and never a chunk. */
export async function readChunk(context: ChunkContext, range: BlockRange): Promise<Chunk> {
  const { client, filters, keep, whole, hashes } = context
  const answers = await Promise.all(filters.map((filter) => client.getLogs({ ...filter, ...range })))
  const logs = onceEach(answers)
  const headers = await headersFor(context, range, logs)
  const timed = withTimes(client.chain, logs, headers)
  const first = headers.get(range.from)!
  const last = endOf(range.to, timed, headers)
  if (first.parentHash !== null && range.from > 0) hashes.see(range.from - 1, first.parentHash)
  hashes.see(first.number, first.hash)
  hashes.see(last.number, last.hash)
  const { logs: checked } = await context.check({ range, filters, logs }, headers)
  const kept = timed.filter(keep)
  const transactions = whole ? await wholeTransactions(client, filters, kept) : transactionsOf(client.chain, kept)
  return { range, logs: kept, transactions, first, last, checked }
}

function onceEach(answers: readonly (readonly ChainLog[])[]): readonly ChainLog[] {
  if (answers.length === 1) return answers[0]!
  const found = new Map<string, ChainLog>()
  for (const logs of answers) for (const log of logs) found.set(`${log.blockNumber}:${log.logIndex}`, log)
  return [...found.values()].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
}

/**
 * The first header, whose parent ties the range to the one before; the last, where no log tells its hash and time; and
 * those of blocks whose logs carry no time.
 */
async function headersFor(
  { client, everyHeader }: ChunkContext,
  { from, to }: BlockRange,
  logs: readonly ChainLog[],
): Promise<ReadonlyMap<number, Block>> {
  const wanted = new Set([from])
  if (logs.at(-1)?.blockNumber !== to) wanted.add(to)
  for (const { timestamp, blockNumber } of logs) if (timestamp === null) wanted.add(blockNumber)
  if (everyHeader) for (let block = from; block <= to; block += 1) wanted.add(block)
  const blocks = await client.getBlocks([...wanted].sort((a, b) => a - b))
  blocks.forEach((block, i) => {
    const before = blocks[i - 1]
    if (before?.number === block.number - 1 && block.parentHash !== null && block.parentHash !== before.hash)
      throw otherHash(client.chain, before.number, before.hash, block.parentHash)
  })
  return new Map(blocks.map((block) => [block.number, block]))
}

/** Every header that is known must agree with the logs. */
function withTimes(chain: string, logs: readonly ChainLog[], headers: ReadonlyMap<number, Block>): readonly TimedLog[] {
  return logs.map((log) => {
    const header = headers.get(log.blockNumber)
    if (header === undefined) return log as TimedLog
    if (header.hash !== log.blockHash) throw otherHash(chain, log.blockNumber, header.hash, log.blockHash)
    if (log.timestamp === null) return { ...log, timestamp: header.timestamp }
    if (log.timestamp !== header.timestamp) throw otherTime(chain, header, log.timestamp)
    return log as TimedLog
  })
}

function endOf(block: number, logs: readonly TimedLog[], headers: ReadonlyMap<number, Block>): BlockEnd {
  const header = headers.get(block)
  if (header !== undefined) return header
  const { blockHash: hash, timestamp } = logs.at(-1)!
  return { number: block, hash, timestamp }
}

function otherTime(chain: string, header: Block, ofLog: number): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave two times for block ${header.number}.`, {
    details: [`header: ${header.timestamp} ms`, `log: ${ofLog} ms`],
    fix: 'Use another endpoint; this one contradicts itself.',
  })
}
