import type { Ledger } from '../ledger/ledger.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import type { BlockRange } from '../records/block-range.ts'
import type { TableName } from '../records/index.ts'
import type { Progress } from '../sources/source.ts'
import { type SubgraphOptions, subgraphClient } from '../sources/subgraph/client.ts'
import { collectEntities } from '../sources/subgraph/collect-entities.ts'
import type { Pin } from '../sources/subgraph/failure.ts'
import { tallyOf } from './tally.ts'

export type CollectSubgraphOptions = SubgraphOptions & {
  readonly ledger: Ledger
  /** A protocol that declares a subgraph. */
  readonly protocol: AnyProtocol
  readonly range: BlockRange
  /** A finalized block of the chain. Without one, the subgraph is read where it stands, which may still change. */
  readonly pin?: Pin
  /** Blocks in one window and one batch. */
  readonly windowBlocks?: number
  readonly progress?: Progress
}

/** What was read of one subgraph in this run. Blocks that the ledger already held are not read again. */
export type CollectedSubgraph = {
  readonly chain: string
  readonly protocol: string
  readonly from: number
  readonly to: number
  readonly batches: number
  /** Rows added to each table. */
  readonly rows: { readonly [table in TableName]?: number }
  readonly rejected: number
}

/** Reads a subgraph into the ledger, every batch with its coverage in one transaction; the same call again goes on. */
export async function collectSubgraph(options: CollectSubgraphOptions): Promise<CollectedSubgraph> {
  const { ledger, protocol, range, signal } = options
  const tally = tallyOf()
  try {
    const client = subgraphClient(options)
    for await (const batch of collectEntities({ ...options, client, covered: ledger.covered })) {
      tally.add(await ledger.append(batch))
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  }
  return { chain: options.chain, protocol: protocol.id, ...range, ...tally.sums() }
}
