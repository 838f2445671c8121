import type { RawTransaction } from '../protocols/protocol.ts'
import type { BlockRange } from '../records/block-range.ts'
import { type ChainLog, type LogFilter, readLogs, readReceipt } from '../sources/rpc/answers.ts'
import { hex, type RpcClient } from '../sources/rpc/client.ts'
import { RpcError } from '../sources/rpc/failure.ts'
import { type TimedLog, transactionsOf } from '../sources/rpc/transactions.ts'

/** What a window of blocks held, and what its answer weighed. */
export type Window = {
  readonly blocks: number
  readonly logs: readonly ChainLog[]
  readonly bytes: number
}

/** Asks without cutting what is refused into pieces: a probe shows what a node takes, in a number of calls known before. */
export type Probe = {
  left(): number
  /** Null where no call is left, or the node refuses even a small window. */
  logs(filter: LogFilter, range: BlockRange): Promise<Window | null>
  /** Bytes of an answer; null where the node does not serve it. */
  bytes(method: string, params: readonly unknown[]): Promise<number | null>
  /** Some of the transactions in which logs stand, whole, and what one weighs. */
  whole(
    logs: readonly TimedLog[],
  ): Promise<{ readonly transactions: readonly RawTransaction[]; readonly bytes: number }>
}

/** Transactions that are read whole for an estimate. */
const WHOLE = 3

export function probeOf(client: RpcClient, calls: number): Probe {
  let left = calls

  async function logs(filter: LogFilter, { from, to }: BlockRange): Promise<Window | null> {
    const { addresses: address, topics } = filter
    for (let end = to; left > 0; ) {
      left -= 1
      try {
        const [answer] = await client.ask('eth_getLogs', [
          [{ address, topics, fromBlock: hex(from), toBlock: hex(end) }],
        ])
        const found = readLogs(client.chain, answer, filter, { from, to: end })
        client.limits().answered(end - from + 1)
        return { blocks: end - from + 1, logs: found, bytes: JSON.stringify(answer).length }
      } catch (error) {
        if (!(error instanceof RpcError) || end === from) throw error
        end = from + client.limits().refused(end - from + 1, error.failure) - 1
      }
    }
    return null
  }

  async function bytes(method: string, params: readonly unknown[]): Promise<number | null> {
    if (left <= 0) return null
    left -= 1
    try {
      const [answer] = await client.ask(method, [params])
      return JSON.stringify(answer).length
    } catch (error) {
      if (error instanceof RpcError && error.kind === 'unsupported') return null
      throw error
    }
  }

  async function whole(logs: readonly TimedLog[]) {
    const all = transactionsOf(client.chain, logs)
    const step = Math.max(1, Math.ceil(all.length / Math.min(WHOLE, left)))
    const some = left <= 0 ? [] : all.filter((_, i) => i % step === 0)
    left -= some.length
    const method = 'eth_getTransactionReceipt'
    const answers = await client.ask(
      method,
      some.map(({ hash }) => [hash]),
    )
    const transactions = some.map((transaction, i): RawTransaction => {
      const { from, logs } = readReceipt(client.chain, answers[i])
      return { ...transaction, from, logs }
    })
    return { transactions, bytes: JSON.stringify(answers).length / Math.max(1, some.length) }
  }
  return { left: () => left, logs, bytes, whole }
}
