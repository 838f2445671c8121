import { type EntityMap, unmerged } from '../../src/clusters/entity-map.ts'
import type { Economy } from '../../src/features/economy.ts'
import type { Random } from '../../src/statistics/random.ts'

const DAY = 86_400_000

export type EconomyOptions = {
  readonly payers?: number
  readonly payees?: number
  readonly payments?: number
  readonly days?: number
  /** Wallets that fund parties, of unequal size. */
  readonly funders?: number
}

/** Rows of a draft; a planted story adds its own. Wallets are numbers: payers, then payees, then funders. */
export type Draft = {
  readonly payers: number
  readonly payees: number
  /** How many of the wallets pay or are paid. */
  readonly parties: number
  readonly wallets: number
  readonly days: number
  payments: { payer: number; payee: number; time: number; amount: number; service: number }[]
  transfers: { from: number; to: number; time: number; amount: number; isNative: boolean }[]
}

/**
 * An economy in which nobody has anything to do with anybody else: payers of very unequal activity choose payees by
 * popularity, at times of day that people keep, by price lists that differ by orders of magnitude; gas and top-ups come
 * from funders of unequal size, and takings go to one of them.
 */
export function draftEconomy(random: Random, options: EconomyOptions = {}): Draft {
  const { payers = 40, payees = 10, payments = 400, days = 60, funders = 8 } = options
  const draft: Draft = {
    ...{ payers, payees, parties: payers + payees, wallets: payers + payees + funders, days },
    ...{ payments: [], transfers: [] },
  }
  const payer = unequal(random, payers, 1.1)
  const payee = unequal(random, payees, 0.9)
  const funder = unequal(random, funders, 1)
  const prices = Float64Array.from({ length: payees }, () => Math.round(10 ** (4 + 3 * random.next())))
  for (let i = 0; i < payments; i += 1) {
    const service = payee()
    const amount = service % 2 === 0 ? prices[service]! : Math.round(prices[service]! * random.exponential()) + 1
    draft.payments.push({ payer: payer(), payee: payers + service, time: humanTime(random, days), amount, service })
  }
  for (let party = 0; party < payers + payees; party += 1) {
    const from = payers + payees + funder()
    draft.transfers.push({ from, to: party, time: 0, amount: 1e16, isNative: true })
    for (let i = 0; i < 3; i += 1) {
      const [a, b] = party < payers ? [from, party] : [party, from]
      const amount = Math.round(10 ** (5 + 2 * random.next()))
      draft.transfers.push({ from: a, to: b, time: humanTime(random, days), amount, isNative: false })
    }
  }
  return draft
}

/** Rows in the order in which a ledger hands them out. */
export function economyOf({ parties, wallets, payments, transfers }: Draft): Economy {
  const moves = [...transfers].sort((a, b) => a.time - b.time)
  return {
    names: Array.from({ length: wallets }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`),
    parties,
    isService: new Uint8Array(wallets),
    assets: [
      { chain: 'eip155:31337', asset: 'native' },
      { chain: 'eip155:31337', asset: '0xtoken' },
    ],
    payments: {
      payer: Int32Array.from(payments, ({ payer }) => payer),
      payee: Int32Array.from(payments, ({ payee }) => payee),
      service: Int32Array.from(payments, ({ service }) => service),
      asset: new Int32Array(payments.length).fill(1),
      time: Float64Array.from(payments, ({ time }) => Math.round(time * DAY)),
      amount: Float64Array.from(payments, ({ amount }) => amount),
      value: Float64Array.from(payments, ({ amount }) => amount / 1e6),
    },
    transfers: {
      from: Int32Array.from(moves, ({ from }) => from),
      to: Int32Array.from(moves, ({ to }) => to),
      asset: Int32Array.from(moves, ({ isNative }) => Number(!isNative)),
      isNative: Int32Array.from(moves, ({ isNative }) => Number(isNative)),
      time: Float64Array.from(moves, ({ time }) => Math.round(time * DAY)),
      amount: Float64Array.from(moves, ({ amount }) => amount),
    },
  }
}

/** Every party by itself, or some parties taken for one. */
export function entitiesOf({ parties }: Economy, merged: readonly (readonly number[])[] = []): EntityMap {
  if (merged.length === 0) return unmerged(parties)
  const first = new Int32Array(parties).map((_, party) => party)
  for (const group of merged) for (const party of group) first[party] = Math.min(...group)
  const founder = Int32Array.from([...new Set(first)].sort((a, b) => a - b))
  const numberOf = new Map([...founder].map((party, entity) => [party, entity]))
  return { count: founder.length, of: first.map((party) => numberOf.get(party)!), founder }
}

/** Numbers below `size`, the first the likeliest: Zipf with the given exponent, in an order drawn anew. */
function unequal(random: Random, size: number, exponent: number): () => number {
  const ends: number[] = []
  let sum = 0
  for (let i = 0; i < size; i += 1) {
    sum += (i + 1) ** -exponent
    ends.push(sum)
  }
  const order = Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i -= 1) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return () => {
    const at = random.next() * sum
    return order[ends.findIndex((end) => at < end)]!
  }
}

/** In days: any day, and twice as likely by day as by night. */
function humanTime(random: Random, days: number): number {
  const hour = random.next() < 2 / 3 ? 8 + 12 * random.next() : (20 + 12 * random.next()) % 24
  return random.below(days) + hour / 24
}
