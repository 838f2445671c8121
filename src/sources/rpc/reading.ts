import type { Protocol } from '../../protocols/protocol.ts'
import type { BlockRange } from '../../records/block-range.ts'
import type { Covered, Progress } from '../source.ts'
import type { BlockHashes } from './block-hashes.ts'
import type { RpcClient } from './client.ts'
import type { Checked } from './verify-logs.ts'

/** What all readings of one chain in one run share. */
export type Reading = {
  readonly client: RpcClient
  readonly range: BlockRange
  readonly covered: Covered
  readonly hashes: BlockHashes
  /** Decides which blocks are compared with an independent answer. */
  readonly seed: string
  /** Reads every header, and compares every block that its header does not clear. */
  readonly paranoid: boolean
  /** Told of every comparison; `served` is false once no node has an independent answer. */
  readonly checked: (checked: Checked & { readonly served: boolean }) => void
  /** Where gaps are allowed: told of every range that no node answered, which is then left out. */
  readonly skipped?: (gap: SkippedRange) => void
  /** Pieces under way at the same time. */
  readonly concurrency: number
  /** Blocks in one call at most; undefined: as many as hold one full answer. */
  readonly mostBlocks?: number | undefined
  readonly progress?: Progress | undefined
  /** Ends the collection between two batches. */
  readonly signal?: AbortSignal | undefined
}

/** Blocks that were not read, and the words of the provider. */
export type SkippedRange = BlockRange & { readonly reason: string }

/** A reading of one protocol; `source` is the name under which its facts come. */
export type ProtocolReading = Reading & { readonly protocol: Protocol; readonly source: string }
