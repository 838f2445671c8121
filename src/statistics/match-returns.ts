/** Rows of one or more flows, each flow together and in order of time; a row pays or returns. */
export type Moves = {
  readonly flow: Int32Array
  readonly isReturn: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  amount(row: number): bigint
}

/** `amount` of the return in row `returned` repays the payment in row `paid`. */
export type Match = { readonly paid: number; readonly returned: number; readonly amount: bigint }

/**
 * Matches returns to payments first in, first out, each unit of value once, over time at most `windowMs`.
 * A return repays the oldest payment of its flow that is still open and inside the window. O(rows + matches).
 */
export function matchReturns(moves: Moves, windowMs: bigint): Match[] {
  const matches: Match[] = []
  const rows = moves.flow.length
  const open = new Int32Array(rows)
  let head = 0
  let tail = 0
  let left = 0n
  for (let row = 0; row < rows; row++) {
    if (row > 0 && moves.flow[row] !== moves.flow[row - 1]) head = tail
    if (moves.isReturn[row] === 0) {
      if (head === tail) left = moves.amount(row)
      open[tail++] = row
      continue
    }
    let rest = moves.amount(row)
    while (rest > 0n && head < tail) {
      const paid = open[head] as number
      const late = (moves.time[row] as bigint) - (moves.time[paid] as bigint) > windowMs
      const amount = late ? 0n : left < rest ? left : rest
      if (amount > 0n) matches.push({ paid, returned: row, amount })
      rest -= amount
      left -= amount
      if (!late && left > 0n) break
      head++
      if (head < tail) left = moves.amount(open[head] as number)
    }
  }
  return matches
}
