import { expect, it } from 'vitest'
import { randomStream } from '../../src/statistics/random.ts'
import { cutEffort } from '../../src/tokenmaxxing/rank-cut.ts'
import { draftUsage, draftWindows, WEEK } from '../support/draft-windows.ts'

const plan = { near: 1, draws: 99, random: randomStream(1, 'cut') }
/** Four subjects of rank 1 to 4 at nine tenths of a week; the third triples its pace in the last tenth of the first. */
const windows = draftWindows(
  [0, 1].flatMap((at) => [40, 30, 20, 10].map((counted, subject) => ({ subject, at, counted, target: 1 }))),
)
const uses = [0, 1].flatMap((at) =>
  [36, 27, 18, 9].flatMap((count, subject) => [
    ...Array.from({ length: count }, (_, k) => ({ subject, time: (at + (0.9 * k) / count) * WEEK })),
    ...Array.from({ length: (count / 9) * (subject === 2 && at === 0 ? 3 : 1) }, () => ({
      subject,
      time: (at + 0.95) * WEEK,
    })),
  ]),
)

it('compares the sprint of those beside the cut, beyond their own mean', () => {
  const usage = draftUsage(4, uses)
  // At rank 3 in the first week it makes 6 where 2 were to be expected, ½ more; its mean over both weeks is ¼.
  const either = cutEffort(windows, usage, { programme: 0, cut: 2 }, plan)!
  expect(either).toMatchObject({ epochs: 2, mean: expect.closeTo(0, 12) })
  const second = uses.map((use) => (use.subject === 1 && use.time > WEEK ? { ...use, subject: 2 } : use))
  const moved = second.map((use, i) => (uses[i]!.subject === 2 && use.time > WEEK ? { ...use, subject: 1 } : use))
  // In the second week it stands at rank 2, above the cut, without a sprint: ¼ below its mean, as before above it.
  const found = cutEffort(windows, draftUsage(4, moved), { programme: 0, cut: 2 }, plan)!
  expect(found.mean).toBeCloseTo((0.25 + 0.25) / 2, 12)
})

it('says nothing where too few stand on a side of the cut', () => {
  expect(cutEffort(windows, draftUsage(4, uses), { programme: 0, cut: 4 }, plan)).toBeNull()
  expect(cutEffort(windows, draftUsage(4, uses), { programme: 0, cut: 2 }, { ...plan, near: 3 })).toBeNull()
})
