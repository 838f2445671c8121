import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import type { NodeLimits, NodePlan, PermanentFault, TransientFault } from './chaos-plan.ts'

type Call = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }
type Refusal = { readonly code: number; readonly message: string }
type Answer = { readonly result: unknown } | { readonly error: Refusal }
type Log = { readonly blockNumber: string; readonly logIndex: string; readonly blockHash: string }

/** Answers one call as an honest node would. */
export type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>

/** A chain that does not change any more, asked for each thing once. */
export function rememberedChain(url: string): Ask {
  const known = new Map<string, Promise<unknown>>()
  return (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const answer = known.get(body) ?? post(url, body)
    known.set(body, answer)
    return answer
  }
}

async function post(url: string, body: string): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const { result, error } = (await response.json()) as { result?: unknown; error?: { code: number; message: string } }
  if (error !== undefined) throw error
  return result
}

/** At most so many waits a node: each costs the whole patience of a client. */
const MOST_TIMEOUTS = 3
/** Calls after which a node turns to another chain. */
const TURNS_AFTER = 12

/** A node in front of a chain that limits, fails and lies as its plan says. `calls` counts JSON-RPC calls,
 * `bytes` what the answers weigh. */
export async function startChaosNode(chain: Ask, otherChain: Ask, plan: NodePlan, name: string) {
  const random = randomStream(0, name)
  const state = { calls: 0, bytes: 0, timeouts: 0 }
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await bodyOf(request)) as Call | Call[]
    const list = Array.isArray(body) ? body : [body]
    state.calls += list.length
    const fault = random.next() < plan.rate ? random.pick(plan.faults) : null
    if (fault === 'timeout' && ++state.timeouts <= MOST_TIMEOUTS) return
    if (fault !== null && fault !== 'timeout' && fail(fault, list, response)) return
    if (Array.isArray(body) && !plan.limits.batches) {
      reply(response, 400, {
        jsonrpc: '2.0',
        id: null,
        error: { code: -32600, message: 'batch requests are not supported' },
      })
      return
    }
    const source = plan.permanent === 'wrong-chain-later' && state.calls > TURNS_AFTER ? otherChain : chain
    const answers = await Promise.all(
      list.map(async (call) => {
        const given = await answer(source, call, plan, fault, random).catch((error: Refusal): Answer => ({ error }))
        return { jsonrpc: '2.0', id: call.id, ...given }
      }),
    )
    const text = JSON.stringify(Array.isArray(body) ? answers : answers[0])
    state.bytes += text.length
    send(response, 200, fault === 'truncated' ? text.slice(0, Math.max(1, Math.floor(text.length * 0.7))) : text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => state.calls,
    bytes: () => state.bytes,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, JSON.stringify(body))
}

function send(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.end(text)
}

/** Faults of the whole request; false for those that show in single answers. */
function fail(fault: TransientFault, calls: readonly Call[], response: ServerResponse): boolean {
  const refuse = (code: number, message: string) => {
    const answers = calls.map(({ id }) => ({ jsonrpc: '2.0', id, error: { code, message } }))
    reply(response, 200, calls.length === 1 ? answers[0] : answers)
    return true
  }
  if (fault === 'rate' || fault === 'rate-with-wait') {
    if (fault === 'rate-with-wait') response.setHeader('retry-after', '0.02')
    reply(response, 429, { error: { code: 429, message: 'Too many requests' } })
    return true
  }
  if (fault === 'rate-as-limit') return refuse(-32005, 'limit exceeded')
  if (fault === 'internal-error') return refuse(-32603, 'Internal error')
  if (fault === 'server-error') reply(response, 503, { message: 'upstream connect error' })
  else if (fault === 'not-json') send(response, 200, '<html><body>busy</body></html>')
  else if (fault === 'reset') response.socket?.destroy()
  else return false
  return true
}

async function answer(
  chain: Ask,
  call: Call,
  plan: NodePlan,
  fault: TransientFault | null,
  random: Random,
): Promise<Answer> {
  const { method, params } = call
  if (fault === 'null-result') return { result: null }
  if (fault === 'head-lag' && method === 'eth_getBlockByNumber') return { result: null }
  if (fault === 'head-lag' && method === 'eth_getLogs')
    return { error: { code: -32000, message: 'block range extends beyond current head block' } }
  if (plan.permanent === 'wrong-chain' && method === 'eth_chainId') return { result: '0x1' }
  if (fault === 'stale-final' && params[0] === 'finalized') {
    const stale = Number(((await chain(method, params)) as { number: string }).number) - 1 - random.below(40)
    return { result: await chain(method, [`0x${stale.toString(16)}`, false]) }
  }
  if (plan.permanent === 'pruned' || plan.permanent === 'pruned-silently') {
    const pruned = await prunedAnswer(method, params, plan.permanent)
    if (pruned !== null) return pruned
  }
  if (method !== 'eth_getLogs') return { result: await chain(method, params) }
  return logsAnswer(chain, params, plan)
}

/** Blocks below this are not kept by a pruned node. */
const OLDEST = 60

async function prunedAnswer(method: string, params: readonly unknown[], fault: PermanentFault): Promise<Answer | null> {
  const from = method === 'eth_getLogs' ? (params[0] as { fromBlock: string }).fromBlock : params[0]
  if (!['eth_getLogs', 'eth_getBlockReceipts'].includes(method) || Number(from) >= OLDEST) return null
  if (fault === 'pruned-silently') return method === 'eth_getLogs' ? { result: [] } : { result: null }
  return { error: { code: 4444, message: 'pruned history unavailable' } }
}

async function logsAnswer(chain: Ask, params: readonly unknown[], { limits, permanent }: NodePlan): Promise<Answer> {
  const { fromBlock, toBlock } = params[0] as { readonly fromBlock: string; readonly toBlock: string }
  const blocks = Number(toBlock) - Number(fromBlock) + (limits.inclusive ? 1 : 0)
  if (limits.blocks !== null && blocks > limits.blocks) return { error: rangeRefusal(limits, fromBlock, toBlock) }
  const logs = (await chain('eth_getLogs', params)) as readonly Log[]
  if (limits.results !== null && logs.length > limits.results && fromBlock !== toBlock)
    return { error: sizeRefusal(limits, logs) }
  const timed = limits.times ? logs : logs.map((log) => ({ ...log, blockTimestamp: undefined }))
  return { result: distorted(timed, permanent) }
}

function rangeRefusal({ blocks, words }: NodeLimits, from: string, to: string) {
  if (words === 'named') return { code: -32600, message: `eth_getLogs block range is limited to ${blocks} blocks` }
  if (words === 'same-range')
    return { code: -32602, message: `block range too large, this range should work: [${from}, ${to}]` }
  if (words === 'code-only') return { code: -32005, message: 'exceed max block range' }
  return { code: -32000, message: 'block range is too wide' }
}

/** The third meaning of -32005. */
function sizeRefusal({ results, suggests }: NodeLimits, logs: readonly Log[]) {
  const hint = suggests
    ? ` Try with this block range [${logs[0]!.blockNumber}, ${logs[results! - 1]!.blockNumber}].`
    : ''
  return { code: -32005, message: `query returned more than ${results} results.${hint}` }
}

/** The same log is always treated the same, however it is asked for. */
function distorted(logs: readonly Log[], fault: PermanentFault | null): readonly object[] {
  const chosen = ({ blockNumber, logIndex }: Log, share: number) =>
    randomStream(0, `${fault} ${blockNumber} ${logIndex}`).next() < share
  if (fault === 'empty') return logs.filter(({ blockNumber }) => Number(blockNumber) % 3 !== 0)
  if (fault === 'partial') return logs.filter((log) => !chosen(log, 0.2))
  if (fault === 'duplicate') return logs.flatMap((log) => (chosen(log, 0.3) ? [log, log] : [log]))
  if (fault === 'extra')
    return logs.flatMap((log) =>
      chosen(log, 0.3) ? [log, { ...log, logIndex: `0x${(Number(log.logIndex) + 50).toString(16)}` }] : [log],
    )
  if (fault === 'other-hash')
    return logs.map((log) => (chosen(log, 0.5) ? { ...log, blockHash: `0x${'ab'.repeat(32)}` } : log))
  return logs
}
