import { ConfigError } from '../../errors.ts'
import type { Block } from './answers.ts'
import type { RpcClient } from './client.ts'

/** A block number, `finalized`, or a day or time in UTC such as `2025-01-31` or `2025-01-31T12:00:00Z`. */
export type BlockPoint = number | string

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** The last block to read, never one after `final`: it could still change. A time is an end that is itself left out. */
export async function lastBlock(client: RpcClient, to: BlockPoint, final: Block): Promise<number> {
  const point = parse(to)
  if (point === 'finalized') return final.number
  if (typeof point === 'object') return Math.max((await firstBlockSince(client, point.time, final)) - 1, 0)
  if (point > final.number) throw notFinal(client.chain, point, final)
  return point
}

/** The first block to read, at most one after `final`. A time is a start that is itself included. */
export async function firstBlock(client: RpcClient, from: BlockPoint, final: Block): Promise<number> {
  const point = parse(from)
  if (point === 'finalized') return final.number
  return typeof point === 'number' ? point : firstBlockSince(client, point.time, final)
}

function parse(point: BlockPoint): number | 'finalized' | { readonly time: number } {
  const text = String(point)
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  if (text === 'finalized') return text
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return { time }
  if (text === 'latest' || text === 'safe') {
    throw new ConfigError(`Blocks up to ${text} may still leave the chain, and are not read.`, {
      fix: 'Leave out --to, or pass --to finalized.',
    })
  }
  throw new ConfigError(`${text} is neither a block nor a time.`, {
    fix: 'Write a block number, a day such as 2025-01-31, a time with its zone such as 2025-01-31T12:00:00Z, or finalized.',
  })
}

/** The first block not older than `time`, by bisection; the one after `head` where there is none. */
async function firstBlockSince(client: RpcClient, time: number, head: Block): Promise<number> {
  if (head.timestamp < time) return head.number + 1
  let low = 0
  let high = head.number
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { timestamp } = await client.getBlock(middle)
    if (timestamp < time) low = middle + 1
    else high = middle
  }
  return low
}

function notFinal(chain: string, block: number, final: Block): ConfigError {
  return new ConfigError(`Block ${block} of ${chain} is not final yet, and could still leave the chain.`, {
    details: [`the finalized block is ${final.number}`],
    fix: 'Pass --to finalized or an earlier block, or wait.',
  })
}
