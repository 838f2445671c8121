import type { EntityMap } from '../clusters/entity-map.ts'
import type { Payments } from '../features/economy.ts'
import type { TypedColumns } from '../ledger/ledger.ts'
import type { Measure } from './certified.ts'

/** How much of each measure an entity stands for as a payer, and of all. In doubles, for statistics. */
export type Volumes = {
  readonly [measure in Measure]: { readonly ofEntity: Float64Array; readonly total: number }
}

const BASE = 1e13

/** Of the payments that each entity makes, the share between two wallets of its own; 0 where it makes none. */
export function ownShares({ payer, payee }: Pick<Payments, 'payer' | 'payee'>, { of, count }: EntityMap): Float64Array {
  const [own, all] = [new Float64Array(count), new Float64Array(count)]
  for (let row = 0; row < payer.length; row += 1) {
    if (payer[row] === -1) continue
    const entity = of[payer[row]!]!
    all[entity]! += 1
    if (payee[row] !== -1 && of[payee[row]!] === entity) own[entity]! += 1
  }
  return own.map((payments, entity) => (all[entity] === 0 ? 0 : payments / all[entity]!))
}

/** A user belongs to the entity that pays for at least half of its usage, the first such; else to none. */
export function entityVolumes(
  { payer, value }: Pick<Payments, 'payer' | 'value'>,
  { of, count }: EntityMap,
  consumers: TypedColumns,
): Volumes {
  const [a, b, c] = [consumers.units_a, consumers.units_b, consumers.units_c] as BigInt64Array[]
  const [values, counts, units] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  let [allValue, allUnits] = [0, 0]
  for (let row = 0; row < payer.length; row += 1) {
    const unit = (Number(a![row]) * BASE + Number(b![row])) * BASE + Number(c![row])
    allValue += value[row]!
    allUnits += unit
    if (payer[row] === -1) continue
    const entity = of[payer[row]!]!
    values[entity]! += value[row]!
    counts[entity]! += 1
    units[entity]! += unit
  }
  return {
    value: { ofEntity: values, total: allValue },
    count: { ofEntity: counts, total: payer.length },
    units: { ofEntity: units, total: allUnits },
    users: usersOf(payer, of, count, consumers.consumer_index as Int32Array),
  }
}

/** Boyer and Moore's majority vote finds the only entity that can hold more than half; a second pass counts its part. */
function usersOf(payer: Int32Array, of: Int32Array, count: number, consumer: Int32Array) {
  const size = 1 + consumer.reduce((most, one) => Math.max(most, one), -1)
  const [all, mine, vote] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  const candidate = new Int32Array(size).fill(-1)
  const entityOf = (row: number) => (payer[row] === -1 ? -1 : of[payer[row]!]!)
  consumer.forEach((user, row) => {
    if (user < 0) return
    all[user]! += 1
    if (vote[user] === 0) candidate[user] = entityOf(row)
    vote[user]! += candidate[user] === entityOf(row) ? 1 : -1
  })
  consumer.forEach((user, row) => {
    if (user >= 0 && entityOf(row) === candidate[user]) mine[user]! += 1
  })
  const ofEntity = new Float64Array(count)
  let total = 0
  for (let user = 0; user < size; user += 1) {
    if (all[user] === 0) continue
    total += 1
    if (candidate[user] !== -1 && mine[user]! * 2 >= all[user]!) ofEntity[candidate[user]!]! += 1
  }
  return { ofEntity, total }
}
