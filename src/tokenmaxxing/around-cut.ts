import type { Cut, Panel } from '../clusters/programme-panels.ts'
import { type SubjectTest, subjectTest } from '../statistics/student-test.ts'
import { overGroups, type SaidGroup } from './over-groups.ts'
import type { PatternResult } from './pattern-test.ts'

export const DAY = 86_400_000

export type CutOptions = {
  /** A cut leaves at most this share of a rate. */
  readonly mostKept: number
  readonly spanDays: number
  /** Before the span in which usage is measured: who was rewarded in it counts as rewarded, so that no outcome decides. */
  readonly lookbackDays: number
  /** Share of a subject's rewards or windows in which it was rewarded or reached the target. */
  readonly leastMet: number
  readonly leastSubjects: number
}

/** What a programme tells of each subject before a time: 1 rewarded, 0 not, −1 it used nothing. */
export function rewardedBefore(
  { uses, rewards }: Panel,
  at: number,
  { lookbackDays, leastMet }: Pick<CutOptions, 'lookbackDays' | 'leastMet'>,
): Int8Array {
  const isBefore = (time: number) => time < at && time >= at - lookbackDays * DAY
  return Int8Array.from({ length: uses.offsets.length - 1 }, (_, subject) => {
    let used = false
    for (let row = uses.offsets[subject]!; !used && row < uses.offsets[subject + 1]!; row++)
      used = isBefore(uses.time[row]!)
    if (!used) return -1
    let [met, all] = [0, 0]
    for (let row = rewards.offsets[subject]!; row < rewards.offsets[subject + 1]!; row++) {
      // A window or reward is known when it ends, which may be the moment itself.
      if (!(isBefore(rewards.time[row]!) || rewards.time[row] === at)) continue
      met += rewards.isMet[row]!
      all++
    }
    return Number(met > 0 && met >= leastMet * all)
  })
}

/** UTC ms of the first and the last use; infinite the wrong way round without any. */
export function spanOf({ uses }: Panel): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of uses.time) {
    if (time < first) first = time
    if (time > last) last = time
  }
  return [first, last]
}

/** Every cut of every programme that is deep enough, as its own group; how it is said is the test's. */
export function overCuts(
  panels: readonly Panel[],
  { mostKept }: Pick<CutOptions, 'mostKept'>,
  say: (panel: Panel, cut: Cut) => SaidGroup[],
  lacks: string,
): PatternResult {
  const cuts = panels.flatMap((panel) =>
    panel.cuts.filter(({ ratio }) => ratio <= mostKept).map((cut) => [panel, cut] as const),
  )
  if (cuts.length === 0)
    return {
      status: 'untestable',
      lacks: ['a programme that rewards who uses, with the date at which it ended or paid half as much (table rates)'],
    }
  const said = cuts.flatMap(([panel, cut]) => say(panel, cut))
  return said.length > 0 ? overGroups(said) : { status: 'untestable', lacks: [lacks] }
}

/** Over the longest time that can be measured: how much is covered decides, never what is found. */
export function overLongest<options extends CutOptions & { readonly mostDoublings: number }>(
  options: options,
  say: (options: options) => SaidGroup[],
): SaidGroup[] {
  for (let doublings = options.mostDoublings; doublings >= 0; doublings--) {
    const said = say({ ...options, spanDays: options.spanDays * 2 ** doublings })
    if (said.length > 0) return said
  }
  return []
}

export type ChangeOptions = CutOptions & {
  /** Uses that a subject has on either side. */
  readonly leastUses: number
}

/** Of a subject's uses, in order of time; NaN: it cannot be told, which leaves the subject out. */
export type Outcome = (rows: readonly number[]) => number

export type Change = SubjectTest & {
  readonly rewarded: number
  readonly others: number
  /** Mean before and after, of the rewarded and of the others. */
  readonly means: readonly [readonly [number, number], readonly [number, number]]
}

/**
 * Difference in differences of what `outcome` gives for the uses of a subject: its fall from `spanDays` before the date to
 * as long after, of those rewarded earlier less that of all others, by Welch's test over subjects. As many uses are looked
 * at on both sides, those next to the date, so that no outcome changes because there are fewer of them.
 * Null where one of both kinds has too few subjects, or the time is not covered.
 */
export function changeAround(panel: Panel, date: number, options: ChangeOptions, outcome: Outcome): Change | null {
  const span = options.spanDays * DAY
  const [first, last] = spanOf(panel)
  if (date - span - DAY < first || date + span - DAY > last) return null
  const sides: [number, number][][] = [[], []]
  rewardedBefore(panel, date - span, options).forEach((is, subject) => {
    if (is === -1) return
    const [before, after] = rowsAround(panel, subject, date, span)
    const size = Math.min(before.length, after.length)
    if (size < options.leastUses) return
    const pair: [number, number] = [outcome(before.slice(-size)), outcome(after.slice(0, size))]
    if (!pair.some(Number.isNaN)) sides[is as 0 | 1]!.push(pair)
  })
  const [others, rewarded] = sides as [[number, number][], [number, number][]]
  if (Math.min(others.length, rewarded.length) < options.leastSubjects) return null
  const falls = (pairs: readonly [number, number][]) => pairs.map(([before, after]) => before - after)
  const rest = falls(others)
  const mean = rest.reduce((sum, one) => sum + one, 0) / rest.length
  const variance = rest.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (rest.length - 1) / rest.length
  const test = subjectTest(
    falls(rewarded).map((fall) => fall - mean),
    { variance, degrees: rest.length - 1 },
  )
  const meanOf = (pairs: readonly [number, number][], side: 0 | 1) =>
    pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length
  return {
    ...{ ...test, rewarded: rewarded.length, others: others.length },
    means: [
      [meanOf(rewarded, 0), meanOf(rewarded, 1)],
      [meanOf(others, 0), meanOf(others, 1)],
    ],
  }
}

/** A subject's uses before and after a date, in order of time. */
function rowsAround({ uses }: Panel, subject: number, date: number, span: number): [number[], number[]] {
  const rows: [number[], number[]] = [[], []]
  for (let row = uses.offsets[subject]!; row < uses.offsets[subject + 1]!; row++) {
    const away = uses.time[row]! - date
    if (away >= -span && away < span) rows[away < 0 ? 0 : 1].push(row)
  }
  for (const side of rows) side.sort((a, b) => uses.time[a]! - uses.time[b]! || a - b)
  return rows
}

/** Such as `data-farming, 2023-03-16`. */
export function cutName({ programme }: Panel, { date }: Cut): string {
  return `${programme}, ${dayOf(date)}`
}

export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
