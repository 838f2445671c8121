import { expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { drawMaxima, scoreWindows, standardScores } from '../../src/tokenmaxxing/threshold-scores.ts'
import { type DraftWindow, draftWindows, poisson } from '../support/draft-windows.ts'

const options = { allTo: 12, binsToThreshold: 40, besideTarget: 5, leastWindows: 40, leastSubjects: 8 }

function drafted(random: Random) {
  const drafts: DraftWindow[] = []
  for (let subject = 0; subject < 20; subject++)
    for (const target of [0, null])
      for (let k = 3 + random.below(5); k > 0; k--) drafts.push({ subject, target, counted: 1 + poisson(random, 11) })
  return draftWindows(drafts)
}

it('scores one for the window above a candidate, and half of that less beside it', () => {
  const counted = Float64Array.from({ length: 80 }, (_, row) => 1 + (row % 20))
  const rows = {
    subject: Int32Array.from(counted, (_, row) => row % 10),
    counted,
    aimed: Uint8Array.from(counted, (_, row) => row % 2),
  }
  const scored = scoreWindows({ ...rows, targets: [3] }, options)!
  expect(scored.candidates.map(({ value }) => value)).toEqual([9, 10, 11, 12, 15, 20])
  const ofTen = [...counted.keys()].slice(0, 20).map((row) => {
    for (let entry = scored.offsets[row]!; entry < scored.offsets[row + 1]!; entry++)
      if (scored.entries[entry] === 1) return scored.score[entry]
    return 0
  })
  expect(ofTen).toEqual([...Array(6).fill(0), -0.5, -0.5, -0.5, 1, 1, 1, -0.5, -0.5, -0.5, ...Array(5).fill(0)])
  expect(scoreWindows({ ...rows, targets: [] }, { ...options, leastSubjects: 11 })).toBeNull()
})

it('standardises sums over the exchange of windows', () => {
  const { subject, counted, aimed } = drafted(randomStream(2, 'exchange'))
  const one = scoreWindows({ subject, counted, aimed, targets: [] }, options)!
  const only = { ...one, candidates: one.candidates.slice(9, 10), ...entriesOf(one, 9) }
  const draws = drawMaxima(only, 4000, randomStream(3, 'exchange'))
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length
  expect(Math.abs(mean)).toBeLessThan(0.06)
  expect(variance).toBeGreaterThan(0.92)
  expect(variance).toBeLessThan(1.08)
  expect(standardScores(only).scores[0]).toBe(standardScores(one).scores[9])
})

function entriesOf({ offsets, entries, score }: NonNullable<ReturnType<typeof scoreWindows>>, candidate: number) {
  const own = [...entries.keys()].filter((entry) => entries[entry] === candidate)
  return {
    offsets: offsets.map((offset) => own.filter((entry) => entry < offset).length),
    entries: new Int32Array(own.length),
    score: Float64Array.from(own, (entry) => score[entry]!),
  }
}
