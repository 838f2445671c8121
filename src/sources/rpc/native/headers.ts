import type { BlockRange } from '../../../records/block-range.ts'
import { type Block, readBlock, wrongShape } from '../answers.ts'
import { askInParts } from '../ask.ts'
import { hex, type RpcClient } from '../client.ts'
import { groupsOf } from '../want.ts'

/** Headers of both ends of a range and of the given blocks. */
export async function headersOf(
  client: RpcClient,
  { from, to }: BlockRange,
  numbers: ReadonlySet<number>,
): Promise<ReadonlyMap<number, Block>> {
  const wanted = [...new Set([from, to, ...numbers])].sort((a, b) => a - b)
  const blocks = await client.getBlocks(wanted)
  return new Map(blocks.map((block) => [block.number, block]))
}

/** A block with its transactions in order: their hashes, or all of them in full. */
export type BlockWithTransactions = Block & { readonly transactions: readonly unknown[] }

/** Every block of a range, in order, `size` of them a call. */
export async function blocksOf(
  client: RpcClient,
  { from, to }: BlockRange,
  { inFull, size }: { readonly inFull: boolean; readonly size: number },
): Promise<BlockWithTransactions[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const groups = groupsOf(numbers, size)
  const answers = await Promise.all(
    groups.map((group) =>
      askInParts(
        client,
        'eth_getBlockByNumber',
        group.map((number) => [hex(number), inFull]),
      ),
    ),
  )
  return answers.flat().map((answer, i) => {
    const block = readBlock(client.chain, answer, numbers[i]!)
    const transactions = (answer as { readonly transactions?: unknown } | null)?.transactions
    if (block === null || !Array.isArray(transactions))
      throw wrongShape(client.chain, 'eth_getBlockByNumber', 'a block with its transactions', answer)
    return { ...block, transactions }
  })
}
