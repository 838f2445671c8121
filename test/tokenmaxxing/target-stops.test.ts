import { expect, it } from 'vitest'
import { targetStops } from '../../src/tokenmaxxing/target-stops.ts'
import { draftUsage, draftWindows, WEEK } from '../support/draft-windows.ts'

const counts = [5, 6, 7, 4, 5, 5]
const windows = draftWindows(
  counts.map((counted, at) => ({ subject: 0, at, counted, target: at === 5 ? null : 4 })),
  ['weekly'],
)
const uses = counts.flatMap((count, at) =>
  Array.from({ length: count }, (_, k) => ({ subject: 0, time: (at + 0.1 * k) * WEEK })),
)
const usage = draftUsage(1, uses)
const weeksOf = (numbers: Int32Array) => Array.from(numbers, (one) => Math.floor(usage.time[one]! / WEEK))

it('takes the usage of windows from the target to two above, that count for something, once', () => {
  const { usages, notes } = targetStops(windows, usage, new Set(['weekly, target 4']))
  const tally = [0, 1, 2, 3, 4, 5].map((week) => weeksOf(usages).filter((one) => one === week).length)
  expect(tally).toEqual([5, 6, 0, 4, 5, 0])
  expect(new Set(usages).size).toBe(usages.length)
  expect(notes).toEqual(['4 of 5 windows of weekly, target 4, stop there.'])
})

it('takes none where bunching was not found at that target, and none that is not counted', () => {
  expect(targetStops(windows, usage, new Set(['weekly, target 5'])).usages).toHaveLength(0)
  const uncounted = { ...usage, usage: usage.usage.map((one) => (one < 5 ? -1 : one)) }
  expect(weeksOf(targetStops(windows, uncounted, new Set(['weekly, target 4'])).usages)).not.toContain(0)
})

it('names a default of software where nearly all stop one after the target', () => {
  const alike = draftWindows(Array.from({ length: 9 }, (_, at) => ({ subject: 0, at, counted: 5, target: 4 })))
  const { notes } = targetStops(alike, usage, new Set(['weekly, target 4']))
  expect(notes[0]).toMatch(/^9 of 9 windows .*; 100 % of them end at exactly 5, as software does that stops one after/)
})
