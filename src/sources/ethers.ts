import { custom, type Transport } from 'viem'

/** What is used of a provider of ethers v6; ethers itself is not needed to name it. */
export type EthersProvider = {
  getNetwork(): Promise<{ readonly chainId: bigint }>
  getBlock(at: string): Promise<EthersBlock | null>
  getLogs(filter: EthersFilter): Promise<readonly EthersLog[]>
  getCode(address: string, at?: string): Promise<string>
  call(transaction: EthersCall): Promise<string>
  /** Raw JSON-RPC, which providers over a single node have. */
  send?(method: string, params: unknown[]): Promise<unknown>
}

type EthersBlock = {
  readonly number: number
  readonly hash: string | null
  readonly parentHash: string
  readonly timestamp: number
}

type EthersFilter = {
  address?: string | string[]
  topics?: (null | string | string[])[]
  fromBlock?: string
  toBlock?: string
}

type EthersLog = {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: number
  readonly blockHash: string
  readonly transactionHash: string
  readonly transactionIndex: number
  readonly index: number
  readonly removed: boolean
}

type EthersCall = { to?: string; from?: string; data?: string; blockTag?: string }

/**
 * Any provider of ethers v6 as a transport of viem, for an endpoint. One that sends raw JSON-RPC passes it on; others
 * are asked through their methods, which give neither the time of a log nor the filter of a header, nor receipts.
 */
export function ethersTransport(provider: EthersProvider): Transport {
  return custom(
    {
      request: async ({ method, params }: { readonly method: string; readonly params?: unknown[] }) => {
        try {
          return await (provider.send?.(method, params ?? []) ?? serve(provider, method, params ?? []))
        } catch (error) {
          throw ownWords(error)
        }
      },
    },
    { retryCount: 0 },
  )
}

/** The answer a node would give, made from what ethers makes of it. */
async function serve(provider: EthersProvider, method: string, params: readonly unknown[]): Promise<unknown> {
  const [first, second] = params
  if (method === 'eth_chainId') return hex((await provider.getNetwork()).chainId)
  // With `true` a node gives whole transactions, which ethers has parsed.
  if (method === 'eth_getBlockByNumber' && second !== true) return rawBlock(await provider.getBlock(String(first)))
  if (method === 'eth_getLogs') return (await provider.getLogs(first as EthersFilter)).map(rawLog)
  if (method === 'eth_getCode') return provider.getCode(String(first), tagOf(second))
  if (method === 'eth_call') return provider.call({ ...(first as EthersCall), blockTag: tagOf(second) })
  throw refusal(-32601, `the method ${method} does not exist/is not available`)
}

function tagOf(at: unknown): string {
  return at === undefined ? 'latest' : String(at)
}

function rawBlock(block: EthersBlock | null) {
  if (block === null) return null
  const { number, hash, parentHash, timestamp } = block
  return { number: hex(number), hash, parentHash, timestamp: hex(timestamp) }
}

function rawLog({ address, topics, data, blockHash, transactionHash, removed, ...log }: EthersLog) {
  const places = { blockNumber: hex(log.blockNumber), logIndex: hex(log.index) }
  const transactionIndex = hex(log.transactionIndex)
  return { address, topics, data, blockHash, transactionHash, transactionIndex, removed, ...places }
}

function hex(number: number | bigint): string {
  return `0x${number.toString(16)}`
}

type Fields = { readonly [name: string]: unknown }

/** ethers puts what the provider said inside an error of its own, whose message repeats the request and its URL. */
function ownWords(error: unknown): unknown {
  const { code, info, error: inner, response, shortMessage } = fieldsOf(error)
  const { error: told, responseStatus, responseBody } = fieldsOf(info)
  const said = [told, inner].map(fieldsOf).find((one) => typeof one.message === 'string')
  if (responseStatus !== undefined) return httpError(String(responseStatus), responseBody, response)
  if (said !== undefined) return refusal(said.code, String(said.message))
  const words = typeof shortMessage === 'string' ? shortMessage : null
  if (code === 'TIMEOUT') return Object.assign(new Error(words ?? 'request timed out'), { name: 'TimeoutError' })
  return words === null ? error : new Error(words)
}

/** ethers calls an answer that it has stopped repeating 599, with the node's own status in brackets. */
const ESCALATED = /^599 .*?\((\d{3}) ?([^;)]*)/
const STATUS = /^(\d{3}) ?(.*)$/

function httpError(responseStatus: string, body: unknown, response: unknown): Error {
  const [, status, statusText = ''] = ESCALATED.exec(responseStatus) ?? STATUS.exec(responseStatus) ?? []
  const text = typeof body === 'string' && body !== '' ? body : null
  const { code, message } = fieldsOf(fieldsOf(parsed(text)).error)
  const words = typeof message === 'string' ? message : parsed(text) === undefined ? (text ?? statusText) : statusText
  const headers = new Headers(fieldsOf(response).headers as { [name: string]: string } | undefined)
  return Object.assign(refusal(code, words), { status: Number(status), headers })
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function refusal(code: unknown, words: string): Error {
  return Object.assign(new Error(words), typeof code === 'number' || typeof code === 'string' ? { code } : {})
}

function fieldsOf(value: unknown): Fields {
  return (typeof value === 'object' && value !== null ? value : {}) as Fields
}
