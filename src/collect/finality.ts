import type { Ledger } from '../ledger/ledger.ts'
import { type Block, readBlock } from '../sources/rpc/answers.ts'
import { type BlockHashes, blockHashes } from '../sources/rpc/block-hashes.ts'
import { hex, type RpcClient } from '../sources/rpc/client.ts'
import { RpcError } from '../sources/rpc/failure.ts'
import { sourceOf } from '../sources/rpc/want.ts'
import { InconsistentSourceError, SourceError } from '../sources/source.ts'

/** What one run takes as settled: the finalized block at its start, and the hashes that earlier runs have seen. */
export type Pin = { readonly final: Block; readonly hashes: BlockHashes }

/**
 * Pins the finalized block once, by number and hash, for every node of the chain; where no node knows the tag, the block
 * so many `confirmations` below the latest. A node that has not finalized `atLeast` yet is given some time. Then the last blocks that earlier runs read must still be there by the same
 * hash: a block's hash binds all blocks before it.
 */
export async function pinChain(
  client: RpcClient,
  ledger: Ledger,
  { confirmations, atLeast = 0 }: { readonly confirmations?: number | undefined; readonly atLeast?: number },
): Promise<Pin> {
  const final = await finalBlock(client, confirmations, atLeast)
  client.pin(final)
  const questions = await endsOfQuestions(ledger, client.chain)
  const hashes = blockHashes(client.chain)
  for (const [block, hash] of questions.flat()) hashes.see(block, hash)
  const tops = new Set(questions.flatMap((ends) => ends.at(-1)?.[0] ?? []).filter((block) => block <= final.number))
  for (const { number, hash } of await client.getBlocks([...tops])) hashes.see(number, hash)
  hashes.see(final.number, final.hash)
  return { final, hashes }
}

/** The pinned block must be the same at the end, or what was read since may be of another history. */
export async function confirmPin(client: RpcClient, { final, hashes }: Pin): Promise<void> {
  hashes.see(final.number, (await client.getBlock(final.number)).hash)
}

async function finalBlock(client: RpcClient, confirmations: number | undefined, atLeast: number): Promise<Block> {
  if (confirmations !== undefined) {
    const latest = await client.getTagged('latest', atLeast + confirmations)
    return client.getBlock(Math.max(0, latest.number - confirmations))
  }
  return client.getTagged('finalized', atLeast).catch((error: unknown) => {
    if (!(error instanceof RpcError) || !['unknown', 'unsupported', 'head-lag'].includes(error.kind)) throw error
    throw new SourceError(`${client.chain} does not say which block is final.`, {
      details: error.details,
      fix: 'Use an endpoint that knows the block tag finalized, or pass --confirmations with the depth that is taken as final.',
      cause: error,
    })
  })
}

/** The ends of the pieces of one question, in order, each with the hash under which it was read. */
type Ends = readonly (readonly [block: number, hash: string])[]

async function endsOfQuestions(ledger: Ledger, chain: string): Promise<Ends[]> {
  const rows = (await ledger.rows('all-coverage')).filter(
    (row) => row.source === sourceOf(chain) && row.chain === chain,
  )
  const questions = new Map<string, [number, string][]>()
  for (const { from_block, to_block, from_hash, to_hash, protocol, table_name, spec } of rows) {
    const question = JSON.stringify([protocol, table_name, spec])
    const ends = questions.get(question) ?? []
    if (from_hash !== null) ends.push([Number(from_block), String(from_hash)])
    if (to_hash !== null) ends.push([Number(to_block), String(to_hash)])
    questions.set(question, ends)
  }
  return [...questions.values()].map((ends) => ends.sort(([a], [b]) => a - b))
}

/**
 * After a contradiction: where blocks that were read have left the chain, their facts leave the ledger's tables, so that
 * no number stands on them. Where all of them are still there, the source contradicted itself and nothing is moved.
 * Questions that were read before and after a reorganisation leave old and new hashes mixed, so each is looked at for
 * itself: what it read is sound up to its last end before the first that has changed.
 */
export async function afterContradiction(client: RpcClient, ledger: Ledger, error: unknown): Promise<unknown> {
  if (!(error instanceof InconsistentSourceError)) return error
  const { chain } = client
  try {
    const questions = await endsOfQuestions(ledger, chain)
    const blocks = [...new Set(questions.flat().map(([block]) => block))]
    const hashes = await hashesNow(client, blocks)
    const now = new Map(blocks.map((block, i) => [block, hashes[i]]))
    const sound = questions.flatMap((ends) => {
      const gone = ends.findIndex(([block, hash]) => now.get(block) !== hash)
      return gone === -1 ? [] : [{ gone: ends[gone]![0], above: ends[gone - 1]?.[0] ?? -1 }]
    })
    if (sound.length === 0) return error
    const least = sound.reduce((a, b) => (b.above < a.above ? b : a))
    const moved = await ledger.orphan({ chain, source: sourceOf(chain), above: least.above })
    return withMoved(error, chain, least.gone, least.above, moved)
  } catch {
    // The endpoint fell silent: what it said first is what the user has to know.
    return error
  }
}

/** Null where the chain has become too short to hold a block. */
async function hashesNow(client: RpcClient, blocks: readonly number[]): Promise<(string | null)[]> {
  const params = blocks.map((block) => [hex(block), false])
  const answers = await client.ask('eth_getBlockByNumber', params)
  return answers.map((answer, i) => readBlock(client.chain, answer, blocks[i]!)?.hash ?? null)
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
