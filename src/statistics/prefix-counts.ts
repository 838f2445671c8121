/** Counts at places 0 … n − 1 whose prefix sums cost O(log n): Fenwick 1994 (https://doi.org/10.1002/spe.4380240306). */
export type PrefixCounts = Int32Array

export const prefixCounts = (places: number): PrefixCounts => new Int32Array(places + 1)

/** Adds to the count at a place. */
export function addAt(counts: PrefixCounts, place: number, amount: number): void {
  for (let at = place + 1; at < counts.length; at += at & -at) counts[at]! += amount
}

/** Sum of the counts at places below `end`. */
export function countBelow(counts: PrefixCounts, end: number): number {
  let sum = 0
  for (let at = end; at > 0; at &= at - 1) sum += counts[at]!
  return sum
}
