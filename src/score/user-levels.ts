import { LINKED, NAMED, ORGANIC, RETURNED, SELF, STOPS } from './payment-masks.ts'

/** Levels that a user can take, each by itself: whoever takes W0 does not take W1 as well. */
export const userLevels = ['W0', 'W1', 'W2', 'W3', 'W4', 'organic', 'undetermined'] as const
export type UserLevel = (typeof userLevels)[number]

const UNDETERMINED = userLevels.indexOf('undetermined')
const RUNGS = [SELF, SELF | RETURNED, SELF | RETURNED | LINKED, SELF | RETURNED | LINKED | NAMED]

/**
 * The number in `userLevels` of each party by the usage that it stands for: the first level that covers at least half of it,
 * W0 to W3 each with those before it, as the ladder counts users. −1: it stands for no usage. `party`: by usage, −1: not known.
 */
export function levelsOfUsers(masks: Int32Array, party: Int32Array, parties: number): Int8Array {
  const sums = new Int32Array(parties * userLevels.length)
  party.forEach((user, usage) => {
    if (user === -1) return
    const [mask, at] = [masks[usage]!, user * userLevels.length]
    const rung = RUNGS.findIndex((marks) => (mask & marks) !== 0)
    for (let level = rung === -1 ? RUNGS.length : rung; level < RUNGS.length; level += 1) sums[at + level]! += 1
    if (rung === -1 && (mask & STOPS) !== 0) sums[at + 4]! += 1
    if (rung === -1 && (mask & ORGANIC) !== 0) sums[at + 5]! += 1
    sums[at + UNDETERMINED]! += 1
  })
  return Int8Array.from({ length: parties }, (_, user) => {
    const own = sums.subarray(user * userLevels.length, (user + 1) * userLevels.length)
    const all = own[UNDETERMINED]!
    return all === 0 ? -1 : own.findIndex((sum) => sum * 2 >= all)
  })
}
