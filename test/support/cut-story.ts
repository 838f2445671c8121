import type { Panel } from '../../src/clusters/programme-panels.ts'
import type { Random } from '../../src/statistics/random.ts'
import { cutAt, type DraftedUse, type DraftReward, draftPanel } from './draft-panel.ts'
import { poisson } from './draft-windows.ts'

/** The day on which the programme of a story ends. */
export const CUT_DAY = 42
const WEEKS = 8

export type CutStory = {
  readonly rewarded?: number
  readonly others?: number
  /** Requests that half of the subjects make in a week. */
  readonly level?: number
  /** Share of their requests that the rewarded make no more after the date. */
  readonly drop?: number
  /** How many requests of its own the first subject makes in a week, where it is a large one. */
  readonly large?: number
  readonly cuts?: Panel['cuts']
}

export type Subject = { readonly number: number; readonly isRewarded: boolean; readonly isLarge: boolean }
/** Fields of one request; times are left where none is given. */
export type Ask = (
  isAfter: boolean,
  week: number,
) => Partial<Pick<DraftedUse, 'counted' | 'units' | 'value' | 'payload'>>

/**
 * Six weeks of which most were rewarded to some, then two that were not, by subjects of very unequal levels. `asks` makes
 * the requests of a subject; `times` gives days of a week where requests do not come by chance.
 */
export function cutStory(
  random: Random,
  asks: (subject: Subject) => Ask,
  { rewarded = 30, others = 50, level = 6, drop = 0, large = 0, cuts = [cutAt(CUT_DAY, 0.2)] }: CutStory = {},
  times: (subject: Subject, isAfter: boolean, count: number) => number[] = (_, __, count) =>
    Array.from({ length: count }, () => 7 * random.next()),
): { readonly panels: Panel[] } {
  const uses: DraftedUse[] = []
  const rewards: DraftReward[] = []
  for (let number = 0; number < rewarded + others; number++) {
    const subject = { number, isRewarded: number < rewarded, isLarge: large > 0 && number === 0 }
    const mean = subject.isLarge ? large : level * Math.exp(0.8 * random.normal())
    const ask = asks(subject)
    for (let week = 0; week < WEEKS; week++) {
      const isAfter = 7 * week >= CUT_DAY
      const left = isAfter && subject.isRewarded ? 1 - drop : 1
      for (const day of times(subject, isAfter, poisson(random, Math.min(mean * left, 500))))
        uses.push({ subject: number, day: 7 * week + day, ...ask(isAfter, week) })
      if (subject.isRewarded && !isAfter && random.next() < 0.8) rewards.push({ subject: number, day: 7 * week + 7 })
    }
  }
  return { panels: [draftPanel({ subjects: rewarded + others, uses, rewards, cuts })] }
}

/** A share between 0 and 1 around a mean, unequal among subjects. */
export function unequalShare(random: Random, mean: number): number {
  const odds = (mean / (1 - mean)) * Math.exp(random.normal())
  return odds / (1 + odds)
}
