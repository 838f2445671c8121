import { SourceError } from '../source.ts'
import { hex, rpcClient } from './client.ts'
import { RpcError } from './failure.ts'
import type { Endpoint, RpcOptions } from './node.ts'
import { hintedBlocks } from './range-hint.ts'

/** What one endpoint was found to give. Null: it could not be found out. */
export type Diagnosis = {
  readonly chain: string
  readonly software: string | null
  readonly latest: number
  /** Null where the node does not know the tag. */
  readonly finalized: number | null
  /** How far the newest block lies behind the clock, in seconds. */
  readonly behindSeconds: number
  /** The widest range that eth_getLogs took, and what the node said to the next wider one. */
  readonly logRange: { readonly blocks: number; readonly refusal: string | null }
  /** The most logs that one answer held, and what the node said where it gave no more. */
  readonly logResults: { readonly logs: number; readonly refusal: string | null }
  /** Whether the logs of the first blocks, and the state at them, are kept. */
  readonly archive: { readonly logs: boolean | null; readonly state: boolean | null }
  /** Whether logs carry the time of their block; null where no recent block holds a log. */
  readonly blockTimestamp: boolean | null
  readonly batches: boolean
  readonly receipts: boolean
  readonly traces: readonly ('trace_filter' | 'debug_traceBlockByNumber')[]
  /** JSON-RPC calls that it took. */
  readonly calls: number
}

const RANGES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
const NOBODY = '0x000000000000000000000000000000000000dead'
const NOTHING = `0x${'0'.repeat(63)}1`

/** Asks an endpoint what collecting would need of it. `now` is the time in ms. Fails only where nothing answers at all. */
export async function diagnose(endpoint: Endpoint, now: number, options: RpcOptions = {}): Promise<Diagnosis> {
  const budget = { most: Number.POSITIVE_INFINITY, spent: 0 }
  const client = rpcClient(endpoint, { backoffMs: 100, ...options, budget })
  const ask = async (method: string, ...params: unknown[]) => (await client.ask(method, [params]))[0]
  const attempt = async (method: string, ...params: unknown[]) =>
    ask(method, ...params).then(
      (value) => ({ value, refusal: null }),
      (error: unknown) => ({ value: undefined, refusal: wordsOf(error) }),
    )
  const served = async (method: string, ...params: unknown[]) => (await attempt(method, ...params)).refusal === null

  await client.chainId()
  const latest = await client.getBlock('latest')
  const finalized = await attempt('eth_getBlockByNumber', 'finalized', false)
  const final = Number((finalized.value as { number?: string } | null)?.number ?? Number.NaN)
  const software = await attempt('web3_clientVersion')
  const logRange = await widestRange(attempt, latest.number)
  const logs = await busiest(attempt, latest.number)
  const batches = await client.getBlocks([latest.number, latest.number]).then(
    () => 'url' in endpoint && acceptsBatches(endpoint.url),
    () => false,
  )
  return {
    chain: endpoint.chain,
    software: typeof software.value === 'string' ? software.value.slice(0, 80) : null,
    latest: latest.number,
    finalized: Number.isNaN(final) ? null : final,
    behindSeconds: Math.round((now - latest.timestamp) / 1000),
    logRange,
    logResults: { logs: logs.count, refusal: logs.refusal },
    archive: {
      logs: await served('eth_getLogs', { address: NOBODY, topics: [NOTHING], fromBlock: '0x1', toBlock: '0x1' }),
      state: await served('eth_getBalance', NOBODY, '0x1'),
    },
    blockTimestamp: logs.timed,
    batches: await batches,
    receipts: await served('eth_getBlockReceipts', hex(latest.number)),
    traces: await tracesOf(served, latest.number),
    calls: budget.spent,
  }
}

type Attempt = (
  method: string,
  ...params: unknown[]
) => Promise<{ readonly value: unknown; readonly refusal: string | null }>

/** A question that no log answers, over wider and wider ranges. */
async function widestRange(attempt: Attempt, latest: number): Promise<Diagnosis['logRange']> {
  let widest = 0
  for (const blocks of RANGES) {
    const from = latest - blocks + 1
    if (from < 0) break
    const question = { address: NOBODY, topics: [NOTHING], fromBlock: hex(from), toBlock: hex(latest) }
    const { refusal } = await attempt('eth_getLogs', question)
    if (refusal !== null) return { blocks: named(refusal, widest, blocks) ?? widest, refusal }
    widest = blocks
  }
  return { blocks: widest, refusal: null }
}

/** The limit that a refusal names, where it lies between what was taken and what was not. */
function named(refusal: string, taken: number, refused: number): number | null {
  const blocks = hintedBlocks(refusal)
  return blocks !== null && blocks >= taken && blocks < refused ? blocks : null
}

/** All logs of the last blocks, whoever wrote them. */
async function busiest(attempt: Attempt, latest: number) {
  let count = 0
  let timed: boolean | null = null
  for (const blocks of [1, 10, 100, 1_000]) {
    const fromBlock = hex(Math.max(0, latest - blocks + 1))
    const { value, refusal } = await attempt('eth_getLogs', { fromBlock, toBlock: hex(latest) })
    if (refusal !== null) return { count, timed, refusal }
    const logs = Array.isArray(value) ? (value as { readonly blockTimestamp?: unknown }[]) : []
    count = Math.max(count, logs.length)
    if (logs.length > 0) timed = logs.every(({ blockTimestamp }) => typeof blockTimestamp === 'string')
    if (logs.length > 5_000) break
  }
  return { count, timed, refusal: null }
}

async function tracesOf(served: (method: string, ...params: unknown[]) => Promise<boolean>, latest: number) {
  const block = hex(latest)
  const found: Diagnosis['traces'][number][] = []
  const filter = { fromBlock: block, toBlock: block, fromAddress: [NOBODY] }
  if (await served('trace_filter', filter)) found.push('trace_filter')
  if (await served('debug_traceBlockByNumber', block, { tracer: 'callTracer' })) found.push('debug_traceBlockByNumber')
  return found
}

async function acceptsBatches(url: string): Promise<boolean> {
  const calls = [1, 2].map((id) => ({ jsonrpc: '2.0', id, method: 'eth_chainId', params: [] }))
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(calls) })
    const answers: unknown = await response.json()
    return Array.isArray(answers) && answers.length === 2
  } catch {
    return false
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof RpcError) return error.failure.words || error.kind
  if (error instanceof SourceError) return error.shortMessage
  throw error
}
