import { describe, expect, it } from 'vitest'
import { payoutWeeks } from '../../src/features/payout-weeks.ts'
import { DAY } from '../support/draft-panel.ts'

describe('payoutWeeks', () => {
  it('numbers weeks backwards, each with the moment at which it ends', () => {
    const weeks = payoutWeeks([20 * DAY, 34 * DAY, 27 * DAY], { spanDays: 7 })!
    expect(weeks.count).toBe(3)
    expect([34, 27.1, 27, 20, 13.1, 13, 34.1].map((day) => weeks.of(day * DAY))).toEqual([0, 0, 1, 2, 2, -1, -1])
  })

  it('knows none without a reward', () => {
    expect(payoutWeeks([], { spanDays: 7 })).toBeNull()
  })
})
