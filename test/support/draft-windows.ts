import type { AimedWindows } from '../../src/features/aimed-windows.ts'

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
