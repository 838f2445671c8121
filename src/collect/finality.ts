import type { Ledger } from '../ledger/ledger.ts'
import type { Block } from '../sources/rpc/answers.ts'
import { type BlockHashes, blockHashes } from '../sources/rpc/block-hashes.ts'
import type { RpcClient } from '../sources/rpc/client.ts'
import { RpcError } from '../sources/rpc/failure.ts'
import { sourceOf } from '../sources/rpc/want.ts'
import { InconsistentSourceError, SourceError } from '../sources/source.ts'

/** What one run takes as settled: the finalized block at its start, and the hashes that earlier runs have seen. */
export type Pin = { readonly final: Block; readonly hashes: BlockHashes }

/**
 * Pins the finalized block once, by number and hash, for every node of the chain; where no node knows the tag, the block
 * so many `confirmations` below the latest. Then the last blocks that earlier runs read must still be there by the same
 * hash: a block's hash binds all blocks before it.
 */
export async function pinChain(client: RpcClient, ledger: Ledger, confirmations?: number): Promise<Pin> {
  const final = await finalBlock(client, confirmations)
  client.pin(final)
  const known = await knownHashes(ledger, client.chain)
  const hashes = blockHashes(client.chain, known.all)
  const tops = known.tops.filter((block) => block <= final.number)
  for (const { number, hash } of await client.getBlocks(tops)) hashes.see(number, hash)
  hashes.see(final.number, final.hash)
  return { final, hashes }
}

/** The pinned block must be the same at the end, or what was read since may be of another history. */
export async function confirmPin(client: RpcClient, { final, hashes }: Pin): Promise<void> {
  hashes.see(final.number, (await client.getBlock(final.number)).hash)
}

async function finalBlock(client: RpcClient, confirmations: number | undefined): Promise<Block> {
  if (confirmations !== undefined) {
    const latest = await client.getBlock('latest')
    return client.getBlock(Math.max(0, latest.number - confirmations))
  }
  return client.getBlock('finalized').catch((error: unknown) => {
    if (!(error instanceof RpcError) || !['unknown', 'unsupported', 'head-lag'].includes(error.kind)) throw error
    throw new SourceError(`${client.chain} does not say which block is final.`, {
      details: error.details,
      fix: 'Use an endpoint that knows the block tag finalized, or pass --confirmations with the depth that is taken as final.',
      cause: error,
    })
  })
}

/** Blocks at the ends of what was read, with their hashes, and for each question the last of them. */
async function knownHashes(ledger: Ledger, chain: string) {
  const rows = (await ledger.rows('all-coverage')).filter(
    (row) => row.source === sourceOf(chain) && row.chain === chain,
  )
  const all = new Map<number, string>()
  const tops = new Map<string, number>()
  for (const { from_block, to_block, from_hash, to_hash, protocol, table_name, spec } of rows) {
    if (from_hash !== null) all.set(Number(from_block), String(from_hash))
    if (to_hash !== null) all.set(Number(to_block), String(to_hash))
    const question = JSON.stringify([protocol, table_name, spec])
    tops.set(question, Math.max(tops.get(question) ?? 0, Number(to_block)))
  }
  return { all, tops: [...new Set(tops.values())].sort((a, b) => a - b) }
}

/**
 * After a contradiction: where blocks that were read have left the chain, their facts leave the ledger's tables, so that
 * no number stands on them. Where all of them are still there, the source contradicted itself and nothing is moved.
 */
export async function afterContradiction(client: RpcClient, ledger: Ledger, error: unknown): Promise<unknown> {
  if (!(error instanceof InconsistentSourceError)) return error
  const { chain } = client
  try {
    const { all } = await knownHashes(ledger, chain)
    const blocks = [...all.keys()].sort((a, b) => a - b)
    const agrees = async (at: number) => (await hashOf(client, blocks[at]!)) === all.get(blocks[at]!)
    if (blocks.length === 0 || (await agrees(blocks.length - 1))) return error
    let [low, high] = [-1, blocks.length - 1]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (await agrees(middle)) low = middle
      else high = middle
    }
    const above = blocks[low] ?? -1
    const moved = await ledger.orphan({ chain, source: sourceOf(chain), above })
    return withMoved(error, chain, blocks[high]!, above, moved)
  } catch {
    // The endpoint fell silent: what it said first is what the user has to know.
    return error
  }
}

/** Null where the chain has become too short to hold the block. */
async function hashOf(client: RpcClient, block: number): Promise<string | null> {
  try {
    return (await client.getBlock(block)).hash
  } catch (error) {
    if (error instanceof RpcError && error.kind === 'head-lag') return null
    throw error
  }
}

function withMoved(error: InconsistentSourceError, chain: string, block: number, above: number, moved: number) {
  return new InconsistentSourceError(`${chain} has changed below its finalized block.`, {
    details: [
      error.shortMessage,
      ...error.details,
      `block ${block} has another hash than when it was read${above < 0 ? '' : `; up to block ${above} nothing changed`}`,
      `${moved} rows from above were moved to rejects, with the coverage they were part of`,
    ],
    fix: 'Compare the blocks with a block explorer, then run the same command again, with another endpoint if this one is wrong.',
    cause: error,
  })
}
