import { type Economy, economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { type EntityMap, entityMap } from './entity-map.ts'
import { type EntityPairs, entityPairs } from './entity-pairs.ts'
import { type InsideMoney, insideMoney } from './inside-money.ts'

/** Signs of wash usage of each entity, larger for more; NaN: the sign says nothing of such an entity. */
export type Signs = {
  /** Share of what went over its payments that the payees sent the payers later. */
  readonly returned: Float64Array
  /** Of a payer, share of what it was sent that came from the payees it pays: 1 − 1 / capital turnover. */
  readonly inside: Float64Array
  /**
   * How close in time its counterparties were first seen: minus the mean of ln(1 + ms) by what went between them. Only of
   * an entity with a sign of money: that a service and its customers come on one day says nothing by itself.
   */
  readonly closeness: Float64Array
}

/** Signs as they would be if each pair of the payer had the payee that `payee` says, row by row of the pairs. */
export type SignsOf = (payee: Int32Array) => Signs

export const entitySigns = defineFeature({
  id: 'entity-signs',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<SignsOf> {
    const [entities, pairs, inside] = [await get(entityMap), await get(entityPairs), await get(insideMoney)]
    const seen = firstSeen(await get(economy), entities)
    return (payee) => signsOf(pairs, inside, seen, payee)
  },
})

function signsOf(pairs: EntityPairs, inside: InsideMoney, seen: Float64Array, payee: Int32Array): Signs {
  const entities = seen.length
  const [volume, back, apart] = [new Float64Array(entities), new Float64Array(entities), new Float64Array(entities)]
  const own = new Float64Array(entities)
  for (let pair = 0; pair < payee.length; pair += 1) {
    const [from, to, value] = [pairs.payer[pair]!, payee[pair]!, pairs.value[pair]!]
    if (from === to) continue
    const row = rowOf(inside, from, to)
    const came = row === -1 ? 0 : Math.min(value, inside.later[row]!)
    if (row !== -1) own[from]! += inside.value[row]!
    const gap = value * Math.log1p(Math.abs(seen[from]! - seen[to]!))
    for (const entity of [from, to]) {
      volume[entity]! += value
      back[entity]! += came
      apart[entity]! += gap
    }
  }
  // To single precision, so that shares that are equal but for rounding have one rank.
  const share = (part: Float64Array, whole: Float64Array) =>
    part.map((one, entity) => (whole[entity]! > 0 ? Math.fround(one / whole[entity]!) : Number.NaN))
  const isPayer = (entity: number) => pairs.offsets[entity + 1]! > pairs.offsets[entity]!
  const returned = share(back, volume)
  const ofPayers = share(own, inside.sent).map((one, entity) => (isPayer(entity) ? one : Number.NaN))
  const hasMoney = (entity: number) => returned[entity]! > 0 || ofPayers[entity]! > 0
  const closeness = share(apart, volume).map((one, entity) => (hasMoney(entity) ? -one : Number.NaN))
  return { returned, inside: ofPayers, closeness }
}

/** Row of what a payee sent an entity; −1: nothing. Few payees send anybody anything. */
function rowOf({ offsets, payee }: InsideMoney, entity: number, wanted: number): number {
  for (let row = offsets[entity]!; row < offsets[entity + 1]!; row += 1) if (payee[row] === wanted) return row
  return -1
}

/** UTC ms of the first payment or transfer of each entity. */
function firstSeen({ payments, transfers, parties }: Economy, { count, of }: EntityMap): Float64Array {
  const seen = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const see = (wallet: number, time: number) => {
    if (wallet === -1 || wallet >= parties || !(time < seen[of[wallet]!]!)) return
    seen[of[wallet]!] = time
  }
  for (const { rows, from, to } of [
    { rows: payments, from: payments.payer, to: payments.payee },
    { rows: transfers, from: transfers.from, to: transfers.to },
  ])
    for (let row = 0; row < from.length; row += 1) {
      see(from[row]!, rows.time[row]!)
      see(to[row]!, rows.time[row]!)
    }
  return seen
}
