import { describe, expect, it } from 'vitest'
import { changeAround, rewardedBefore, spanOf } from '../../src/tokenmaxxing/around-cut.ts'
import { cutAt, DAY, draftPanel } from '../support/draft-panel.ts'

const options = { mostKept: 0.5, spanDays: 10, lookbackDays: 10, leastMet: 0.5, leastSubjects: 2, leastUses: 2 }

describe('rewardedBefore', () => {
  it('knows who was there and was rewarded for half of what counted, from the time before alone', () => {
    const panel = draftPanel({
      subjects: 5,
      uses: [0, 1, 2, 3].map((subject) => ({ subject, day: 5 })),
      rewards: [
        { subject: 0, day: 10 },
        { subject: 1, day: 9 },
        { subject: 1, day: 8, isMet: false },
        { subject: 2, day: 9 },
        { subject: 2, day: 8, isMet: false },
        { subject: 2, day: 7, isMet: false },
        { subject: 3, day: 11 },
        { subject: 4, day: 9 },
      ],
      cuts: [],
    })
    expect([...rewardedBefore(panel, 10 * DAY, options)]).toEqual([1, 1, 0, 0, -1])
    expect([...rewardedBefore(panel, 20 * DAY, options)]).toEqual([-1, -1, -1, -1, -1])
    expect(spanOf(panel)).toEqual([5 * DAY, 5 * DAY])
  })
})

describe('changeAround', () => {
  const uses = Array.from({ length: 8 }, (_, subject) =>
    [0, 5, 10, 11, 12, 19, 20, 21, 22, 29.9].map((day) => ({ subject, day, payload: subject })),
  ).flat()
  const rewards = [0, 1, 2, 3].map((subject) => ({ subject, day: 5 }))
  const panel = draftPanel({ subjects: 8, uses, rewards, cuts: [cutAt(20)] })
  /** Falls from 4 + subject to 4 of who was rewarded, and rises from 4 to 5 of the others. */
  const outcome = (rows: readonly number[]) => {
    const [subject, isBefore] = [panel.uses.payload[rows[0]!]!, panel.uses.time[rows[0]!]! < 20 * DAY]
    if (subject < 4) return isBefore ? rows.length + subject : rows.length
    return isBefore ? rows.length : rows.length + 1
  }

  it('is Welch’s test of falls over subjects', () => {
    const change = changeAround(panel, 20 * DAY, options, outcome)!
    expect(change).toMatchObject({ rewarded: 4, others: 4, mean: 2.5 })
    expect(change.means).toEqual([
      [5.5, 4],
      [4, 5],
    ])
    // Student's t of 1, 2, 3, 4 with mean 2.5 and three degrees of freedom: t = 2.5/(1.291/2) = 3.873, one tail.
    expect(change.pValue).toBeCloseTo(0.01523, 4)
  })

  it('says nothing where time is not covered or subjects are few', () => {
    expect(changeAround(panel, 27 * DAY, options, outcome)).toBeNull()
    expect(changeAround(panel, 20 * DAY, { ...options, leastSubjects: 5 }, outcome)).toBeNull()
  })
})
