import { type Economy, usageEconomy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { payoutWeeks } from '../features/payout-weeks.ts'
import { type ProgrammeRewards, programmeRewards } from '../features/programme-rewards.ts'
import { reportedValue } from '../features/reported-value.ts'
import { feeValues } from '../features/usage-fees.ts'
import { type UsageUnits, usageUnits } from '../features/usage-units.ts'
import type { ValueBasis } from '../features/value.ts'
import { type EntityMap, entityMap } from './entity-map.ts'

const SPAN_DAYS = 7

/**
 * What a programme paid to entities and what its network cost them, week by week: one row an entity and week in which it
 * was rewarded and used something, entity by entity. Weeks end with the last reward of the programme. Rows of which a
 * reward or a price is not known are left out. Values are in the unit of the value measure.
 */
export type ProgrammeAccount = {
  readonly protocol: string
  readonly programme: string
  readonly entity: Int32Array
  /** Numbered backwards from 0. */
  readonly week: Int32Array
  readonly rewards: Float64Array
  /** To others than the entity itself, fees included. */
  readonly paid: Float64Array
  /** Of payments that stay within the entity. */
  readonly fees: Float64Array
}

export type ProgrammeAccounts = {
  /** The unit of values, such as `USD`. */
  readonly unit: string
  readonly accounts: readonly ProgrammeAccount[]
}

export const programmeAccounts = defineFeature({
  id: 'programme-accounts',
  reads: ['usage_events', 'rewards'],
  async compute({ get }): Promise<ProgrammeAccounts> {
    const rewards = await get(programmeRewards)
    const { basis } = await get(reportedValue)
    const sources = {
      ...{ economy: await get(usageEconomy), units: await get(usageUnits), fees: await get(feeValues) },
      ...{ entities: await get(entityMap), rewards },
    }
    return { unit: unitOf(basis), accounts: rewards.programmes.map((_, programme) => accountOf(sources, programme)) }
  },
})

type Sources = {
  readonly economy: Economy
  readonly units: UsageUnits
  readonly fees: Float64Array
  readonly entities: EntityMap
  readonly rewards: ProgrammeRewards
}

type Sums = { rewards: number; paid: number; fees: number; isUsed: boolean }

function unitOf(basis: ValueBasis): string {
  if (basis.status === 'unavailable') return ''
  return basis.basis === 'usd' ? 'USD' : (basis.asset ?? '')
}

function accountOf({ economy: { payments }, units, fees, entities, rewards }: Sources, programme: number) {
  const named = rewards.programmes[programme]!
  const isIts = (row: number) => rewards.programme[row] === programme
  const weeks = payoutWeeks(
    rewards.time.filter((_, row) => isIts(row)),
    { spanDays: SPAN_DAYS },
  )
  const keyOf = (party: number, time: number) => {
    const week = party === -1 || weeks === null ? -1 : weeks.of(time)
    return week === -1 ? -1 : entities.of[party]! * weeks!.count + week
  }
  const sums = new Map<number, Sums>()
  const isRewarded = new Uint8Array(entities.count)
  rewards.party.forEach((party, row) => {
    const key = isIts(row) ? keyOf(party, rewards.time[row]!) : -1
    if (key === -1) return
    isRewarded[entities.of[party]!] = 1
    const account = sums.get(key) ?? { rewards: 0, paid: 0, fees: 0, isUsed: false }
    account.rewards += rewards.value[row]!
    sums.set(key, account)
  })
  const place = units.protocols.indexOf(named.protocol)
  payments.payer.forEach((payer, row) => {
    // Most payers of a large network are not in one programme.
    if (units.protocol[row] !== place || payer === -1 || isRewarded[entities.of[payer]!] === 0) return
    const account = sums.get(keyOf(payer, payments.time[row]!))
    if (account === undefined) return
    account.isUsed = true
    const payee = payments.payee[row]!
    if (payee !== -1 && entities.of[payee] === entities.of[payer]) account.fees += fees[row]!
    // An amount without a value is of an asset without a price.
    else account.paid += payments.value[row]! > 0 || payments.amount[row] === 0 ? payments.value[row]! : Number.NaN
  })
  return columnsOf(named, sums, weeks?.count ?? 1)
}

function columnsOf(
  { protocol, programme }: ProgrammeRewards['programmes'][number],
  sums: ReadonlyMap<number, Sums>,
  weeks: number,
): ProgrammeAccount {
  const rows = [...sums]
    .filter(([, { rewards, paid, isUsed }]) => isUsed && !Number.isNaN(rewards) && !Number.isNaN(paid))
    .sort(([a], [b]) => a - b)
  const real = (column: 'rewards' | 'paid' | 'fees') => Float64Array.from(rows, ([, account]) => account[column])
  return {
    ...{ protocol, programme },
    entity: Int32Array.from(rows, ([key]) => Math.floor(key / weeks)),
    week: Int32Array.from(rows, ([key]) => key % weeks),
    ...{ rewards: real('rewards'), paid: real('paid'), fees: real('fees') },
  }
}
