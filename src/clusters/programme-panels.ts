import { type Economy, usageEconomy } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { payloads } from '../features/payloads.ts'
import { type ProgrammeRewards, programmeRewards } from '../features/programme-rewards.ts'
import { type ProgrammeWindows, programmeWindows } from '../features/programme-windows.ts'
import { type Calendar, calendar, type ProgrammeRate, visibleUntil } from '../features/programmes.ts'
import { type UsageUnits, usageUnits } from '../features/usage-units.ts'
import { type EntityMap, entityMap } from './entity-map.ts'
import { type GroupedRows, groupRows } from './group-rows.ts'

/** A date from which on usage counts for less, UTC ms. */
export type Cut = {
  readonly date: number
  /** Such as `the fall of multiplier of consume volume from 0.0785 to 0.001`. */
  readonly what: string
  /** New rate by old; 0: it ended. */
  readonly ratio: number
}

/** What the payers of one network used, entity by entity: those of subject s from `offsets[s]` to `offsets[s + 1]`, in no order. */
export type SubjectUses = {
  readonly offsets: Int32Array
  /** UTC ms. */
  readonly time: Float64Array
  /** In the unit that the programme counts; NaN: not known. */
  readonly counted: Float64Array
  readonly units: Float64Array
  /** In the unit of the value measure; 0 where it has none. */
  readonly value: Float64Array
  /** Number of what was asked; −1: not known. */
  readonly payload: Int32Array
}

/** When a programme rewarded each subject or, of a window with a target, did not; laid out as uses. */
export type SubjectRewards = {
  readonly offsets: Int32Array
  readonly time: Float64Array
  /** 1: rewarded, or the target was reached. */
  readonly isMet: Uint8Array
  /** Number of the asset in the economy; −1: not known, or it moved nowhere else. */
  readonly asset: Int32Array
  /** In the smallest unit of the reward's asset; NaN: not known. */
  readonly amount: Float64Array
}

/** One programme with those whose usage it may have moved. */
export type Panel = {
  readonly protocol: string
  readonly programme: string
  readonly cuts: readonly Cut[]
  readonly uses: SubjectUses
  readonly rewards: SubjectRewards
}

/** Programmes that rewarded an entity which pays for usage or asks for it, in the order of networks and names. */
export const programmePanels = defineFeature({
  id: 'programme-panels',
  reads: ['usage_events'],
  derived: true,
  async compute({ get }): Promise<Panel[]> {
    return buildPanels({
      economy: await get(usageEconomy),
      entities: await get(entityMap),
      units: await get(usageUnits),
      payload: await get(payloads),
      rewards: await get(programmeRewards),
      windows: await get(programmeWindows),
      calendar: await get(calendar),
    })
  },
})

type Sources = {
  readonly economy: Economy
  readonly entities: EntityMap
  readonly units: UsageUnits
  readonly payload: Int32Array
  readonly rewards: ProgrammeRewards
  readonly windows: ProgrammeWindows
  readonly calendar: Calendar
}

function buildPanels(sources: Sources): Panel[] {
  const { windows, rewards, calendar } = sources
  const named = new Map(
    [...windows.programmes, ...rewards.programmes].map((one) => [`${one.protocol}\u0000${one.programme}`, one]),
  )
  const protocolUses = new Map<string, ReturnType<typeof usesOf>>()
  return [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { protocol, programme }]) => {
      const earned = rewardsOf(sources, protocol, programme)
      if (earned.time.length === 0) return []
      const uses = protocolUses.get(protocol) ?? usesOf(sources, protocol)
      protocolUses.set(protocol, uses)
      const isIt = (one: { readonly protocol: string; readonly programme: string }) =>
        one.protocol === protocol && one.programme === programme
      const described = calendar.programmes.find(isIt)
      const counted = countedBy(uses, described?.counted ?? null)
      const cuts = cutsOf(calendar.rates.filter(isIt), described?.visibility ?? null, earned)
      return [{ protocol, programme, cuts, uses: { ...uses, counted }, rewards: earned }]
    })
}

function usesOf({ economy: { payments }, entities, units, payload }: Sources, protocol: string) {
  const place = units.protocols.indexOf(protocol)
  const { offsets, rows } = groupRows(entities.count, payments.payer.length, (row, add) => {
    const payer = payments.payer[row]!
    if (payer !== -1 && units.protocol[row] === place) add(entities.of[payer]!)
  })
  const real = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!)
  return {
    offsets,
    time: real(payments.time),
    units: real(units.units),
    value: real(payments.value),
    payload: rows.map((row) => payload[row]!),
  }
}

/** A programme that is not said to count value or units counts uses. */
function countedBy({ value, units }: Pick<SubjectUses, 'value' | 'units'>, counted: string | null): Float64Array {
  if (counted === 'value' && value.some((one) => one > 0)) return value
  if (counted === null || counted === 'requests' || counted === 'deliveries' || counted === 'value')
    return new Float64Array(value.length).fill(1)
  return units
}

/** Windows that have a target tell who reached it; without them, rewards tell who was paid. */
function rewardsOf({ windows, rewards, entities, economy }: Sources, protocol: string, programme: string) {
  const indexOf = (all: readonly { readonly protocol: string; readonly programme: string }[]) =>
    all.findIndex((one) => one.protocol === protocol && one.programme === programme)
  const place = indexOf(windows.programmes)
  const party = new Map(economy.names.slice(0, economy.parties).map((name, node) => [name, node]))
  const subjects = windows.subjects.map((name) => entities.of[party.get(name) ?? -1])
  const aimed = groupRows(entities.count, windows.programme.length, (row, add) => {
    const subject = subjects[windows.subject[row]!]
    const isAimed = windows.programme[row] === place && windows.target[row]! > 0 && windows.counted[row]! >= 0
    if (isAimed && subject !== undefined) add(subject)
  })
  if (aimed.rows.length > 0)
    return rewardRows(aimed, {
      time: (row) => windows.to[row]!,
      isMet: (row) => windows.counted[row]! >= windows.target[row]!,
      asset: () => -1,
      amount: (row) => windows.reward[row]!,
    })
  const own = indexOf(rewards.programmes)
  const paid = groupRows(entities.count, rewards.programme.length, (row, add) => {
    if (rewards.programme[row] === own) add(entities.of[rewards.party[row]!]!)
  })
  return rewardRows(paid, {
    time: (row) => rewards.time[row]!,
    isMet: () => true,
    asset: (row) => rewards.asset[row]!,
    amount: (row) => rewards.amount[row]!,
  })
}

function rewardRows(
  { offsets, rows }: GroupedRows,
  of: {
    readonly time: (row: number) => number
    readonly isMet: (row: number) => boolean
    readonly asset: (row: number) => number
    readonly amount: (row: number) => number
  },
): SubjectRewards {
  return {
    offsets,
    time: Float64Array.from(rows, of.time),
    isMet: Uint8Array.from(rows, (row) => Number(of.isMet(row))),
    asset: rows.map(of.asset),
    amount: Float64Array.from(rows, of.amount),
  }
}

/** Falls and ends of the terms, the end of being shown and, where no term is dated, the last reward. */
function cutsOf(rates: readonly ProgrammeRate[], visibility: string | null, { time, isMet }: SubjectRewards): Cut[] {
  const cuts = rates.flatMap(({ metric, value, to }): Cut[] => {
    if (to === null || value === null || !(Number(value) > 0)) return []
    const next = rates.find((one) => one.metric === metric && one.from === to)
    if (next === undefined) return [{ date: to, what: `the end of ${metric} ${value}`, ratio: 0 }]
    if (next.value === null || Number(next.value) >= Number(value)) return []
    const ratio = Number(next.value) / Number(value)
    return [{ date: to, what: `the fall of ${metric} from ${value} to ${next.value}`, ratio }]
  })
  const shown = visibleUntil(visibility)
  if (Number.isFinite(shown)) cuts.push({ date: shown, what: 'its being shown no more', ratio: 0 })
  if (cuts.length > 0 || rates.length > 0) return cuts.sort((a, b) => a.date - b.date)
  const last = time.reduce((latest, one, row) => (isMet[row] === 1 ? Math.max(latest, one) : latest), 0)
  return last === 0 ? [] : [{ date: last, what: 'the last reward', ratio: 0 }]
}
