import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { createClient, http, type Transport } from 'viem'
import { ConfigError } from '../../errors.ts'
import type { BlockRange } from '../../records/block-range.ts'
import { SourceError } from '../source.ts'
import { type Block, type ChainLog, type LogFilter, readBlock, readLogs, readQuantity, wrongShape } from './answers.ts'
import { type FailureKind, RpcError, readFailure, secretsOf } from './failure.ts'

/** Where a chain is read from: a URL, or any transport of viem. `chain` is CAIP-2, such as `eip155:100`. */
export type Endpoint = { readonly chain: string } & ({ readonly url: string } | { readonly transport: Transport })

export type RpcOptions = {
  /** Calls under way at the same time. */
  readonly concurrency?: number
  /** Wait before the first repetition of a call, in ms; it doubles with each. */
  readonly backoffMs?: number
  readonly timeoutMs?: number
  /** Ends calls and waits. */
  readonly signal?: AbortSignal
}

export type BlockTag = 'finalized' | 'safe' | 'latest' | 'earliest'

/** The questions that collecting asks of a chain. Every answer but that of `ask` is checked before it is handed over. */
export type RpcClient = {
  readonly chain: string
  /** The same call for each list of parameters, repeated as its failures allow. The caller checks what it gets. */
  ask(method: string, params: readonly (readonly unknown[])[]): Promise<unknown[]>
  /** The number of the chain; fails where the node serves another chain than asked for. */
  chainId(): Promise<number>
  /** Logs in the order of the chain, read in as many pieces as the node demands. */
  getLogs(filter: LogFilter & BlockRange): Promise<ChainLog[]>
  getBlock(at: number | BlockTag): Promise<Block>
  /** Headers in the order of the numbers, as JSON-RPC batches. */
  getBlocks(numbers: readonly number[]): Promise<Block[]>
}

type Request = (
  call: { readonly method: string; readonly params: readonly unknown[] },
  options: { readonly retryCount: number; readonly signal?: AbortSignal },
) => Promise<unknown>

/** How often a call is repeated unchanged. A range or an answer too large is never repeated, only cut. */
const RETRIES: { readonly [kind in FailureKind]: number } = {
  rate: 6,
  unavailable: 4,
  timeout: 1,
  range: 0,
  size: 0,
  other: 0,
}
const BATCH = 100

/** Connects to a chain. Nothing is asked before the first call, which checks that the node serves this chain. */
export function rpcClient(endpoint: Endpoint, options: RpcOptions = {}): RpcClient {
  const { chain } = endpoint
  const wanted = chainNumber(chain)
  const call = caller(endpoint, options)
  let checked: Promise<number> | undefined
  // Providers limit the width of a range once for all, so what was learnt holds for the calls that follow.
  let widest = Number.POSITIVE_INFINITY

  function chainId(): Promise<number> {
    checked ??= call('eth_chainId', [[]]).then(([answer]) => checkChain(chain, wanted, answer))
    return checked
  }

  async function getBlocks(numbers: readonly (number | BlockTag)[]): Promise<Block[]> {
    await chainId()
    const params = numbers.map((at) => [typeof at === 'number' ? hex(at) : at, false])
    const answers = await call('eth_getBlockByNumber', params)
    return answers.map((answer, i) => readBlock(chain, answer, numbers[i]!) ?? missing(chain, numbers[i]!))
  }

  async function getLogs({ from, to, ...filter }: LogFilter & BlockRange): Promise<ChainLog[]> {
    await chainId()
    const range = { from, to }
    if (to - from < widest) {
      const { addresses: address, topics } = filter
      try {
        const [answer] = await call('eth_getLogs', [[{ address, topics, fromBlock: hex(from), toBlock: hex(to) }]])
        return readLogs(chain, answer, filter, range)
      } catch (error) {
        if (!(error instanceof RpcError) || !isTooLarge(error.kind) || from === to) throw error
        if (error.kind === 'range') widest = Math.min(widest, Math.ceil((to - from + 1) / 2))
      }
    }
    const middle = Math.floor((from + to) / 2)
    const left = await getLogs({ ...filter, from, to: middle })
    return left.concat(await getLogs({ ...filter, from: middle + 1, to }))
  }

  return { chain, ask: call, chainId, getLogs, getBlocks, getBlock: async (at) => (await getBlocks([at]))[0]! }
}

function isTooLarge(kind: FailureKind): boolean {
  return kind === 'range' || kind === 'size' || kind === 'timeout'
}

/** Makes the same call for each list of parameters; several travel as one batch. */
function caller(endpoint: Endpoint, options: RpcOptions) {
  const { concurrency = 4, backoffMs = 250, signal } = options
  const single = requester(endpoint, options, false)
  const batched = 'url' in endpoint ? requester(endpoint, options, true) : single
  const secrets = 'url' in endpoint ? secretsOf(endpoint.url) : []
  const limit = pLimit(concurrency)

  async function attempt(method: string, params: readonly (readonly unknown[])[]): Promise<unknown[]> {
    const request = params.length > 1 ? batched : single
    for (let tries = 0; ; tries += 1) {
      try {
        const asked = { retryCount: 0, ...(signal === undefined ? {} : { signal }) }
        return await Promise.all(params.map((one) => request({ method, params: one }, asked)))
      } catch (error) {
        signal?.throwIfAborted()
        const failure = readFailure(error, secrets)
        if (tries >= RETRIES[failure.kind]) throw new RpcError(endpoint.chain, method, failure)
        await sleep(failure.retryAfterMs ?? backoffMs * 2 ** tries, undefined, signal === undefined ? {} : { signal })
      }
    }
  }

  return async (method: string, params: readonly (readonly unknown[])[]): Promise<unknown[]> => {
    const batches: (readonly (readonly unknown[])[])[] = []
    for (let i = 0; i < params.length; i += BATCH) batches.push(params.slice(i, i + BATCH))
    const answers = await Promise.all(batches.map((batch) => limit(() => attempt(method, batch))))
    return answers.flat(1)
  }
}

/** viem refuses bodies above 10 MiB by default, some 12,000 logs. Its own repetitions are off: they do not cut ranges. */
function requester(endpoint: Endpoint, { timeoutMs = 30_000 }: RpcOptions, batch: boolean): Request {
  const transport =
    'url' in endpoint
      ? http(endpoint.url, {
          maxResponseBodySize: false,
          retryCount: 0,
          timeout: timeoutMs,
          ...(batch ? { batch: { batchSize: BATCH } } : {}),
        })
      : endpoint.transport
  return createClient({ transport }).request as unknown as Request
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

function missing(chain: string, at: number | BlockTag): never {
  throw new SourceError(`${chain} has no block ${at}.`, {
    fix: 'Name an earlier block, or wait until the node has caught up.',
  })
}

function hex(number: number): string {
  return `0x${number.toString(16)}`
}
