import { createHash } from 'node:crypto'
import { type BlockRange, subtractRanges } from '../../records/block-range.ts'
import type { Progress } from '../source.ts'
import type { LogFilter } from './answers.ts'
import type { Chunk } from './chunk.ts'

/** Addresses in one call; nodes refuse lists that are much longer. */
const LIST_LIMIT = 300
/** Values of one argument in one call. */
export const VALUES_A_CALL = 500

/** The name under which facts say that they come from a node of a chain. Which node is said nowhere. */
export function sourceOf(chain: string): string {
  return `rpc:${chain}`
}

/** Hash of everything that decided what was asked. Lists must come sorted. */
export function specOf(parts: { readonly [name: string]: unknown }): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** One question for each group of addresses. */
export function filtersOf(addresses: readonly string[], topics: LogFilter['topics']): LogFilter[] {
  return groupsOf(addresses, LIST_LIMIT).map((group) => ({ addresses: group, topics }))
}

export function groupsOf<item>(items: readonly item[], size: number): item[][] {
  const groups: item[][] = []
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size))
  return groups
}

/** What of a range is still to be read; nothing where the range is empty. */
export function gapsOf(range: BlockRange, covered: readonly BlockRange[]): BlockRange[] {
  return range.from > range.to ? [] : subtractRanges(range, covered)
}

/** Says after each chunk how many blocks of the gaps are done. */
export function progressOver(stage: string, gaps: readonly BlockRange[], progress: Progress | undefined) {
  const total = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  let done = 0
  let rows = 0
  return ({ range, logs }: Chunk): void => {
    done += range.to - range.from + 1
    rows += logs.length
    progress?.({ stage, done, total, rows })
  }
}
