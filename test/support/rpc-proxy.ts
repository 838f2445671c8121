import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Call = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }

export type ProxyOptions = {
  /** eth_getLogs over more blocks is refused in the words of a provider. */
  readonly maxBlocks?: number
  /** trace_filter over more blocks is refused likewise. */
  readonly maxTraceBlocks?: number
  /** More logs than this are refused. */
  readonly maxLogs?: number
  /** Every so many calls one is answered with HTTP 429. */
  readonly refuseEvery?: number
  /** Takes `blockTimestamp` out of logs, which many nodes do not fill. */
  readonly withoutTimes?: boolean
  /** Methods answered as a node does that has never heard of them. */
  readonly refuseMethods?: readonly string[]
  /** Calls answered likewise. */
  readonly refuseCalls?: (call: Call) => boolean
  /** Changes an answer on its way, call by call. */
  readonly change?: (call: Call, result: unknown) => unknown
}

/** A node behind the limits that providers set. `calls` counts HTTP requests by method. */
export async function startProxy(url: string, options: ProxyOptions) {
  const calls: { [method: string]: number } = {}
  let served = 0
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const asked = JSON.parse(body) as Call | Call[]
    const method = (Array.isArray(asked) ? asked[0]?.method : asked.method) ?? ''
    calls[method] = (calls[method] ?? 0) + 1
    served += 1
    response.setHeader('content-type', 'application/json')
    if (options.refuseEvery !== undefined && served % options.refuseEvery === 0) {
      response.statusCode = 429
      response.end('{}')
      return
    }
    const refused = [asked].flat().some((call) => isUnknown(call, options))
      ? unknownMethod(asked)
      : Array.isArray(asked)
        ? null
        : refusal(asked, options)
    response.end(refused ?? changed(asked, await answer(url, body, method, options), options))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}

function refusal(
  { id, method, params }: Call,
  { maxBlocks: logs, maxTraceBlocks: traces }: ProxyOptions,
): string | null {
  const maxBlocks = { eth_getLogs: logs, trace_filter: traces }[method]
  if (maxBlocks === undefined) return null
  const { fromBlock, toBlock } = params[0] as { readonly fromBlock: string; readonly toBlock: string }
  if (Number(toBlock) - Number(fromBlock) < maxBlocks) return null
  return failure(id, -32600, `${method} block range is limited to ${maxBlocks} blocks`)
}

async function answer(url: string, body: string, method: string, options: ProxyOptions): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const text = await response.text()
  if (method !== 'eth_getLogs') return text
  const { id, result } = JSON.parse(text) as { readonly id: number; readonly result: readonly object[] }
  if (options.maxLogs !== undefined && result.length > options.maxLogs)
    return failure(id, -32005, `query returned more than ${options.maxLogs} results`)
  if (!options.withoutTimes) return text
  return JSON.stringify({ jsonrpc: '2.0', id, result: result.map((log) => ({ ...log, blockTimestamp: undefined })) })
}

function isUnknown(call: Call, { refuseMethods = [], refuseCalls = () => false }: ProxyOptions): boolean {
  return refuseMethods.includes(call.method) || refuseCalls(call)
}

function unknownMethod(asked: Call | readonly Call[]): string {
  const answers = [asked].flat().map(({ id, method }) => failure(id, -32601, `the method ${method} does not exist`))
  return Array.isArray(asked) ? `[${answers.join(',')}]` : answers[0]!
}

type Answer = { readonly id: number; readonly result?: unknown }

function changed(asked: Call | readonly Call[], text: string, { change }: ProxyOptions): string {
  if (change === undefined) return text
  const calls = new Map([asked].flat().map((call) => [call.id, call]))
  const one = (answer: Answer) =>
    answer.result === undefined ? answer : { ...answer, result: change(calls.get(answer.id)!, answer.result) }
  const answers = JSON.parse(text) as Answer | Answer[]
  return JSON.stringify(Array.isArray(answers) ? answers.map(one) : one(answers))
}

function failure(id: number, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })
}
