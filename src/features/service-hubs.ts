import type { Csr } from '../graph/csr.ts'
import { buildUndirected } from '../graph/undirected.ts'
import { type Economy, economy, type FreeTransfers } from './economy.ts'
import { defineFeature } from './feature.ts'

/** Services through which the value of many people passes, labelled or known by their structure, one flag a wallet. */
export type ServiceHubs = {
  readonly isService: Uint8Array
  /** 1 where a wallet that neither pays nor is paid hands what it gets to services only: a customer's deposit address. */
  readonly isDeposit: Uint8Array
  /** 1 where a service only gives, or gives to many at one moment: a programme, a faucet, a payroll. */
  readonly isDistributor: Uint8Array
}

/** A hub has more neighbours; an address with more senders is no customer's own. */
const MOST_NEIGHBOURS = 50
/** How many times likelier than by popularity two wallets around a service pay one payee, at most. */
const MOST_LIFT = 2
const MOST_OVERLAP = 0.05
const LEAST_VARIATION = 2
const LEAST_MS = 90 * 86_400_000
/** Transfers at one moment that make a batch. */
const BATCH = 10

/**
 * A hub is a service where the wallets around it choose their payees as all others do, and it takes from others than it
 * gives to, or its amounts vary widely, or it is active for long. An operator's wallets share their payees.
 */
export const serviceHubs = defineFeature({
  id: 'service-hubs',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<ServiceHubs> {
    return hubsOf(await get(economy))
  },
})

function hubsOf(all: Economy): ServiceHubs {
  const { names, parties, transfers } = all
  const around = buildUndirected(names.length, transfers.from, transfers.to)
  const neighbours = (wallet: number) => around.offsets[wallet + 1]! - around.offsets[wallet]!
  const isService = all.isService.slice()
  // Parties sell to many by their trade.
  const hubs = [...names.keys()].filter((wallet) => wallet >= parties && neighbours(wallet) > MOST_NEIGHBOURS)
  const payees = payeesOf(all)
  const facts = factsOf(transfers, hubs, names.length)
  for (const [i, hub] of hubs.entries()) {
    const { overlap, variation, span } = facts(i)
    const isWide = overlap < MOST_OVERLAP || variation > LEAST_VARIATION || span > LEAST_MS
    if (isWide && payees.lift(neighboursOf(around, hub)) < MOST_LIFT) isService[hub] = 1
  }
  return { isService, ...waysOf(all, isService, neighbours) }
}

const neighboursOf = ({ offsets, targets }: Csr, wallet: number) =>
  targets.subarray(offsets[wallet]!, offsets[wallet + 1]!)

/** How much likelier than by popularity two payments of wallets, each to a payee once, go to one payee; 0: not known. */
function payeesOf({ parties, payments: { payer, payee } }: Economy) {
  const isPair = (row: number) => payer[row] !== -1 && payee[row] !== -1 && payer[row] !== payee[row]
  // Payees stand apart from payers, so that who is both keeps the two apart.
  const pairs = buildUndirected(
    2 * parties,
    payer.filter((_, row) => isPair(row)),
    payee.filter((_, row) => isPair(row)).map((one) => parties + one),
  )
  const popularity = Int32Array.from({ length: parties }, (_, i) => neighboursOf(pairs, parties + i).length)
  const base = agreement(popularity, popularity.keys())
  const counts = new Int32Array(parties)
  return {
    lift(wallets: Int32Array): number {
      const touched: number[] = []
      for (const wallet of wallets) {
        if (wallet >= parties) continue
        for (const one of neighboursOf(pairs, wallet)) if (counts[one - parties]!++ === 0) touched.push(one - parties)
      }
      const lift = base > 0 ? agreement(counts, touched) / base : 0
      for (const one of touched) counts[one] = 0
      return lift
    },
  }
}

/** Probability that two of the things counted are of one kind; 0 where there are no two. */
function agreement(counts: Int32Array, kinds: Iterable<number>): number {
  let [all, alike] = [0, 0]
  for (const kind of kinds) {
    const count = counts[kind]!
    all += count
    alike += count * (count - 1)
  }
  return all < 2 ? 0 : alike / (all * (all - 1))
}

/** Of each hub: the share of neighbours on both sides, how amounts of its commonest asset vary, and over what time. */
function factsOf(transfers: FreeTransfers, hubs: readonly number[], wallets: number) {
  const { from, to, asset, time, amount } = transfers
  const numberOf = new Int32Array(wallets).fill(-1)
  hubs.forEach((hub, i) => {
    numberOf[hub] = i
  })
  const all = hubs.map(() => ({
    ...{ takes: new Set<number>(), gives: new Set<number>(), first: Infinity, last: -Infinity },
    amounts: new Map<number, { n: number; sum: number; squares: number }>(),
  }))
  const meet = (i: number, side: 'takes' | 'gives', other: number, row: number) => {
    if (i === -1) return
    const hub = all[i]!
    hub[side].add(other)
    if (time[row]! < hub.first) hub.first = time[row]!
    if (time[row]! > hub.last) hub.last = time[row]!
    if (Number.isNaN(amount[row]!)) return
    const one = hub.amounts.get(asset[row]!) ?? { n: 0, sum: 0, squares: 0 }
    hub.amounts.set(asset[row]!, one)
    one.n += 1
    one.sum += amount[row]!
    one.squares += amount[row]! ** 2
  }
  for (let row = 0; row < from.length; row += 1) {
    meet(numberOf[from[row]!]!, 'gives', to[row]!, row)
    meet(numberOf[to[row]!]!, 'takes', from[row]!, row)
  }
  return (i: number) => {
    const { takes, gives, first, last, amounts } = all[i]!
    const both = [...takes].reduce((n, wallet) => n + Number(gives.has(wallet)), 0)
    const [most = { n: 0, sum: 0, squares: 0 }] = [...amounts.values()].sort((a, b) => b.n - a.n)
    const mean = most.sum / most.n
    const variation = Math.sqrt(Math.max(0, most.squares / most.n - mean ** 2)) / mean
    return { overlap: both / (takes.size + gives.size - both), variation, span: last - first }
  }
}

/** Ways into services, and services out of which comes what nobody drew. */
function waysOf({ parties, transfers }: Economy, isService: Uint8Array, neighbours: (wallet: number) => number) {
  const { from, to, time } = transfers
  const wallets = isService.length
  const sends = new Uint8Array(wallets)
  const elsewhere = new Uint8Array(wallets)
  const takes = new Uint8Array(wallets)
  const given = new Int32Array(wallets)
  const batched = new Int32Array(wallets)
  // Transfers come in order of time: of each service, those of one moment so far.
  const moment = new Float64Array(wallets).fill(-1)
  const together = new Int32Array(wallets)
  for (let row = 0; row < from.length; row += 1) {
    const [a, b] = [from[row]!, to[row]!]
    sends[a] = 1
    if (isService[b] === 0) elsewhere[a] = 1
    if (a !== b) takes[b] = 1
    if (isService[a] === 0) continue
    if (moment[a] !== time[row]) together[a] = 0
    moment[a] = time[row]!
    given[a]!++
    together[a]!++
    if (together[a] === BATCH) batched[a]! += BATCH
    else if (together[a]! > BATCH) batched[a]!++
  }
  const isDeposit = Uint8Array.from(sends, (some, wallet) =>
    Number(
      some === 1 &&
        elsewhere[wallet] === 0 &&
        isService[wallet] === 0 &&
        takes[wallet] === 1 &&
        wallet >= parties &&
        neighbours(wallet) <= MOST_NEIGHBOURS,
    ),
  )
  const isDistributor = Uint8Array.from(isService, (is, wallet) =>
    Number(is === 1 && given[wallet]! > 0 && (takes[wallet] === 0 || 2 * batched[wallet]! > given[wallet]!)),
  )
  return { isDeposit, isDistributor }
}
