import { normalTail } from './normal-tail.ts'

/** Up to so many differences the distribution is enumerated. */
const EXACT = 200

/**
 * One-sided test that differences lie above 0: Wilcoxon's signed-rank test, exact given the ranks, with mean ranks for
 * equal sizes and without differences of 0 (https://doi.org/10.2307/3001968); the normal tail for more than 200. 1 where
 * none is left. Each subject has one difference, so that none can decide alone.
 */
export function signedRankTail(differences: readonly number[]): number {
  const told = differences.filter((one) => one !== 0).sort((a, b) => Math.abs(a) - Math.abs(b))
  const doubled = doubledRanks(told)
  const observed = doubled.reduce((sum, rank, i) => sum + (told[i]! > 0 ? rank : 0), 0)
  const total = doubled.reduce((sum, rank) => sum + rank, 0)
  if (told.length > EXACT) {
    const square = doubled.reduce((sum, rank) => sum + rank * rank, 0)
    return normalTail((observed - 1 - total / 2) / (Math.sqrt(square) / 2))
  }
  const share = new Float64Array(total + 1)
  share[0] = 1
  let most = 0
  for (const rank of doubled) {
    most += rank
    for (let sum = most; sum >= 0; sum--) share[sum] = (share[sum]! + (sum >= rank ? share[sum - rank]! : 0)) / 2
  }
  return Math.min(
    1,
    share.subarray(observed).reduce((sum, one) => sum + one, 0),
  )
}

/** Twice the rank of each, so that the mean rank of equals is whole. */
function doubledRanks(rising: readonly number[]): number[] {
  const ranks: number[] = []
  for (let start = 0, end = 0; start < rising.length; start = end) {
    while (end < rising.length && Math.abs(rising[end]!) === Math.abs(rising[start]!)) end++
    for (let i = start; i < end; i++) ranks.push(start + end + 1)
  }
  return ranks
}
