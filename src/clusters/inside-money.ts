import { type Economy, economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { weightedMajority } from '../graph/weighted-majority.ts'
import { type EntityMap, entityMap } from './entity-map.ts'

/**
 * What each entity was sent, in the unit of the value measure, and what of it came from payees, straight or over at most
 * three wallets that take no part in the market: one row an (entity, payee), rows of an entity from `offsets[entity]` on.
 * Nothing here depends on who pays whom.
 */
export type InsideMoney = {
  /** All that came from outside the entity. */
  readonly sent: Float64Array
  readonly offsets: Int32Array
  /** Entity of the payee, any whose wallets are paid. */
  readonly payee: Int32Array
  readonly value: Float64Array
  /** What of it came after the first payment of the entity. */
  readonly later: Float64Array
  /** Of each transfer the entity of the payee from which it came; −1: from none. */
  readonly origin: Int32Array
}

const HOPS = 3
/** What of the money that payees sent a wallet must come from one of them. */
const SHARE = 0.9

export const insideMoney = defineFeature({
  id: 'inside-money',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<InsideMoney> {
    const { isService } = await get(serviceHubs)
    return insideOf({ ...(await get(economy)), isService }, await get(entityMap))
  },
})

function insideOf(all: Economy, entities: EntityMap): InsideMoney {
  const { payments, transfers } = all
  const value = transferValues(all)
  const origin = originsOf(all, entities, value)
  const firstPaid = new Float64Array(entities.count).fill(Number.POSITIVE_INFINITY)
  payments.payer.forEach((payer, row) => {
    if (payer === -1) return
    const entity = entities.of[payer]!
    firstPaid[entity] = Math.min(firstPaid[entity]!, payments.time[row]!)
  })
  const sent = new Float64Array(entities.count)
  const target = transfers.to.map((to, row) => {
    const entity = to < all.parties ? entities.of[to]! : -1
    const from = transfers.from[row]!
    return entity !== -1 && from < all.parties && entities.of[from] === entity ? -1 : entity
  })
  target.forEach((entity, row) => {
    if (entity !== -1) sent[entity]! += value[row]!
  })
  const isInside = (row: number) => target[row] !== -1 && origin[row] !== -1 && origin[row] !== target[row]
  const rows = Int32Array.from(origin.keys()).filter((row) => isInside(row) && value[row]! > 0)
  const order = rows.sort((a, b) => target[a]! - target[b]! || origin[a]! - origin[b]! || a - b)
  const starts = order.filter(
    (row, i) => i === 0 || target[row] !== target[order[i - 1]!] || origin[row] !== origin[order[i - 1]!],
  )
  const pairs = { value: new Float64Array(starts.length), later: new Float64Array(starts.length) }
  const offsets = new Int32Array(entities.count + 1)
  for (const row of starts) offsets[target[row]! + 1]!++
  for (let entity = 0; entity < entities.count; entity += 1) offsets[entity + 1]! += offsets[entity]!
  let pair = -1
  for (const row of order) {
    if (row === starts[pair + 1]) pair += 1
    pairs.value[pair]! += value[row]!
    if (transfers.time[row]! > firstPaid[target[row]!]!) pairs.later[pair]! += value[row]!
  }
  return { sent, offsets, payee: starts.map((row) => origin[row]!), ...pairs, origin }
}

/** Transfers weighed as payments in their asset are; 0 where nothing was paid in it. */
function transferValues({ assets, payments, transfers }: Economy): Float64Array {
  const [amounts, values] = [new Float64Array(assets.length), new Float64Array(assets.length)]
  payments.amount.forEach((amount, row) => {
    if (!(amount > 0)) return
    amounts[payments.asset[row]!]! += amount
    values[payments.asset[row]!]! += payments.value[row]!
  })
  return transfers.amount.map((amount, row) => {
    const asset = transfers.asset[row]!
    return amount > 0 && amounts[asset]! > 0 ? (amount * values[asset]!) / amounts[asset]! : 0
  })
}

/** Step by step: a wallet without a part in the market hands on what is nearly all of one payee, among what payees sent it. */
function originsOf(all: Economy, { of }: EntityMap, value: Float64Array): Int32Array {
  const { parties, payments, transfers, names, isService } = all
  const isPayee = new Uint8Array(parties)
  for (const payee of payments.payee) if (payee !== -1) isPayee[payee] = 1
  let between = new Int32Array(names.length).fill(-1)
  const originOf = (row: number) => {
    const from = transfers.from[row]!
    if (isService[from] === 1) return -1
    return from < parties ? (isPayee[from] === 1 ? of[from]! : -1) : between[from]!
  }
  for (let hop = 0; hop < HOPS; hop += 1) {
    const weight = value.map((one, row) => (originOf(row) === -1 ? 0 : one))
    const next = weightedMajority(names.length, { group: transfers.to, weight, label: originOf }, SHARE)
    between = next.map((origin, wallet) => (wallet < parties || isService[wallet] === 1 ? -1 : origin))
  }
  return Int32Array.from(transfers.from.keys(), originOf)
}
