import type { BlockRange } from '../../../records/block-range.ts'
import { otherHash, wrongShape } from '../answers.ts'
import { askInParts } from '../ask.ts'
import type { RpcClient } from '../client.ts'
import { type BlockWithTransactions, blocksOf } from './headers.ts'
import { isOf, type MovesOfRange, readAddress, readHash, readValue, type ValueMove } from './value-move.ts'

const BLOCKS_A_CALL = 20

type Fields = { readonly [name: string]: unknown }

/** What a receipt tells: whether the transaction took effect (null: before receipts said so), and what it created. */
type Receipt = { readonly succeeded: boolean | null; readonly created: string | null }

/** Reads ranges from whole blocks, which hold the value of transactions and not that of the calls inside them. */
export async function readFullBlocks(
  client: RpcClient,
  wallets: ReadonlySet<string>,
  range: BlockRange,
): Promise<MovesOfRange> {
  const blocks = await blocksOf(client, range, { inFull: true, size: BLOCKS_A_CALL })
  const sent = blocks.flatMap((block) => block.transactions.flatMap((item) => sentIn(client.chain, block, item)))
  // Where a contract is created, the receiver is not known yet and may be a wallet.
  const wanted = sent.filter((one) => one.to === null || isOf(wallets, { ...one, to: one.to }))
  const headers = new Map(blocks.map((block) => [block.number, block]))
  const receipts = await receiptsOf(client, wanted, headers)
  const settled = wanted.map((one, i) => ({ move: { ...one, to: one.to ?? receipts[i]!.created ?? '' }, at: i }))
  const ours = settled.filter(({ move }) => isOf(wallets, move))
  return {
    moves: ours.filter(({ at }) => receipts[at]!.succeeded === true).map(({ move }) => move),
    unknown: ours.filter(({ at }) => receipts[at]!.succeeded === null).map(({ move }) => move),
    headers,
  }
}

type Sent = Omit<ValueMove, 'to'> & { readonly to: string | null }

function sentIn(chain: string, block: BlockWithTransactions, item: unknown): Sent[] {
  const { hash, blockHash, from, to, value } = (item ?? {}) as Fields
  const [txHash, inBlock, sender, amount] = [readHash(hash), readHash(blockHash), readAddress(from), readValue(value)]
  const receiver = to === null || to === undefined ? null : readAddress(to)
  const isReceiver = receiver !== null || to === null || to === undefined
  if (txHash === null || inBlock === null || sender === null || amount === null || !isReceiver)
    throw wrongShape(chain, 'eth_getBlockByNumber', 'transactions in full', item)
  if (inBlock !== block.hash) throw otherHash(chain, block.number, block.hash, inBlock)
  return amount === 0n ? [] : [{ txHash, blockNumber: block.number, inner: 0, from: sender, to: receiver, amount }]
}

async function receiptsOf(
  client: RpcClient,
  wanted: readonly Sent[],
  headers: ReadonlyMap<number, { readonly number: number; readonly hash: string }>,
): Promise<Receipt[]> {
  const answers = await askInParts(
    client,
    'eth_getTransactionReceipt',
    wanted.map(({ txHash }) => [txHash]),
  )
  return answers.map((answer, i) => {
    const { status, blockHash, contractAddress } = (answer ?? {}) as Fields
    const [inBlock, { number, hash }] = [readHash(blockHash), headers.get(wanted[i]!.blockNumber)!]
    if (inBlock === null) throw wrongShape(client.chain, 'eth_getTransactionReceipt', 'a receipt', answer)
    if (inBlock !== hash) throw otherHash(client.chain, number, hash, inBlock)
    return { succeeded: succeeded(status), created: readAddress(contractAddress) }
  })
}

function succeeded(status: unknown): boolean | null {
  if (status === '0x1') return true
  return status === '0x0' ? false : null
}
