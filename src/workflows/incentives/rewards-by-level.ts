import { entityInterval, type Interval } from '../../statistics/entity-interval.ts'
import type { Random } from '../../statistics/random.ts'
import type { Grants } from './grants.ts'
import { NO_USAGE, rewardLevels } from './levels.ts'

/** What parties of one level were granted in one group of epochs. */
export type LevelGrants = {
  /** Exact, by asset. */
  readonly amounts: Map<number, bigint>
  /** By asset and entity, in doubles, for intervals. A recipient that is no party is an entity of its own, below 0. */
  readonly byEntity: Map<number, Map<number, number>>
  readonly parties: Set<number>
}

/** By group and level: `group * rewardLevels.length + level`. */
export type GrantTallies = readonly LevelGrants[]

type Standing = { readonly levelOf: (row: number) => number; readonly entityOf: Int32Array }

/** `groupOf`: the group of each epoch. */
export function tallyGrants(
  grants: Grants,
  { levelOf, entityOf }: Standing,
  groupOf: readonly number[],
  groups: number,
): GrantTallies {
  const tallies = Array.from(
    { length: groups * rewardLevels.length },
    (): LevelGrants => ({ amounts: new Map(), byEntity: new Map(), parties: new Set() }),
  )
  for (let row = 0; row < grants.epoch.length; row += 1) {
    const amount = grants.amount(row)
    if (amount === null) continue
    const [party, asset] = [grants.party[row]!, grants.asset[row]!]
    const level = party === -1 ? NO_USAGE : levelOf(row)
    const tally = tallies[groupOf[grants.epoch[row]!]! * rewardLevels.length + level]!
    tally.amounts.set(asset, (tally.amounts.get(asset) ?? 0n) + amount)
    const entities = tally.byEntity.get(asset) ?? new Map<number, number>()
    tally.byEntity.set(asset, entities)
    const entity = party === -1 ? -1 - row : entityOf[party]!
    entities.set(entity, (entities.get(entity) ?? 0) + Number(amount))
    if (party !== -1) tally.parties.add(party)
  }
  return tallies
}

/** One asset of a sum over levels: its exact amount, and an interval of 95 % over entities, in the smallest unit. */
export type RewardSum = { readonly asset: number; readonly amount: bigint } & Interval

/** What levels of a group were granted together, asset by asset; assets of the group that they were not granted are 0. */
export function sumRewards(
  tallies: GrantTallies,
  group: number,
  levels: readonly number[],
  stream: (asset: number) => Random,
): RewardSum[] {
  const all = tallies.slice(group * rewardLevels.length, (group + 1) * rewardLevels.length)
  const chosen = levels.map((level) => all[level]!)
  const assets = [...new Set(all.flatMap(({ amounts }) => [...amounts.keys()]))].sort((a, b) => a - b)
  return assets.map((asset) => {
    const values = entitySums(chosen, asset)
    const largest = Math.max(0, ...(values.length > 0 ? [values] : [entitySums(all, asset)]).map(largestOf))
    const amount = chosen.reduce((sum, { amounts }) => sum + (amounts.get(asset) ?? 0n), 0n)
    return { asset, amount, ...entityInterval(values, largest, stream(asset)) }
  })
}

/** Values in the order of entities, so that no order of grants changes a draw. */
export function entitySums(tallies: readonly LevelGrants[], asset: number): Float64Array {
  const sums = new Map<number, number>()
  for (const { byEntity } of tallies)
    for (const [entity, value] of byEntity.get(asset) ?? []) sums.set(entity, (sums.get(entity) ?? 0) + value)
  return Float64Array.from(
    [...sums].sort(([a], [b]) => a - b),
    ([, value]) => value,
  )
}

const largestOf = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), 0)
