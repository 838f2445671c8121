import { LOGS_A_CALL } from './limits.ts'

/** How wide the next piece of a range shall be: as many blocks as are likely to hold one full answer. */
export type PieceSize = {
  /** At most `blocks`, which the node is known to take. */
  next(blocks: number): number
  /** What a piece held, in the order of the range. */
  read(blocks: number, logs: number): void
}

/** Where nothing is known yet; common providers answer 10,000 blocks. */
export const FIRST_BLOCKS = 10_000
const WIDEST = 1_000_000
/** A piece grows at most so much at a time, since density changes. */
const GROWTH = 2

/** `most` fixes the width, for tests and for nodes that are known. */
export function pieceSize({
  most,
  logs: target = LOGS_A_CALL,
}: {
  readonly most?: number
  readonly logs?: number
} = {}): PieceSize {
  let width = most ?? FIRST_BLOCKS
  const widest = most ?? WIDEST
  return {
    next: (blocks) => Math.max(1, Math.min(width, blocks)),
    read(blocks, logs) {
      const fitting = Math.floor((blocks * target) / Math.max(1, logs))
      // A piece that the node's limit or the end of the range cut short says nothing against a wider one.
      if (fitting < width) width = Math.max(1, fitting)
      else width = Math.min(widest, Math.max(width, Math.min(fitting, blocks * GROWTH)))
    },
  }
}
