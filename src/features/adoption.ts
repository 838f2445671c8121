import type { SqlRow } from '../ledger/ledger.ts'
import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** A consumer is at the bare minimum who is above the target by at most one part in so many. */
export const MARGIN_PARTS = 20

/** Consumers and what they used; `units` null: no usage says how many, or in kinds that do not add up. */
export type Consumed = { readonly users: number; readonly units: bigint | null }

/** One week from Monday 00:00 UTC, `from` in UTC ms. */
export type AdoptionWeek = {
  readonly from: number
  readonly active: Consumed
  readonly usages: number
  /** Active with a single usage. */
  readonly once: Consumed
  /** Consumers whose target of the week is known, and of those who reached it. */
  readonly aimed: number
  readonly reached: number
  /** Those who reached it and went no further than the margin. */
  readonly bare: Consumed
}

/** Weeks are summed over members: two members active in three weeks are six. */
export type TeamUse = {
  readonly team: string
  readonly members: number
  readonly active: Consumed
  readonly activeWeeks: number
  readonly aimedWeeks: number
  readonly bareWeeks: number
}

/** Use of one protocol by people who are known beside it: an organisation with teams, or with targets. */
export type NetworkAdoption = {
  readonly protocol: string
  /** Consumers, members of teams and whoever has a target. */
  readonly population: number
  readonly unitKind: string | null
  /** UTC ms of the first and last counted usage. */
  readonly firstAt: number
  readonly lastAt: number
  readonly weeks: readonly AdoptionWeek[]
  /** By units, the most first. */
  readonly teams: readonly TeamUse[]
}

/** Weekly use of each protocol that has a roster or weekly targets; others have no population to compare it with. */
export const adoption = defineFeature({
  id: 'adoption',
  reads: ['usage_events'],
  async compute({ ledger, window, get }): Promise<readonly NetworkAdoption[]> {
    await get(countedUsage)
    await ledger.materialize('user-weeks', { from_time: window.from, to_time: window.to })
    const networks = await ledger.rows('adoption-networks')
    if (networks.length === 0) return []
    const margin = { margin: MARGIN_PARTS }
    const weeks = await ledger.rows('adoption-weeks', margin)
    const teams = await ledger.rows('adoption-teams', margin)
    return networks.map((row) => networkOf(row, weeks, teams))
  },
})

function networkOf(row: SqlRow, weeks: readonly SqlRow[], teams: readonly SqlRow[]): NetworkAdoption {
  const ofNetwork = (one: SqlRow) => one.protocol === row.protocol
  const hasUnits = Number(row.unit_kinds) <= 1
  const consumed = (users: unknown, high: unknown, low: unknown): Consumed => ({
    users: Number(users),
    units: hasUnits ? unitsOf(high, low) : null,
  })
  return {
    protocol: String(row.protocol),
    population: Number(row.population),
    unitKind: hasUnits && row.unit_kind !== null ? String(row.unit_kind) : null,
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    weeks: weeks.filter(ofNetwork).map((week) => ({
      from: Number(week.week),
      active: consumed(week.users, week.units_high, week.units_low),
      usages: Number(week.usages),
      once: consumed(week.once_users, week.once_high, week.once_low),
      aimed: Number(week.aimed_users),
      reached: Number(week.reached_users),
      bare: consumed(week.bare_users, week.bare_high, week.bare_low),
    })),
    teams: teams.filter(ofNetwork).map((team) => ({
      team: String(team.team),
      members: Number(team.members),
      active: consumed(team.users, team.units_high, team.units_low),
      activeWeeks: Number(team.member_weeks),
      aimedWeeks: Number(team.aimed_weeks),
      bareWeeks: Number(team.bare_weeks),
    })),
  }
}

function unitsOf(high: unknown, low: unknown): bigint | null {
  if (high === null || low === null) return null
  return BigInt(String(high)) * 10n ** 18n + BigInt(String(low))
}
