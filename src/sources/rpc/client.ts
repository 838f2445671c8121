import { ConfigError } from '../../errors.ts'
import type { BlockRange } from '../../records/block-range.ts'
import { InconsistentSourceError, SourceError } from '../source.ts'
import {
  type Block,
  type ChainLog,
  type LogFilter,
  logMatcher,
  readBlock,
  readLogs,
  readQuantity,
  readReceiptLogs,
  wrongShape,
} from './answers.ts'
import { RpcError } from './failure.ts'
import { classOf } from './failure-table.ts'
import type { Limits } from './limits.ts'
import { type Endpoint, type Node, openNode, type Read, type RpcOptions } from './node.ts'
import { type Member, nodePool } from './pool.ts'

export type BlockTag = 'finalized' | 'safe' | 'latest' | 'earliest'

/** The questions that collecting asks of a chain. Every answer is checked before it is handed over. */
export type RpcClient = {
  readonly chain: string
  /** How many nodes stand behind the chain. */
  readonly nodes: number
  /** The same call for each list of parameters, at whichever node answers. Without `read` the caller checks what it gets. */
  ask(method: string, params: readonly (readonly unknown[])[], read?: Read<unknown>): Promise<unknown[]>
  /** As `ask`, at the node that is asked last for everything else: a second opinion where there are two. */
  askWitness<value>(method: string, params: readonly (readonly unknown[])[], read: Read<value>): Promise<value[]>
  /** The number of the chain; fails where a node serves another chain than asked for. */
  chainId(): Promise<number>
  /** Logs in the order of the chain, read in as many pieces as the node demands. */
  getLogs(filter: LogFilter & BlockRange): Promise<ChainLog[]>
  getBlock(at: number | BlockTag): Promise<Block>
  /** The block that a tag names, asked for again while it lies below `atLeast`, as at nodes that lag behind others. */
  getTagged(tag: BlockTag, atLeast: number): Promise<Block>
  /** Headers in the order of the numbers, as JSON-RPC batches. */
  getBlocks(numbers: readonly number[]): Promise<Block[]>
  /** From here on no node is asked anything before it has shown this block by this hash. */
  pin(block: Block): void
  /** What the node that is asked first was found to take. */
  limits(): Limits
}

/** Connects to a chain by one node or several. Nothing is asked before the first call. */
export function rpcClient(endpoints: Endpoint | readonly Endpoint[], options: RpcOptions = {}): RpcClient {
  const all = Array.isArray(endpoints) ? (endpoints as readonly Endpoint[]) : [endpoints as Endpoint]
  const { chain } = all[0]!
  const wanted = chainNumber(chain)
  let pinned: Block | undefined
  let checked: Promise<number> | undefined
  const pool = nodePool(
    chain,
    all.map((endpoint) => openNode(endpoint, options)),
    admit,
  )

  /** A node must serve the right chain, and the same history as the others, before anything it says counts. */
  async function admit({ node }: Member): Promise<void> {
    await node.ask('eth_chainId', [[]], (answer) => checkChain(chain, wanted, answer))
    if (pinned === undefined) return
    const at = pinned
    const read = (answer: unknown) => readBlock(chain, answer, at.number) ?? lagging(chain, at.number)
    const [block] = await node.ask('eth_getBlockByNumber', [[hex(at.number), false]], read)
    if (block!.hash !== at.hash) throw otherHistory(chain, at, block!)
  }

  const ask: RpcClient['ask'] = (method, params, read = (answer) => answer) =>
    pool.ask(({ node }) => node.ask(method, params, read))

  async function getBlocks(numbers: readonly (number | BlockTag)[]): Promise<Block[]> {
    const params = numbers.map((at) => [typeof at === 'number' ? hex(at) : at, false])
    return pool.ask(({ node }) =>
      node.ask('eth_getBlockByNumber', params, (answer, i) => {
        const block = readBlock(chain, answer, numbers[i]!)
        if (block !== null) return block
        throw pinned !== undefined && Number(numbers[i]) <= pinned.number
          ? lagging(chain, Number(numbers[i]))
          : missing(chain, numbers[i]!)
      }),
    )
  }

  return {
    chain,
    nodes: all.length,
    ask,
    askWitness: (method, params, read) => pool.ask(({ node }) => node.ask(method, params, read), 'last'),
    chainId: () => {
      checked ??= pool.ask(async () => wanted)
      return checked
    },
    getLogs: ({ from, to, ...filter }) => logsOf(chain, pool, filter, { from, to }),
    getBlocks,
    getBlock: async (at) => (await getBlocks([at]))[0]!,
    getTagged: async (tag, atLeast) => {
      const read = (answer: unknown) => readBlock(chain, answer, tag) ?? lagging(chain, tag)
      const ask = ({ node }: Member) =>
        node.ask('eth_getBlockByNumber', [[tag, false]], (answer) => {
          const block = read(answer)
          return block.number >= atLeast ? block : lagging(chain, `${tag} of ${atLeast}`)
        })
      const [block] = await pool.ask(ask).catch((error: unknown) => {
        if (!(error instanceof RpcError) || error.kind !== 'head-lag') throw error
        return pool.ask(({ node }) => node.ask('eth_getBlockByNumber', [[tag, false]], read))
      })
      return block!
    },
    pin: (block) => {
      pinned = block
      pool.admitAgain()
    },
    limits: () => pool.first().node.limits,
  }
}

type Pool = ReturnType<typeof nodePool>

/** Reads one range, in pieces as wide as the node that is asked takes; one that is refused is read as two. */
async function logsOf(chain: string, pool: Pool, filter: LogFilter, range: BlockRange): Promise<ChainLog[]> {
  const { from, to } = range
  const width = pool.first().node.limits.blocks()
  if (to - from >= width) return inPieces(chain, pool, filter, range, from + width - 1)
  const blocks = to - from + 1
  const answer = await pool
    .ask(async ({ node }) => {
      try {
        return await askLogs(chain, node, filter, range)
      } catch (error) {
        // Another node has limits of its own, but a smaller question is the surer way.
        if (error instanceof RpcError && blocks > 1 && (error.kind === 'range' || error.kind === 'size'))
          return node.limits.refused(blocks, error.failure)
        throw error
      }
    })
    .catch((error: unknown) => afterFailure(pool, blocks, error))
  if (typeof answer === 'number') return inPieces(chain, pool, filter, range, from + answer - 1)
  return answer ?? logsOfBlock(chain, pool, filter, from)
}

/** A range that no node answered is halved, where that may help; null for a single block that is too large to be listed. */
async function afterFailure(pool: Pool, blocks: number, error: unknown): Promise<number | null> {
  if (!(error instanceof RpcError) || classOf(error.kind).remedy !== 'narrow') throw error
  if (blocks === 1 && error.kind === 'size') return null
  if (blocks === 1) throw error
  // A node that is silent whatever it is asked would be asked for less and less for a long time.
  if (error.kind === 'timeout') await pool.ask(({ node }) => node.ask('eth_chainId', [[]], (answer) => answer))
  return pool.first().node.limits.refused(blocks, error.failure)
}

async function inPieces(chain: string, pool: Pool, filter: LogFilter, { from, to }: BlockRange, middle: number) {
  const left = await logsOf(chain, pool, filter, { from, to: middle })
  const right = await logsOf(chain, pool, filter, { from: middle + 1, to })
  for (const log of right) left.push(log)
  return left
}

async function askLogs(chain: string, node: Node, filter: LogFilter, range: BlockRange): Promise<ChainLog[]> {
  const { addresses: address, topics } = filter
  const params = [[{ address, topics, fromBlock: hex(range.from), toBlock: hex(range.to) }]]
  const read = (answer: unknown) => readLogs(chain, answer, filter, range)
  const [logs] = await node.ask('eth_getLogs', params, read, range.to > range.from)
  node.limits.answered(range.to - range.from + 1)
  return logs!
}

/** One block that is too large for eth_getLogs is read by its receipts. */
async function logsOfBlock(chain: string, pool: Pool, filter: LogFilter, block: number): Promise<ChainLog[]> {
  const read = (answer: unknown) => readReceiptLogs(chain, answer, block)
  const [receipts] = await pool.ask(({ node }) => node.ask('eth_getBlockReceipts', [[hex(block)]], read))
  return receipts!.logs.filter(logMatcher(filter))
}

function chainNumber(chain: string): number {
  const found = /^eip155:(\d{1,15})$/.exec(chain)
  if (found !== null) return Number(found[1])
  throw new ConfigError(`${chain} is not an EVM chain in CAIP-2 text.`, {
    fix: 'Write the chain as eip155:<chain id>, such as eip155:100.',
  })
}

function checkChain(chain: string, wanted: number, answer: unknown): number {
  const got = readQuantity(answer)
  if (Number.isNaN(got)) throw wrongShape(chain, 'eth_chainId', 'a number', answer)
  if (got === wanted) return got
  throw new SourceError('The endpoint serves another chain than asked for.', {
    details: [`asked for ${chain}`, `the node says eip155:${got}`],
    fix: `Pass the URL of a node of ${chain}, or name the chain that this node serves.`,
  })
}

function missing(chain: string, at: number | BlockTag): SourceError {
  return new SourceError(`${chain} has no block ${at}.`, {
    fix: 'Name an earlier block, or wait until the node has caught up.',
  })
}

/** A block that the chain is known to have, and this node not yet. */
function lagging(chain: string, block: number | string): never {
  const words = `no block ${block} yet`
  throw new RpcError(chain, 'eth_getBlockByNumber', { kind: 'head-lag', words, status: null, retryAfterMs: null })
}

function otherHistory(chain: string, pinned: Block, block: Block): InconsistentSourceError {
  return new InconsistentSourceError(`Two nodes of ${chain} give two hashes for block ${pinned.number}.`, {
    details: [`pinned at the start of this run: ${pinned.hash}`, `another endpoint: ${block.hash}`],
    fix: 'Leave out the endpoint that does not follow the chain; --to finalized avoids blocks that may still change.',
  })
}

export function hex(number: number): string {
  return `0x${number.toString(16)}`
}

export type { Endpoint, RpcOptions } from './node.ts'
