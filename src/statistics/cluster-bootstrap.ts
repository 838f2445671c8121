import type { Random } from './random.ts'

/**
 * Draws `worlds` samples of whole groups with replacement and gives how often each case stands in one; `visit` gets the
 * same array each time. Groups are numbered from 0 to `groups` − 1.
 */
export function bootstrapGroups(
  groupOf: Int32Array,
  groups: number,
  worlds: number,
  random: Random,
  visit: (weights: Int32Array, world: number) => void,
): void {
  const drawn = new Int32Array(groups)
  const weights = new Int32Array(groupOf.length)
  for (let world = 0; world < worlds; world++) {
    drawn.fill(0)
    for (let draw = 0; draw < groups; draw++) drawn[random.below(groups)]!++
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[groupOf[i]!]!
    visit(weights, world)
  }
}

/** Value below which a share `q` of the values lies, linear between two of them (Hyndman and Fan's type 7). */
export function quantile(values: Float64Array, q: number): number {
  const sorted = values.slice().sort()
  const at = q * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}
