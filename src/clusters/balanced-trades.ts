import { type Economy, economy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { matchTrades, type VictorWeintraudOptions } from '../graph/victor-weintraud.ts'
import { type EntityMap, entityMap } from './entity-map.ts'

/**
 * Payments and transfers as trades between nodes: entities, then wallets that are no party; −1 for a service, through which
 * the value of many passes. One row a payment, by its `usage_index`, then one a transfer.
 */
export type EntityTrades = {
  readonly nodes: number
  readonly nodeOf: Int32Array
  readonly payments: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  /** In the smallest unit of the asset, whole; 0: not known. */
  readonly amount: Float64Array
  /** Rows in order of time whose time and amount are known, one list for each asset in which something was paid. */
  readonly byAsset: readonly Int32Array[]
}

export const entityTrades = defineFeature({
  id: 'entity-trades',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<EntityTrades> {
    return tradesOf(await get(economy), await get(entityMap), (await get(serviceHubs)).isService)
  },
})

/** O(rows log rows). */
function tradesOf({ payments, transfers, parties }: Economy, entities: EntityMap, isService: Uint8Array): EntityTrades {
  const count = payments.payer.length
  const nodeOf = Int32Array.from(isService, (service, wallet) => {
    if (service === 1) return -1
    return wallet < parties ? entities.of[wallet]! : entities.count + wallet - parties
  })
  const both = (first: ArrayLike<number>, second: ArrayLike<number>) => {
    const column = new Float64Array(first.length + second.length)
    column.set(first)
    column.set(second, first.length)
    return column
  }
  const nodes = (first: Int32Array, second: Int32Array) =>
    Int32Array.from(both(first, second), (wallet) => (wallet === -1 ? -1 : nodeOf[wallet]!))
  const time = both(payments.time, transfers.time)
  const amount = both(payments.amount, transfers.amount).map((one) => (one > 0 ? Math.round(one) : 0))
  const lists = new Map<number, number[]>()
  for (const asset of payments.asset) if (asset !== -1 && !lists.has(asset)) lists.set(asset, [])
  time.forEach((at, row) => {
    const asset = row < count ? payments.asset[row]! : transfers.asset[row - count]!
    if (!Number.isNaN(at) && amount[row]! > 0) lists.get(asset)?.push(row)
  })
  return {
    ...{ nodes: entities.count + isService.length - parties, nodeOf, payments: count },
    ...{ from: nodes(payments.payer, transfers.from), to: nodes(payments.payee, transfers.to) },
    time: BigInt64Array.from(time, (at) => (Number.isNaN(at) ? -1n : BigInt(Math.round(at)))),
    amount,
    byAsset: Array.from(lists.values(), (rows) => Int32Array.from(rows).sort((a, b) => time[a]! - time[b]! || a - b)),
  }
}

/**
 * Of each row whether a run of trades after which all who took part are back where they began holds it. Sets are those of
 * nodes that send and get as many trades as a set must occur: where no other can be in one, the rest need not be looked at,
 * and does not split the layers of those that can.
 */
export function balancedRows(
  trades: EntityTrades,
  to: Int32Array,
  options: VictorWeintraudOptions & { readonly occurrences: number },
): Uint8Array {
  const isBalanced = new Uint8Array(trades.from.length)
  for (const all of trades.byAsset) {
    const rows = busyRows(all, { ...trades, to }, options.occurrences)
    if (rows.length === 0) continue
    const { passes } = matchTrades(
      {
        nodes: trades.nodes,
        from: rows.map((row) => trades.from[row]!),
        to: rows.map((row) => to[row]!),
        time: BigInt64Array.from(rows, (row) => trades.time[row]!),
        amount: (at) => BigInt(trades.amount[rows[at]!]!),
      },
      options,
    )
    passes.forEach((pass, at) => {
      if (pass !== -1) isBalanced[rows[at]!] = 1
    })
  }
  return isBalanced
}

/** Rows between nodes that each send and get at least so many of them. O(rows) for each round, of which there are few. */
function busyRows(all: Int32Array, { nodes, from, to }: Pick<EntityTrades, 'nodes' | 'from' | 'to'>, least: number) {
  const [sent, got] = [new Int32Array(nodes), new Int32Array(nodes)]
  const rows = new Int32Array(all.length)
  let count = 0
  for (let i = 0; i < all.length; i += 1) {
    const row = all[i]!
    const [source, target] = [from[row]!, to[row]!]
    if (source === -1 || target === -1 || source === target) continue
    sent[source]! += 1
    got[target]! += 1
    rows[count++] = row
  }
  for (;;) {
    let left = 0
    for (let i = 0; i < count; i += 1) {
      const row = rows[i]!
      const [source, target] = [from[row]!, to[row]!]
      const isBusy = sent[source]! >= least && got[source]! >= least && sent[target]! >= least && got[target]! >= least
      if (isBusy) rows[left++] = row
      else {
        sent[source]! -= 1
        got[target]! -= 1
      }
    }
    if (left === count) return rows.slice(0, count)
    count = left
  }
}

/**
 * What share of the payments of each entity came back to it by transfers in such runs: by amount within an asset, by number
 * of payments over assets. What others pay it for usage brings nothing back. NaN for an entity that pays nobody else.
 */
export function returnedShares(trades: EntityTrades, to: Int32Array, isBalanced: Uint8Array, entities: number) {
  const [share, count] = [new Float64Array(entities), new Int32Array(entities)]
  const [paid, balanced] = [new Float64Array(entities), new Float64Array(entities)]
  const [back, number] = [new Float64Array(entities), new Int32Array(entities)]
  for (const rows of trades.byAsset) {
    for (const totals of [paid, balanced, back, number]) totals.fill(0)
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!
      const [source, target] = [trades.from[row]!, to[row]!]
      if (source === -1 || target === -1 || source === target) continue
      const amount = trades.amount[row]!
      if (row < trades.payments) {
        number[source]! += 1
        paid[source]! += amount
        if (isBalanced[row] === 1) balanced[source]! += amount
      } else if (isBalanced[row] === 1 && target < entities) back[target]! += amount
    }
    for (let entity = 0; entity < entities; entity += 1) {
      if (number[entity] === 0) continue
      share[entity]! += (number[entity]! * Math.min(balanced[entity]!, back[entity]!)) / paid[entity]!
      count[entity]! += number[entity]!
    }
  }
  return { count, share: share.map((sum, entity) => sum / count[entity]!) }
}
