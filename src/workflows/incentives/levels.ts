import type { ScoredUsage } from '../../audit/score-usage.ts'
import type { Payments } from '../../features/economy.ts'
import { levelsOfUsers, type UserLevel, userLevels } from '../../score/user-levels.ts'

/** Levels to which rewards go; `no usage`: the recipient is no party of counted usage. */
export const rewardLevels = [...userLevels, 'no usage'] as const
export type RewardLevel = (typeof rewardLevels)[number]
export const NO_USAGE = rewardLevels.indexOf('no usage')
/** Levels of usage that exists for the counter: the first five. */
export const COUNTER_LEVELS: readonly number[] = [0, 1, 2, 3, 4]
export const CERTIFIED_LEVELS: readonly number[] = [0, 1]
export const STOPPING_LEVEL = rewardLevels.indexOf('W4')
export const ORGANIC_LEVEL = rewardLevels.indexOf('organic')

/** Sides of usage that a programme counts: 0 what its subjects asked, 1 what they delivered. */
export type Side = 0 | 1

/**
 * Number in `rewardLevels` of each party, by its usage on a side while a programme ran, or where it has none there by all of
 * its usage on that side, else on the other. `isRunning`: by usage.
 */
export function partyLevels(
  masks: Int32Array,
  { payer, payee }: Payments,
  parties: number,
  { side, isRunning }: { readonly side: Side; readonly isRunning: (usage: number) => boolean },
): Int8Array {
  const [own, other] = side === 0 ? [payer, payee] : [payee, payer]
  const running = own.map((party, usage) => (isRunning(usage) ? party : -1))
  const [first, ...rest] = [running, own, other].map((party) => levelsOfUsers(masks, party, parties))
  return first!.map((level, party) =>
    level !== -1 ? level : (rest.map((levels) => levels[party]!).find((one) => one !== -1) ?? NO_USAGE),
  )
}

/** Levels that nobody could take, and why. */
export type MissingLevel = { readonly level: UserLevel; readonly reason: string }

const NO_TRANSFERS = 'the ledger holds no transfers, so that neither returns nor owners could be looked for'

export function missingLevels({ score }: Pick<ScoredUsage, 'score'>): MissingLevel[] {
  const { W1, rungs, counter } = score
  const linked: UserLevel[] = ['W2', 'W3', 'organic']
  return [
    ...(W1 === null ? [{ level: 'W1' as const, reason: NO_TRANSFERS }] : []),
    ...(rungs === null ? linked.map((level) => ({ level, reason: NO_TRANSFERS })) : []),
    ...(counter.status === 'unavailable' ? [{ level: 'W4' as const, reason: counter.reason }] : []),
  ]
}
