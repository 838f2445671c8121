import type { AnyProtocol, Deployment, Protocol } from '../../protocols/protocol.ts'
import type { BlockRange } from '../../records/block-range.ts'
import type { Covered, Progress } from '../source.ts'
import type { RpcClient } from './client.ts'

export type CollectProtocol = {
  readonly client: RpcClient
  readonly protocol: AnyProtocol
  readonly range: BlockRange
  readonly covered: Covered
  /** Contracts that an earlier run found; what announced them is not read again. */
  readonly known?: readonly Deployment[]
  readonly chunkBlocks?: number
  /** Chunks under way at the same time. */
  readonly concurrency?: number
  readonly progress?: Progress
  /** Ends the collection between two batches. */
  readonly signal?: AbortSignal
}

/** What the steps of one collection share. */
export type ProtocolReading = Omit<CollectProtocol, 'known' | 'chunkBlocks' | 'concurrency'> & {
  readonly protocol: Protocol
  readonly source: string
  readonly chunkBlocks: number
  readonly concurrency: number
}
