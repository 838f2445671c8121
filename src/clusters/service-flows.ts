import { type Economy, economy, type Payments } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { type ServiceHubs, serviceHubs } from '../features/service-hubs.ts'
import { type EntityMap, entityMap } from './entity-map.ts'
import { pairsOf } from './entity-pairs.ts'
import { type GroupedRows, groupRows, rowsOf } from './group-rows.ts'

/** Rows of free transfers by entity, in order of time and in the asset in which the entity mostly cashes out. */
export type ServiceFlows = {
  /** What those of its wallets that are paid send to services or to a deposit address. */
  readonly exits: GroupedRows
  /** What services send to wallets that spend a good part of all they spend on it. */
  readonly refuels: GroupedRows
}

/** Of what a wallet spends, the part that makes it a customer whose money counts (science page A7). */
const LEAST_SHARE = 0.3

export const serviceFlows = defineFeature({
  id: 'service-flows',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<ServiceFlows> {
    return flowsOf(await get(economy), await get(entityMap), await get(serviceHubs))
  },
})

function flowsOf({ parties, payments, transfers }: Economy, entities: EntityMap, hubs: ServiceHubs): ServiceFlows {
  const { from, to, asset, time, amount } = transfers
  const isPaid = new Uint8Array(parties)
  for (const payee of payments.payee) if (payee !== -1) isPaid[payee] = 1
  const isKnown = (row: number) => !Number.isNaN(time[row]!) && !Number.isNaN(amount[row]!)
  const isExit = (row: number) =>
    from[row]! < parties &&
    isPaid[from[row]!] === 1 &&
    (hubs.isService[to[row]!] === 1 || hubs.isDeposit[to[row]!] === 1) &&
    isKnown(row)
  const out = groupRows(entities.count, from.length, (row, add) => {
    if (isExit(row)) add(entities.of[from[row]!]!)
  })
  const cashed = Int32Array.from({ length: entities.count }, (_, entity) => commonest(rowsOf(out, entity), asset))
  const exits = groupRows(entities.count, from.length, (row, add) => {
    if (isExit(row) && cashed[entities.of[from[row]!]!] === asset[row]) add(entities.of[from[row]!]!)
  })
  const payees = mainPayees(payments, parties, entities)
  const handsOut = hubs.isService.map((is, wallet) => is & (1 - hubs.isDistributor[wallet]!))
  const refuels = groupRows(entities.count, from.length, (row, add) => {
    if (to[row]! >= parties || handsOut[from[row]!] === 0 || !isKnown(row)) return
    for (const payee of rowsOf(payees, to[row]!)) if (cashed[payee] === asset[row]) add(payee)
  })
  return { exits, refuels }
}

/** The asset of most of the rows, −1 where there is none. */
function commonest(rows: Int32Array, asset: Int32Array): number {
  const counts = new Map<number, number>()
  let most = -1
  for (const row of rows) {
    const one = asset[row]!
    counts.set(one, (counts.get(one) ?? 0) + 1)
    if (most === -1 || counts.get(one)! > counts.get(most)!) most = one
  }
  return most
}

/** For each wallet the entities on which it spends enough of its budget, by value, or by count where nothing has a value. */
function mainPayees({ payer, payee, value }: Payments, parties: number, { count, of }: EntityMap): GroupedRows {
  // Wallets pay and entities are paid, numbered one after the other.
  const both = Int32Array.from({ length: parties + count }, (_, i) => i)
  const paid = payee.map((one, row) => (one === -1 || one === payer[row] ? -1 : parties + of[one]!))
  const pairs = pairsOf({ payer, payee: paid, value }, { count: both.length, of: both, founder: both })
  const weights = value.some((one) => one > 0) ? pairs.value : Float64Array.from(pairs.payments)
  const budget = new Float64Array(parties)
  pairs.payer.forEach((wallet, pair) => {
    budget[wallet]! += weights[pair]!
  })
  const main = groupRows(parties, pairs.payer.length, (pair, add) => {
    const wallet = pairs.payer[pair]!
    if (weights[pair]! >= LEAST_SHARE * budget[wallet]! && weights[pair]! > 0) add(wallet)
  })
  return { offsets: main.offsets, rows: main.rows.map((pair) => pairs.payee[pair]! - parties) }
}
