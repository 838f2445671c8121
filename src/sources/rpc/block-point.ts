import { ConfigError } from '../../errors.ts'
import type { Block } from './answers.ts'
import type { BlockTag, RpcClient } from './client.ts'

/** A block number, a tag such as `finalized`, or a day or time in UTC such as `2025-01-31` or `2025-01-31T12:00:00Z`. */
export type BlockPoint = number | string

const TAGS: readonly string[] = ['finalized', 'safe', 'latest'] satisfies readonly BlockTag[]
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** The last block to read. A time is an end that is itself left out. */
export async function lastBlock(client: RpcClient, to: BlockPoint): Promise<Block> {
  const point = parse(to)
  if (typeof point === 'object') {
    const head = await client.getBlock('finalized')
    const next = await firstBlockSince(client, point.time, head)
    return client.getBlock(Math.max(next - 1, 0))
  }
  return client.getBlock(point)
}

/** The first block to read, at most one after `head`. A time is a start that is itself included. */
export async function firstBlock(client: RpcClient, from: BlockPoint, head: Block): Promise<number> {
  const point = parse(from)
  if (typeof point === 'number') return point
  if (typeof point === 'object') return firstBlockSince(client, point.time, head)
  return (await client.getBlock(point)).number
}

function parse(point: BlockPoint): number | BlockTag | { readonly time: number } {
  const text = String(point)
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  if (TAGS.includes(text)) return text as BlockTag
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return { time }
  throw new ConfigError(`${text} is neither a block nor a time.`, {
    fix: `Write a block number, a day such as 2025-01-31, a time with its zone such as 2025-01-31T12:00:00Z, or ${TAGS.join(', ')}.`,
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
