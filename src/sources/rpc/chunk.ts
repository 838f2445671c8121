import type { RawTransaction } from '../../protocols/protocol.ts'
import { type BlockRange, chunkRange } from '../../records/block-range.ts'
import type { Coverage } from '../../records/coverage.ts'
import { InconsistentSourceError, type Want } from '../source.ts'
import { type Block, type ChainLog, type LogFilter, otherHash } from './answers.ts'
import type { RpcClient } from './client.ts'

/** A range read in full: its logs in order, each once and with its time, and the blocks at both ends. */
export type Chunk = {
  readonly range: BlockRange
  readonly logs: readonly TimedLog[]
  readonly first: Block
  readonly last: Block
}

export type TimedLog = ChainLog & { readonly timestamp: number }

export type ChunkPlan = {
  readonly client: RpcClient
  readonly ranges: readonly BlockRange[]
  /** Questions that are asked of every range; a log that answers two of them counts once. */
  readonly filters: readonly LogFilter[]
  /** What is wanted of the logs that the filters let through. */
  readonly keep: (log: ChainLog) => boolean
  readonly chunkBlocks: number
  /** Ranges under way at the same time. */
  readonly concurrency: number
  readonly signal?: AbortSignal | undefined
}

/** How ranges are cut and read where the caller says nothing; common providers answer 10,000 blocks. */
export const CHUNK_BLOCKS = 10_000
export const CONCURRENCY = 3

/** Reads ranges piece by piece, a few ahead, and gives them in order. Ends early and quietly when aborted. */
export async function* readChunks(plan: ChunkPlan): AsyncGenerator<Chunk> {
  const { ranges, chunkBlocks, concurrency, signal } = plan
  const pieces = ranges.flatMap((range) => [...chunkRange(range, chunkBlocks)])
  const ahead: Promise<Chunk>[] = []
  for (let next = 0; next < pieces.length || ahead.length > 0; ) {
    if (signal?.aborted) return
    while (next < pieces.length && ahead.length < concurrency) {
      const reading = readChunk(plan, pieces[next]!)
      // Its failure is met when its turn comes; until then it must not count as unhandled.
      reading.catch(() => undefined)
      ahead.push(reading)
      next += 1
    }
    try {
      yield await ahead.shift()!
    } catch (error) {
      if (signal?.aborted) return
      throw error
    }
  }
}

async function readChunk({ client, filters, keep }: ChunkPlan, range: BlockRange): Promise<Chunk> {
  const [answers, [first, last]] = await Promise.all([
    Promise.all(filters.map((filter) => client.getLogs({ ...filter, ...range }))),
    client.getBlocks([range.from, range.to]),
  ])
  const logs = onceEach(answers).filter(keep)
  const ends = new Map([first!, last!].map((block) => [block.number, block]))
  return { range, logs: await withTimes(client, logs, ends), first: first!, last: last! }
}

function onceEach(answers: readonly (readonly ChainLog[])[]): readonly ChainLog[] {
  if (answers.length === 1) return answers[0]!
  const found = new Map<string, ChainLog>()
  for (const logs of answers) for (const log of logs) found.set(`${log.blockNumber}:${log.logIndex}`, log)
  return [...found.values()].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
}

/** Headers are fetched only for blocks whose logs carry no time. Every header that is known must agree with the logs. */
async function withTimes(
  client: RpcClient,
  logs: readonly ChainLog[],
  ends: ReadonlyMap<number, Block>,
): Promise<readonly TimedLog[]> {
  const untimed = new Set(logs.filter(({ timestamp }) => timestamp === null).map(({ blockNumber }) => blockNumber))
  const wanted = [...untimed].filter((number) => !ends.has(number))
  const fetched = wanted.length === 0 ? [] : await client.getBlocks(wanted)
  const headers = new Map([...ends, ...fetched.map((block) => [block.number, block] as const)])
  return logs.map((log) => {
    const header = headers.get(log.blockNumber)
    if (header === undefined) return log as TimedLog
    if (header.hash !== log.blockHash) throw otherHash(client.chain, log.blockNumber, header.hash, log.blockHash)
    if (log.timestamp === null) return { ...log, timestamp: header.timestamp }
    if (log.timestamp !== header.timestamp) throw otherTime(client.chain, header, log.timestamp)
    return log as TimedLog
  })
}

function otherTime(chain: string, header: Block, ofLog: number): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave two times for block ${header.number}.`, {
    details: [`header: ${header.timestamp} ms`, `log: ${ofLog} ms`],
    fix: 'Use another endpoint; this one contradicts itself.',
  })
}

/** The logs by transaction, in order. Senders are not fetched. */
export function transactionsOf(chain: string, logs: readonly TimedLog[]): RawTransaction[] {
  const found = new Map<string, { readonly first: TimedLog; readonly logs: TimedLog[] }>()
  for (const log of logs) {
    const transaction = found.get(log.transactionHash)
    if (transaction === undefined) found.set(log.transactionHash, { first: log, logs: [log] })
    else transaction.logs.push(log)
  }
  return [...found.values()].map(({ first, logs }) => ({
    chain,
    hash: first.transactionHash,
    blockNumber: first.blockNumber,
    timestamp: first.timestamp,
    from: null,
    logs,
  }))
}

/** The row that says that this chunk has been answered in full. */
export function coverageOf({ table, ...want }: Want, { range, logs, first, last }: Chunk): Coverage {
  return {
    ...want,
    table_name: table,
    from_block: range.from,
    to_block: range.to,
    from_hash: first.hash,
    to_hash: last.hash,
    from_time: first.timestamp,
    to_time: last.timestamp,
    method: 'eth_getLogs',
    rows: logs.length,
  }
}
