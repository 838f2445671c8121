import type { BlockRange } from '../../records/block-range.ts'
import type { Coverage } from '../../records/coverage.ts'
import type { Want } from '../source.ts'
import type { ChainLog, LogFilter } from './answers.ts'
import { type Chunk, type ChunkContext, readChunk } from './chunk.ts'
import { RpcError } from './failure.ts'
import { type PieceSize, pieceSize } from './piece-size.ts'
import type { Reading } from './reading.ts'
import { logVerifier } from './verify-logs.ts'

export type ChunkQuestion = {
  /** The whole range that is asked for, covered parts and all: the check of completeness is spread over it. */
  readonly range: BlockRange
  /** What of it is still to be read. */
  readonly gaps: readonly BlockRange[]
  readonly filters: readonly LogFilter[]
  readonly keep: (log: ChainLog) => boolean
  /** Whether each transaction found is read with its sender and all its logs. */
  readonly whole?: boolean
}

/** Reads ranges piece by piece, a few ahead, and gives them in order. Ends early and quietly when aborted. */
export async function* readChunks(reading: Reading, question: ChunkQuestion): AsyncGenerator<Chunk> {
  const { client, concurrency, signal, seed, paranoid, mostBlocks } = reading
  const { range, gaps, filters, keep, whole = false } = question
  const verifier = logVerifier({ client, seed, paranoid, blocks: range.to - range.from + 1 })
  const context: ChunkContext = {
    client,
    filters,
    keep,
    whole,
    hashes: reading.hashes,
    everyHeader: paranoid,
    async check(piece, headers) {
      const checked = await verifier.check(piece, headers)
      reading.checked({ ...checked, served: verifier.served() })
      return checked
    },
  }
  const sizes = pieceSize(mostBlocks === undefined ? {} : { most: mostBlocks })
  const pieces = piecesOf(gaps, sizes, client)
  const ahead: { readonly piece: BlockRange; readonly chunk: Promise<Chunk> }[] = []
  for (let started = 0; ; ) {
    if (signal?.aborted) return
    // The first piece goes alone: what the node refuses is learnt once, not by every piece under way.
    while (ahead.length < (started === 0 ? 1 : concurrency)) {
      const piece = pieces()
      if (piece === null) break
      const chunk = readChunk(context, piece)
      // Its failure is met when its turn comes; until then it must not count as unhandled.
      chunk.catch(() => undefined)
      ahead.push({ piece, chunk })
    }
    const next = ahead.shift()
    if (next === undefined) return
    let chunk: Chunk
    try {
      chunk = await next.chunk
    } catch (error) {
      if (signal?.aborted) return
      if (reading.skipped === undefined || !(error instanceof RpcError)) throw error
      reading.skipped({ ...next.piece, reason: error.failure.words })
      continue
    }
    started += 1
    sizes.read(chunk.range.to - chunk.range.from + 1, chunk.logs.length)
    yield chunk
  }
}

/** The gaps in order, cut as wide as sizes and node allow at the moment that each piece is asked for. */
function piecesOf(gaps: readonly BlockRange[], sizes: PieceSize, client: Reading['client']): () => BlockRange | null {
  let gap = 0
  let from = gaps[0]?.from ?? 0
  return () => {
    const range = gaps[gap]
    if (range === undefined) return null
    const limits = client.limits()
    const to = Math.min(range.to, from + sizes.next(limits.blocks()) - 1)
    const piece = { from, to }
    if (to === range.to) {
      gap += 1
      from = gaps[gap]?.from ?? 0
    } else from = to + 1
    return piece
  }
}

/** The row that says that this chunk has been answered in full. */
export function coverageOf({ table, ...want }: Want, { range, logs, first, last, checked }: Chunk): Coverage {
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
    checked,
  }
}
