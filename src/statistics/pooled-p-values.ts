import { lowerBound } from './lower-bound.ts'

/**
 * Of each value the share of all values, those of draws under the null and those observed, that are at least as large.
 * Where draws and observation are exchangeable, the p-value of a subject drawn at random is at most a with probability at
 * most a, however subjects of one draw depend on each other: any of the draws is as likely the observed one. 1 for 0, which
 * stands for nothing seen. O(values log values).
 */
export function pooledPValues(observed: Float64Array, draws: readonly Float64Array[]): Float64Array {
  const pool = new Float64Array(observed.length * (draws.length + 1))
  for (const [i, one] of [observed, ...draws].entries()) pool.set(one, i * observed.length)
  pool.sort()
  return observed.map((value) => (value === 0 ? 1 : (pool.length - lowerBound(pool, value)) / pool.length))
}
