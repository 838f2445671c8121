import type { AimedWindows } from '../../src/features/aimed-windows.ts'
import type { Calendar } from '../../src/features/programmes.ts'
import type { SubjectUsage } from '../../src/features/subject-usage.ts'

/** One window of a draft; `target` null: it aims at nothing. */
export type DraftWindow = {
  readonly subject: number
  readonly counted: number
  readonly target: number | null
  readonly at?: number
  readonly programme?: number
}

export const WEEK = 7 * 86_400_000

/** Windows as the feature has them, a week each, from a draft in any order. */
export function draftWindows(drafts: readonly DraftWindow[], programmes: readonly string[] = ['weekly']): AimedWindows {
  const rows = drafts.toSorted(
    (a, b) => (a.programme ?? 0) - (b.programme ?? 0) || a.subject - b.subject || (a.at ?? 0) - (b.at ?? 0),
  )
  const from = Float64Array.from(rows, ({ at = 0 }) => at * WEEK)
  return {
    programmes: programmes.map((programme) => ({ protocol: 'acme', programme, counts: 'asked' })),
    subjects: Array.from({ length: 1 + Math.max(-1, ...rows.map(({ subject }) => subject)) }, (_, i) => `user-${i}`),
    programme: Int32Array.from(rows, ({ programme = 0 }) => programme),
    subject: Int32Array.from(rows, ({ subject }) => subject),
    from,
    to: from.map((start) => start + WEEK),
    counted: Float64Array.from(rows, ({ counted }) => counted),
    target: Float64Array.from(rows, ({ target }) => target ?? Number.NaN),
    aimed: Uint8Array.from(rows, ({ target }) => +(target !== null)),
  }
}

/** A number of Poisson events, by Knuth's product; for means of less than some hundreds. */
export function poisson(random: { next(): number }, mean: number): number {
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > least; product *= random.next()) count++
  return count
}

type DraftUse = { readonly subject: number; readonly time: number; readonly units?: number }

/** Single uses of the same subjects, on the side of who asks. */
export function draftUsage(subjects: number, uses: readonly DraftUse[]): SubjectUsage {
  const rows = uses.toSorted((a, b) => a.subject - b.subject || a.time - b.time)
  const offsets = new Int32Array(subjects + 1)
  for (const { subject } of rows) offsets[subject + 1]!++
  for (let s = 0; s < subjects; s++) offsets[s + 1]! += offsets[s]!
  return {
    protocols: ['acme'],
    offsets,
    protocol: new Int32Array(rows.length),
    side: new Int32Array(rows.length),
    time: Float64Array.from(rows, ({ time }) => time),
    units: Float64Array.from(rows, ({ units = Number.NaN }) => units),
    usage: Int32Array.from(rows.keys()),
  }
}

/** A calendar of one programme. */
export function draftCalendar(visibility: string | null, rankCut: number | null = null): Calendar {
  const programme = { protocol: 'acme', programme: 'weekly', counted: 'requests', rankCut, visibility, url: null }
  return { programmes: [programme], rates: [], claims: [] }
}
