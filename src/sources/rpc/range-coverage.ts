import type { BlockRange } from '../../records/block-range.ts'
import type { Coverage } from '../../records/coverage.ts'
import type { Want } from '../source.ts'
import type { Block } from './answers.ts'

/** A range answered in full: the blocks at both ends, by which method, and how many rows that gave. */
export type Answered = {
  readonly first: Block
  readonly last: Block
  readonly method: string
  readonly rows: number
}

/** The row that says that a want has been answered over a range of blocks. */
export function rangeCoverage({ table, ...want }: Want, { first, last, method, rows }: Answered): Coverage {
  return {
    ...want,
    table_name: table,
    from_block: first.number,
    to_block: last.number,
    from_hash: first.hash,
    to_hash: last.hash,
    from_time: first.timestamp,
    to_time: last.timestamp,
    method,
    rows,
    checked: null,
  }
}

/** How many blocks the ranges hold; they must not overlap. */
export function countBlocks(ranges: readonly BlockRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}
