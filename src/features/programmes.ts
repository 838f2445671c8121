import type { SqlValue } from '../ledger/ledger.ts'
import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** An incentive programme as its sources describe it; null: not said. */
export type Programme = {
  readonly protocol: string
  readonly programme: string
  /** What it counts. */
  readonly counted: string | null
  /** Ranks up to this one are paid. */
  readonly rankCut: number | null
  readonly visibility: string | null
  readonly url: string | null
}

/** A term of a programme over [from, to) in UTC ms, as a decimal text; value null: without limit; to null: not ended. */
export type ProgrammeRate = {
  readonly protocol: string
  readonly programme: string
  readonly metric: string
  readonly value: string | null
  readonly from: number
  readonly to: number | null
}

/** What the protocol says, with where and when it said so. */
export type ProtocolClaim = {
  readonly protocol: string
  readonly metric: string
  readonly value: string | null
  readonly url: string
  readonly quote: string | null
  readonly date: string
}

/** The calendar of incentives: programmes, their terms over time, and what the protocol says about its figures. */
export type Calendar = {
  readonly programmes: readonly Programme[]
  readonly rates: readonly ProgrammeRate[]
  readonly claims: readonly ProtocolClaim[]
}

export const calendar = defineFeature({
  id: 'calendar',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<Calendar> {
    await get(countedUsage)
    const programmes = await ledger.rows('programme-calendar')
    const rates = await ledger.rows('programme-rates')
    const claims = await ledger.rows('all-claims')
    return {
      programmes: programmes.map((row) => ({
        ...{ protocol: String(row.protocol), programme: String(row.programme), counted: text(row.counted) },
        ...{ rankCut: number(row.rank_cut), visibility: text(row.visibility), url: text(row.url) },
      })),
      rates: rates.map((row) => ({
        ...{ protocol: String(row.protocol), programme: String(row.programme), metric: String(row.metric) },
        ...{ value: text(row.value), from: Number(row.from_time), to: number(row.to_time) },
      })),
      claims: claims.map((row) => ({
        ...{ protocol: String(row.protocol), metric: String(row.metric), value: text(row.value) },
        ...{ url: String(row.url), quote: text(row.quote), date: String(row.date) },
      })),
    }
  },
})

const text = (value: SqlValue | undefined) => (value === null || value === undefined ? null : String(value))
const number = (value: SqlValue | undefined) => (value === null || value === undefined ? null : Number(value))

/** When a programme stops to be shown to all, UTC ms; Infinity: no end is known; −Infinity: it never was. */
export function visibleUntil(visibility: string | null): number {
  if (visibility === 'private') return Number.NEGATIVE_INFINITY
  const [, date] = /^public until (\d{4}-\d{2}-\d{2})$/.exec(visibility ?? '') ?? []
  return date === undefined ? Number.POSITIVE_INFINITY : Date.parse(date)
}

/** When the last of its terms ends, UTC ms; Infinity: one has no end, or none is known. */
export function programmeEnd(rates: readonly Pick<ProgrammeRate, 'to'>[]): number {
  if (rates.length === 0 || rates.some(({ to }) => to === null)) return Number.POSITIVE_INFINITY
  return Math.max(...rates.map(({ to }) => to as number))
}
