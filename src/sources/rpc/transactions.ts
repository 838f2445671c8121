import type { RawTransaction } from '../../protocols/protocol.ts'
import {
  type ChainLog,
  type LogFilter,
  logMatcher,
  otherHash,
  type Receipt,
  readReceipt,
  wrongShape,
} from './answers.ts'
import { askInParts } from './ask.ts'
import type { RpcClient } from './client.ts'
import { RpcError } from './failure.ts'
import { compare } from './verify-logs.ts'

export type TimedLog = ChainLog & { readonly timestamp: number }
type LogsOfTransaction = RawTransaction & { readonly logs: readonly TimedLog[] }

/** The logs by transaction, in order. Senders are not fetched. */
export function transactionsOf(chain: string, logs: readonly TimedLog[]): LogsOfTransaction[] {
  const found = new Map<string, LogsOfTransaction & { readonly logs: TimedLog[] }>()
  for (const log of logs) {
    const { transactionHash: hash, blockNumber, timestamp } = log
    const transaction = found.get(hash)
    if (transaction !== undefined) transaction.logs.push(log)
    else found.set(hash, { chain, hash, blockNumber, timestamp, from: null, logs: [log] })
  }
  return [...found.values()]
}

/**
 * The transactions in which the logs stand, each with its sender and all that it logged. A receipt that does not hold
 * what `filters` gave of its transaction, or holds more of it, is a contradiction.
 */
export async function wholeTransactions(
  client: RpcClient,
  filters: readonly LogFilter[],
  logs: readonly TimedLog[],
): Promise<RawTransaction[]> {
  const { chain } = client
  const transactions = transactionsOf(chain, logs)
  const matchers = filters.map(logMatcher)
  const method = 'eth_getTransactionReceipt'
  const hashes = transactions.map(({ hash }) => [hash])
  // Read where it is asked for, so that what is no receipt is asked for again, and of another node.
  const read = (answer: unknown) => (answer === null ? notYet(chain, method) : readReceipt(chain, answer))
  const receipts = (await askInParts(client, method, hashes, read)) as Receipt[]
  return transactions.map(({ logs: given, ...transaction }, i) => {
    const { hash, blockNumber } = transaction
    const receipt = receipts[i]!
    if (receipt.hash !== hash)
      throw wrongShape(chain, method, `the receipt of ${hash}`, { transactionHash: receipt.hash })
    const [{ blockHash }] = given as [TimedLog]
    if (receipt.blockHash !== blockHash) throw otherHash(chain, blockNumber, blockHash, receipt.blockHash)
    const wanted = receipt.logs.filter((log) => matchers.some((matches) => matches(log)))
    compare(chain, blockNumber, given, { logs: wanted, transactions: null })
    return { ...transaction, from: receipt.from, logs: receipt.logs }
  })
}

/** The chain has the transaction, as its log shows; this node has not yet its receipt. */
function notYet(chain: string, method: string): never {
  const words = 'no receipt of a transaction whose logs are known'
  throw new RpcError(chain, method, { kind: 'head-lag', words, status: null, retryAfterMs: null })
}
