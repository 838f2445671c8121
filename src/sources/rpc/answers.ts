import type { RawLog } from '../../protocols/protocol.ts'
import type { BlockRange } from '../../records/block-range.ts'
import { InconsistentSourceError, SourceError } from '../source.ts'

/** A log with its place in the chain. `timestamp` is UTC in ms, null where the node does not fill `blockTimestamp`. */
export type ChainLog = RawLog & {
  readonly blockNumber: number
  readonly blockHash: string
  readonly transactionHash: string
  readonly timestamp: number | null
}

/** What is used of a block header. `timestamp` is UTC in ms; `parentHash` and `bloom` are null where a node leaves them out. */
export type Block = {
  readonly number: number
  readonly hash: string
  readonly parentHash: string | null
  readonly timestamp: number
  /** The filter over all addresses and topics that the block's logs hold. */
  readonly bloom: string | null
}

/** A question for logs. Addresses and topics are lower-case; `topics` as in eth_getLogs. */
export type LogFilter = {
  readonly addresses: readonly string[]
  readonly topics: readonly (readonly string[] | null)[]
}

type Fields = { readonly [name: string]: unknown }

/** Characters of a hash and of a topic, and of an address, with `0x`. */
const WORD = 66
const ADDRESS = 42
/** Characters of a header's filter of 2,048 bits. */
const BLOOM = 514

/**
 * Checks an answer to eth_getLogs and puts it into the order of the chain. Shapes are checked by hand: a schema
 * library would cost more than the decoding. Hex digits inside are left to the decoder, which rejects single logs.
 */
export function readLogs(chain: string, answer: unknown, filter: LogFilter, range: BlockRange): ChainLog[] {
  if (!Array.isArray(answer)) throw wrongShape(chain, 'eth_getLogs', 'a list of logs', answer)
  const matches = logMatcher(filter)
  const logs = answer.map(logReader(chain))
  for (const log of logs) {
    if (log.blockNumber < range.from || log.blockNumber > range.to || !matches(log)) throw notAsked(chain, log, range)
  }
  return inOrder(chain, logs)
}

/** All logs of one block, and its transactions; those are null where the answer does not name them all. */
export type ReceiptLogs = { readonly logs: ChainLog[]; readonly transactions: ReadonlySet<string> | null }

/** Checks an answer to eth_getBlockReceipts: all logs of one block in order, whoever wrote them. */
export function readReceiptLogs(chain: string, answer: unknown, block: number): ReceiptLogs {
  const method = 'eth_getBlockReceipts'
  if (!Array.isArray(answer)) throw wrongShape(chain, method, 'a list of receipts', answer)
  const transactions = new Set<string>()
  const readLog = logReader(chain)
  const logs = answer.flatMap((receipt) => {
    const { logs: found, transactionHash } = (receipt ?? {}) as Fields
    if (!Array.isArray(found) || !isHex(transactionHash, WORD)) throw wrongShape(chain, method, 'receipts', receipt)
    transactions.add(transactionHash.toLowerCase())
    return found.map(readLog)
  })
  const other = logs.find(({ blockNumber }) => blockNumber !== block)
  if (other !== undefined) throw notAsked(chain, other, { from: block, to: block })
  return { logs: inOrder(chain, logs), transactions }
}

/** A receipt: who sent the transaction, and all that it logged, in order. */
export type Receipt = {
  readonly hash: string
  readonly from: string
  readonly blockHash: string
  readonly logs: readonly ChainLog[]
}

/** Checks an answer to eth_getTransactionReceipt. */
export function readReceipt(chain: string, answer: unknown): Receipt {
  const { from, blockHash, transactionHash, logs } = (answer ?? {}) as Fields
  const isReceipt = isHex(from, ADDRESS) && isHex(blockHash, WORD) && isHex(transactionHash, WORD)
  if (!isReceipt || !Array.isArray(logs)) throw wrongShape(chain, 'eth_getTransactionReceipt', 'a receipt', answer)
  const hash = transactionHash.toLowerCase()
  const read = inOrder(chain, logs.map(logReader(chain)))
  const other = read.find((log) => log.transactionHash !== hash)
  if (other !== undefined) throw wrongShape(chain, 'eth_getTransactionReceipt', `the logs of ${hash}`, answer)
  return { hash, from: from.toLowerCase(), blockHash: blockHash.toLowerCase(), logs: read }
}

/** Whether a log answers a question. */
export function logMatcher({ addresses, topics }: LogFilter): (log: ChainLog) => boolean {
  const from = new Set(addresses)
  const wanted = topics.map((choices) => (choices === null ? null : new Set(choices)))
  return (log) =>
    from.has(log.address) && wanted.every((choices, i) => choices === null || choices.has(log.topics[i] ?? ''))
}

function inOrder(chain: string, logs: ChainLog[]): ChainLog[] {
  logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
  for (let i = 1; i < logs.length; i += 1) checkNeighbours(chain, logs[i - 1]!, logs[i]!)
  return logs
}

/** Reads logs that follow each other: what one has in common with the one before is not checked again. */
function logReader(chain: string): (item: unknown) => ChainLog {
  const readAddress = hexReader(ADDRESS)
  const topicReaders = [hexReader(WORD), hexReader(WORD), hexReader(WORD), hexReader(WORD)]
  const readBlockHash = hexReader(WORD)
  const readTransactionHash = hexReader(WORD)
  const readBlockNumber = quantityReader()
  const readTime = quantityReader()

  return (item) => {
    const log = (item ?? {}) as Fields
    const address = readAddress(log.address)
    const topics = readTopics(log.topics, topicReaders)
    const data = isHex(log.data) ? log.data.toLowerCase() : null
    const blockHash = readBlockHash(log.blockHash)
    const transactionHash = readTransactionHash(log.transactionHash)
    const blockNumber = readBlockNumber(log.blockNumber)
    const logIndex = readQuantity(log.logIndex)
    const timestamp = (log.blockTimestamp ?? null) === null ? null : readTime(log.blockTimestamp) * 1000
    const numbers = !(Number.isNaN(blockNumber) || Number.isNaN(logIndex) || Number.isNaN(timestamp))
    if (!numbers || !address || !topics || !data || !blockHash || !transactionHash)
      throw wrongShape(chain, 'eth_getLogs', 'a log', item)
    if (log.removed === true) throw removed(chain, { transactionHash, logIndex, blockNumber })
    return { address, topics, data, logIndex, blockNumber, blockHash, transactionHash, timestamp }
  }
}

function readTopics(topics: unknown, readers: readonly ((topic: unknown) => string | null)[]): string[] | null {
  if (!Array.isArray(topics) || topics.length > readers.length) return null
  const texts: string[] = []
  for (let i = 0; i < topics.length; i += 1) {
    const text = readers[i]!(topics[i])
    if (text === null) return null
    texts.push(text)
  }
  return texts
}

/** Reads hex texts of one length in lower case; null where it is none. Equal texts in a row give the very same text. */
function hexReader(length: number): (value: unknown) => string | null {
  let last: unknown
  let text: string | null = null
  return (value) => {
    if (value === last) return text
    if (!isHex(value, length)) return null
    last = value
    text = value.toLowerCase()
    return text
  }
}

function quantityReader(): (value: unknown) => number {
  let last: unknown
  let number = Number.NaN
  return (value) => {
    if (value === last) return number
    last = value
    number = readQuantity(value)
    return number
  }
}

function removed(
  chain: string,
  { transactionHash, logIndex, blockNumber }: Pick<ChainLog, 'transactionHash' | 'logIndex' | 'blockNumber'>,
): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a log that a reorganisation has removed.`, {
    details: [`transaction ${transactionHash}, log ${logIndex}, block ${blockNumber}`],
    fix: 'Collect up to an earlier block, such as --to finalized.',
  })
}

/** Two logs that follow each other in order must not be one log twice, nor name two hashes for one block. */
function checkNeighbours(chain: string, one: ChainLog, next: ChainLog): void {
  if (one.blockNumber !== next.blockNumber) return
  if (one.blockHash !== next.blockHash) throw otherHash(chain, one.blockNumber, one.blockHash, next.blockHash)
  if (one.logIndex !== next.logIndex) return
  throw new InconsistentSourceError(`${chain} gave two logs for one place in block ${one.blockNumber}.`, {
    details: [`log ${one.logIndex} of ${one.transactionHash}`, `log ${next.logIndex} of ${next.transactionHash}`],
    fix: 'Use another endpoint; this one contradicts itself.',
  })
}

/** Checks an answer to eth_getBlockByNumber; null where the node has no such block. */
export function readBlock(chain: string, answer: unknown, asked: number | string): Block | null {
  if (answer === null) return null
  const { number, hash, parentHash, timestamp, logsBloom } = (answer ?? {}) as Fields
  const block = {
    number: readQuantity(number),
    hash: String(hash).toLowerCase(),
    parentHash: isHex(parentHash, WORD) ? parentHash.toLowerCase() : null,
    timestamp: readQuantity(timestamp) * 1000,
    bloom: isHex(logsBloom, BLOOM) ? logsBloom.toLowerCase() : null,
  }
  if (Number.isNaN(block.number) || Number.isNaN(block.timestamp) || !isHex(hash, WORD))
    throw wrongShape(chain, 'eth_getBlockByNumber', 'a block', answer)
  if (typeof asked === 'number' && asked !== block.number) {
    throw new InconsistentSourceError(`${chain} was asked for one block and gave another.`, {
      details: [`asked for ${asked}`, `answered with ${block.number}`],
      fix: 'Use another endpoint; this one contradicts itself.',
    })
  }
  return block
}

/** A hex number of up to 13 digits; NaN where it is none. Three stand in every log, too many for regular expressions. */
export function readQuantity(value: unknown): number {
  if (typeof value !== 'string' || value.length < 3 || value.length > 15) return Number.NaN
  if (value[0] !== '0' || (value[1] !== 'x' && value[1] !== 'X')) return Number.NaN
  let number = 0
  for (let i = 2; i < value.length; i += 1) number = number * 16 + digitOf(value.charCodeAt(i))
  return number
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : Number.NaN
}

function isHex(value: unknown, length?: number): value is string {
  if (typeof value !== 'string' || !value.startsWith('0x')) return false
  return length === undefined ? value.length % 2 === 0 : value.length === length
}

/** An answer that is not what the method gives. */
export function wrongShape(chain: string, method: string, wanted: string, got: unknown): MalformedAnswerError {
  return new MalformedAnswerError(chain, method, wanted, (JSON.stringify(got) ?? String(got)).slice(0, 200))
}

/** Two hashes for one block: a reorganisation, or nodes that disagree. */
export function otherHash(chain: string, block: number, one: string, other: string): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave two hashes for block ${block}.`, {
    details: [one, other],
    fix: 'Collect up to an earlier block, such as --to finalized, or use another endpoint.',
  })
}

function notAsked(chain: string, log: ChainLog, range: BlockRange): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave a log that was not asked for.`, {
    details: [
      `asked for blocks ${range.from} to ${range.to}`,
      `got block ${log.blockNumber}, log ${log.logIndex} of contract ${log.address}`,
    ],
    fix: 'Use another endpoint; this one does not filter as asked.',
  })
}

/** A node answered with something of another shape, as half-broken proxies do now and then. */
export class MalformedAnswerError extends SourceError {
  readonly words: string

  constructor(chain: string, method: string, wanted: string, words: string) {
    super(`${chain} answered ${method} with something else than ${wanted}.`, {
      details: [`It begins: ${words}`],
      fix: 'Check that the URL is that of a JSON-RPC node of this chain, or use another endpoint.',
    })
    this.words = `something else than ${wanted}: ${words}`
  }
}
