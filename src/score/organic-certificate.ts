import type { EntityMap } from '../clusters/entity-map.ts'
import type { EntityPairs } from '../clusters/entity-pairs.ts'
import type { Economy } from '../features/economy.ts'
import type { FirstFundings } from '../features/first-fundings.ts'
import type { RewardTotals } from '../features/reward-totals.ts'

const DAY_MS = 86_400_000
/** Unrelated payees, and days on which any of them was paid. */
const LEAST_PAYEES = 2
const LEAST_DAYS = 3
/** Demand goes on for so long after the last reward, or rewards are less than this share of what was spent. */
const CONTINUED_MS = 30 * DAY_MS
const MOST_REWARDED = 0.2

export type CertificateInputs = {
  readonly economy: Economy
  readonly entities: EntityMap
  readonly pairs: EntityPairs
  readonly fundings: FirstFundings
  /** 1: a wallet whose money came from outside the market. */
  readonly independent: Uint8Array
  readonly rewards: RewardTotals
}

/**
 * 1 for each entity with positive evidence of demand of its own: money from an exchange, a bridge or an attested source; no
 * link to any payee; two payees or more on three days or more; and use that does not live on rewards. Linked are an entity
 * that pays itself, one that exchanges value with its payee beside usage, and one whose first funder is that of its payee or the payee.
 */
export function organicCertificate(inputs: CertificateInputs): Uint8Array {
  const { entities, pairs } = inputs
  const funded = hasSource(inputs)
  const linked = isLinked(inputs)
  const days = daysOfUse(inputs)
  const demand = outlivesRewards(inputs)
  return Uint8Array.from({ length: entities.count }, (_, entity) => {
    const payees = pairs.offsets[entity + 1]! - pairs.offsets[entity]!
    const holds = payees >= LEAST_PAYEES && days[entity]! >= LEAST_DAYS
    return Number(funded[entity] === 1 && linked[entity] === 0 && holds && demand[entity] === 1)
  })
}

function hasSource({ economy: { transfers, parties }, entities: { of, count }, independent }: CertificateInputs) {
  const funded = new Uint8Array(count)
  for (let row = 0; row < transfers.from.length; row += 1)
    if (transfers.to[row]! < parties && independent[transfers.from[row]!] === 1) funded[of[transfers.to[row]!]!] = 1
  return funded
}

function isLinked({ economy, entities, pairs, fundings }: CertificateInputs): Uint8Array {
  const { of, founder, count } = entities
  const { payments, transfers, parties, isService } = economy
  const linked = new Uint8Array(count)
  for (let row = 0; row < payments.payer.length; row += 1) {
    const [payer, payee] = [payments.payer[row]!, payments.payee[row]!]
    if (payer !== -1 && payee !== -1 && of[payer] === of[payee]) linked[of[payer]!] = 1
  }
  const source = founder.map((party) => {
    const funder = fundings.funder[party]!
    return funder === -1 || isService[funder] === 1 ? -1 : funder < parties ? founder[of[funder]!]! : funder
  })
  const isPayee = payeeMarks(pairs)
  for (let payer = 0; payer < count; payer += 1)
    for (let pair = pairs.offsets[payer]!; pair < pairs.offsets[payer + 1]!; pair += 1) {
      const payee = pairs.payee[pair]!
      const shared = source[payer] !== -1 && source[payer] === source[payee]
      if (shared || source[payer] === founder[payee] || source[payee] === founder[payer]) linked[payer] = 1
    }
  const between = transfersByEntity(transfers, parties, of, count)
  for (let payer = 0; payer < count; payer += 1) {
    isPayee.of(payer)
    for (let at = between.offsets[payer]!; at < between.offsets[payer + 1]!; at += 1)
      if (isPayee.has(between.other[at]!)) linked[payer] = 1
  }
  return linked
}

/** Payees of one payer at a time, without a set. */
function payeeMarks({ offsets, payee }: EntityPairs) {
  const lastPayer = new Int32Array(offsets.length - 1).fill(-1)
  let current = -1
  return {
    of(payer: number): void {
      current = payer
      for (let pair = offsets[payer]!; pair < offsets[payer + 1]!; pair += 1) lastPayer[payee[pair]!] = payer
    },
    has: (entity: number) => lastPayer[entity] === current,
  }
}

/** Transfers between two entities that pay or are paid, under both of them. */
function transfersByEntity({ from, to }: Economy['transfers'], parties: number, of: Int32Array, count: number) {
  const offsets = new Int32Array(count + 1)
  const isBetween = (row: number) => from[row]! < parties && to[row]! < parties && of[from[row]!] !== of[to[row]!]
  for (let row = 0; row < from.length; row += 1) {
    if (!isBetween(row)) continue
    offsets[of[from[row]!]! + 1]! += 1
    offsets[of[to[row]!]! + 1]! += 1
  }
  for (let entity = 0; entity < count; entity += 1) offsets[entity + 1]! += offsets[entity]!
  const next = offsets.slice(0, count)
  const other = new Int32Array(offsets[count]!)
  for (let row = 0; row < from.length; row += 1) {
    if (!isBetween(row)) continue
    const [a, b] = [of[from[row]!]!, of[to[row]!]!]
    other[next[a]!++] = b
    other[next[b]!++] = a
  }
  return { offsets, other }
}

/** UTC days on which each entity paid another one; more than enough are not told apart. */
function daysOfUse({ economy: { payments }, entities: { of, count }, pairs: { pairOf } }: CertificateInputs) {
  const known = Array.from({ length: LEAST_DAYS }, () => new Float64Array(count).fill(Number.NaN))
  const days = new Uint8Array(count)
  for (let row = 0; row < payments.payer.length; row += 1) {
    if (pairOf[row] === -1) continue
    const entity = of[payments.payer[row]!]!
    const day = Math.floor(payments.time[row]! / DAY_MS)
    if (days[entity]! >= LEAST_DAYS || known.some((column) => column[entity] === day)) continue
    known[days[entity]!++]![entity] = day
  }
  return days
}

function outlivesRewards({ economy, entities: { of, count }, rewards }: CertificateInputs): Uint8Array {
  const { payments, parties } = economy
  const [spent, earned] = [new Float64Array(count), new Float64Array(count)]
  const last = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < payments.payer.length; row += 1) {
    if (payments.payer[row] === -1) continue
    const entity = of[payments.payer[row]!]!
    spent[entity]! += payments.value[row]!
    last[entity] = Math.max(last[entity]!, payments.time[row]!)
  }
  for (let party = 0; party < parties; party += 1) earned[of[party]!]! += rewards.value[party]!
  return Uint8Array.from(spent, (value, entity) => {
    if (rewards.lastAt === null || last[entity]! >= rewards.lastAt + CONTINUED_MS) return 1
    return Number(earned[entity]! === 0 || earned[entity]! < MOST_REWARDED * value)
  })
}
