import type { Cut, Panel } from '../../src/clusters/programme-panels.ts'

export const DAY = 86_400_000

/** One use of a draft; `day` after the start, in parts. */
export type DraftedUse = {
  readonly subject: number
  readonly day: number
  readonly counted?: number
  readonly units?: number
  readonly value?: number
  readonly payload?: number
}

/** One reward, or one window of which `isMet` tells whether it reached its target. */
export type DraftReward = {
  readonly subject: number
  readonly day: number
  readonly isMet?: boolean
  readonly asset?: number
  readonly amount?: number
}

export type PanelDraft = {
  readonly subjects: number
  readonly uses: readonly DraftedUse[]
  readonly rewards: readonly DraftReward[]
  readonly cuts: readonly Cut[]
}

/** A panel as the feature has it, from a draft in any order. */
export function draftPanel({ subjects, uses, rewards, cuts }: PanelDraft): Panel {
  const used = grouped(subjects, uses)
  const earned = grouped(subjects, rewards)
  const ofUse = (of: (use: DraftedUse) => number) => Float64Array.from(used.rows, of)
  return {
    ...{ protocol: 'acme', programme: 'weekly', cuts },
    uses: {
      offsets: used.offsets,
      time: ofUse(({ day }) => day * DAY),
      counted: ofUse(({ counted = 1 }) => counted),
      units: ofUse(({ units = Number.NaN }) => units),
      value: ofUse(({ value = 0 }) => value),
      payload: Int32Array.from(used.rows, ({ payload = -1 }) => payload),
    },
    rewards: {
      offsets: earned.offsets,
      time: Float64Array.from(earned.rows, ({ day }) => day * DAY),
      isMet: Uint8Array.from(earned.rows, ({ isMet = true }) => Number(isMet)),
      asset: Int32Array.from(earned.rows, ({ asset = 0 }) => asset),
      amount: Float64Array.from(earned.rows, ({ amount = Number.NaN }) => amount),
    },
  }
}

export function cutAt(day: number, ratio = 0): Cut {
  return { date: day * DAY, what: ratio === 0 ? 'the end of rate 1' : `the fall of rate from 1 to ${ratio}`, ratio }
}

function grouped<row extends { readonly subject: number }>(subjects: number, rows: readonly row[]) {
  const offsets = new Int32Array(subjects + 1)
  for (const { subject } of rows) offsets[subject + 1]!++
  for (let s = 0; s < subjects; s++) offsets[s + 1]! += offsets[s]!
  return { offsets, rows: rows.toSorted((a, b) => a.subject - b.subject) }
}
