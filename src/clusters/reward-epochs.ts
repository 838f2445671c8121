import { type Economy, economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { type ProgrammeRewards, programmeRewards } from '../features/programme-rewards.ts'
import { feeValues } from '../features/usage-fees.ts'
import { lowerBound, upperBound } from '../statistics/lower-bound.ts'
import { type EntityMap, entityMap } from './entity-map.ts'

/**
 * What a programme gave an entity at the end of an epoch, and which payments of the entity the epoch holds: one row an
 * (entity, programme, epoch) with a reward of known value, entity by entity.
 */
export type RewardEpochs = {
  readonly entity: Int32Array
  readonly programme: Int32Array
  /** In the unit of the value measure. */
  readonly reward: Float64Array
  /** A payment of the entity in each, as (`usage_index`, row); one payment may stand in epochs of several programmes. */
  readonly usage: Int32Array
  readonly row: Int32Array
  /** Value of the fees of every payment, by `usage_index`; 0: none are known. */
  readonly fees: Float64Array
}

/** Rewards of a programme within so long of the first of them are those of one epoch. */
const PAYOUT_MS = 86_400_000

export const rewardEpochs = defineFeature({
  id: 'reward-epochs',
  reads: ['usage_events', 'rewards'],
  derived: true,
  async compute({ get }): Promise<RewardEpochs> {
    const all = await get(economy)
    const epochs = epochsOf(await get(programmeRewards), all, await get(entityMap))
    return { ...epochs, fees: await get(feeValues) }
  },
})

/** O((rewards + payments × programmes) log rewards). */
function epochsOf(rewards: ProgrammeRewards, { payments }: Economy, { of }: EntityMap) {
  const rowOf = new Map<number, number>()
  const [entity, programme, reward]: [number[], number[], number[]] = [[], [], []]
  const payouts = payoutsOf(rewards)
  const most = payouts.reduce((longest, { length }) => Math.max(longest, length), 0) + 1
  const keyOf = (mine: number, one: number, epoch: number) => (mine * payouts.length + one) * most + epoch
  rewards.party.forEach((party, i) => {
    const one = rewards.programme[i]!
    const epoch = upperBound(payouts[one]!, rewards.time[i]!) - 1
    if (epoch < 0 || !(rewards.value[i]! > 0)) return
    const key = keyOf(of[party]!, one, epoch)
    const row = rowOf.get(key) ?? entity.push(of[party]!) - 1
    if (!rowOf.has(key)) {
      rowOf.set(key, row)
      programme.push(one)
      reward.push(0)
    }
    reward[row]! += rewards.value[i]!
  })
  const [usage, row]: [number[], number[]] = [[], []]
  payments.payer.forEach((payer, i) => {
    if (payer === -1 || payments.payee[i] === -1) return
    for (const [one, starts] of payouts.entries()) {
      const found = rowOf.get(keyOf(of[payer]!, one, lowerBound(starts, payments.time[i]!)))
      if (found === undefined) continue
      usage.push(i)
      row.push(found)
    }
  })
  return {
    ...{ entity: Int32Array.from(entity), programme: Int32Array.from(programme), reward: Float64Array.from(reward) },
    ...{ usage: Int32Array.from(usage), row: Int32Array.from(row) },
  }
}

/** When each payout of each programme began, UTC ms in rising order: an epoch ends there and holds what was paid since the last. */
function payoutsOf({ programmes, programme, time }: ProgrammeRewards): Float64Array[] {
  const starts = programmes.map(() => [] as number[])
  time.forEach((at, i) => {
    const mine = starts[programme[i]!]!
    if (!Number.isNaN(at) && at - (mine.at(-1) ?? Number.NEGATIVE_INFINITY) >= PAYOUT_MS) mine.push(at)
  })
  return starts.map((times) => Float64Array.from(times))
}
