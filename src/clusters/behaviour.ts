import { lowerBound } from '../statistics/lower-bound.ts'
import { addAt, countBelow, prefixCounts } from '../statistics/prefix-counts.ts'
import type { WalletActivity } from './wallet-activity.ts'

const SECOND = 1000
const DAY = 86_400 * SECOND
/** Differences of first use, ms: 60 s, 5 min, 30 min, 2 h, 6 h, 1, 3, 10, 30 and 90 days. */
export const TIME_CUTS = Float64Array.of(
  ...[60, 300, 1800, 7200, 21_600].map((seconds) => seconds * SECOND),
  ...[1, 3, 10, 30, 90].map((days) => days * DAY),
)
/** Differences of ln size. */
export const SIZE_CUTS = Float64Array.of(0.001, 0.005, 0.02, 0.05, 0.15, 0.4, 1, 2)
/** Bins of (time, size), a row for each stretch of time. */
export const SIZE_BINS = SIZE_CUTS.length + 1
export const BEHAVIOUR_BINS = (TIME_CUTS.length + 1) * SIZE_BINS
/** First bin of pairs that began at least 30 days apart. */
export const MONTH_APART = 9 * SIZE_BINS

/** Wallets as behaviour sees them, sorted by time, then size. */
export type Behaviour = {
  /** UTC ms and ln size of each wallet. */
  readonly time: Float64Array
  readonly logSize: Float64Array
  readonly order: Int32Array
}

export function behaviourOf({ wallets, firstUse, size }: WalletActivity): Behaviour {
  const logSize = size.map(Math.log)
  const order = Int32Array.from({ length: wallets }, (_, i) => i)
  order.sort((a, b) => firstUse[a]! - firstUse[b]! || logSize[a]! - logSize[b]!)
  return { time: firstUse, logSize, order }
}

/** Bin of a pair of wallets; a difference that equals a cut lies above it. */
export function behaviourBin({ time, logSize }: Behaviour, i: number, j: number): number {
  const apart = Math.abs(time[i]! - time[j]!)
  const ratio = Math.abs(logSize[i]! - logSize[j]!)
  let [row, column] = [0, 0]
  while (row < TIME_CUTS.length && apart >= TIME_CUTS[row]!) row++
  while (column < SIZE_CUTS.length && ratio >= SIZE_CUTS[column]!) column++
  return row * SIZE_BINS + column
}

/**
 * Share of all pairs of wallets in each bin, with half a pair added to each. Exact: for every cut of time a window slides
 * over the wallets while their sizes stand in prefix counts. O(wallets log wallets) for each pair of cuts.
 */
export function behaviourNull({ time, logSize, order }: Behaviour): Float64Array {
  const n = order.length
  const sizes = logSize.slice().sort()
  const place = logSize.map((value) => lowerBound(sizes, value))
  const bounds = SIZE_CUTS.length * 2
  const near = new Int32Array(n * bounds)
  for (let i = 0; i < n; i++)
    for (let c = 0; c < SIZE_CUTS.length; c++) {
      // Searched with the very difference that `behaviourBin` takes, so that rounding cannot move a pair.
      near[i * bounds + 2 * c] = firstNear(sizes, logSize[i]!, SIZE_CUTS[c]!)
      near[i * bounds + 2 * c + 1] = endNear(sizes, logSize[i]!, SIZE_CUTS[c]!)
    }
  const total = (n * (n - 1)) / 2
  const below = new Float64Array((TIME_CUTS.length + 1) * SIZE_BINS).fill(total)
  for (let row = 0; row <= TIME_CUTS.length; row++) {
    const counts = prefixCounts(n)
    const sums = new Float64Array(SIZE_BINS)
    for (let head = 0, tail = 0; head < n; head++) {
      const wallet = order[head]!
      while (row < TIME_CUTS.length && time[wallet]! - time[order[tail]!]! >= TIME_CUTS[row]!)
        addAt(counts, place[order[tail++]!]!, -1)
      for (let c = 0; c < SIZE_CUTS.length; c++) {
        const at = wallet * bounds + 2 * c
        sums[c]! += countBelow(counts, near[at + 1]!) - countBelow(counts, near[at]!)
      }
      sums[SIZE_BINS - 1]! += head - tail
      addAt(counts, place[wallet]!, 1)
    }
    below.set(sums, row * SIZE_BINS)
  }
  return sharesOf(below, total)
}

/** Turns counts below both cuts into counts inside each bin, and these into shares. */
function sharesOf(below: Float64Array, total: number): Float64Array {
  const shares = new Float64Array(BEHAVIOUR_BINS)
  const at = (row: number, column: number) => (row < 0 || column < 0 ? 0 : below[row * SIZE_BINS + column]!)
  for (let bin = 0; bin < BEHAVIOUR_BINS; bin++) {
    const [row, column] = [Math.floor(bin / SIZE_BINS), bin % SIZE_BINS]
    const inside = at(row, column) - at(row - 1, column) - at(row, column - 1) + at(row - 1, column - 1)
    shares[bin] = (inside + 0.5) / (total + BEHAVIOUR_BINS / 2)
  }
  return shares
}

/** First place in `sizes` less than `cut` below `value`. */
function firstNear(sizes: Float64Array, value: number, cut: number): number {
  let [low, high] = [0, sizes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value - sizes[middle]! >= cut) low = middle + 1
    else high = middle
  }
  return low
}

/** First place in `sizes` at least `cut` above `value`. */
function endNear(sizes: Float64Array, value: number, cut: number): number {
  let [low, high] = [0, sizes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sizes[middle]! - value >= cut) high = middle
    else low = middle + 1
  }
  return low
}
