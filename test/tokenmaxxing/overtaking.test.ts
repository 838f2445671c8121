import { expect, it } from 'vitest'
import { randomStream } from '../../src/statistics/random.ts'
import { boardOf, reactionTo } from '../../src/tokenmaxxing/overtaking.ts'
import { draftWindows } from '../support/draft-windows.ts'

const series = [
  [5, 5, 5, 5, 5, 5],
  [4, 4, 9, 9, 4, 4.5],
  [1, 1, 1, 1, 1, 1],
]
const windows = draftWindows(
  series.flatMap((counts, subject) => counts.map((counted, at) => ({ subject, at, counted, target: 3 }))),
)

it('has the largest subjects by epoch', () => {
  const board = boardOf(windows, 0, 2)
  expect(board).toMatchObject({ subjects: [1, 0], epochs: 6 })
  expect(board.counted.map((one) => [...one])).toEqual([series[1], series[0]])
})

it('measures what follows a fall in rank', () => {
  const reaction = reactionTo(boardOf(windows, 0, 3), 99, randomStream(1, 'reaction'))!
  // The first falls once, when the second passes it, and never changes. The second falls once, and then adds a half.
  expect(reaction).toMatchObject({ subjects: 2, overtaken: 2 })
  const half = 0.5 / 8.5
  expect(reaction.mean).toBeCloseTo((0 + half + half / 5) / 2, 12)
  expect(reactionTo(boardOf(windows, 0, 1), 99, randomStream(1, 'reaction'))).toBeNull()
})
