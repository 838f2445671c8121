import { expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { hiddenThresholds } from '../../src/tokenmaxxing/hidden-thresholds.ts'
import { scoreWindows } from '../../src/tokenmaxxing/threshold-scores.ts'
import { type DraftWindow, draftWindows, poisson } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = { readonly subjects?: number; readonly use?: (random: Random, level: number, aimed: boolean) => number }

const HIDDEN = 12

/** Windows that count are rewarded without a number; only those after the end count for nothing. */
function story(random: Random, { subjects = 20, use = honest }: Story = {}) {
  const drafts: DraftWindow[] = []
  for (let subject = 0; subject < subjects; subject++) {
    const level = HIDDEN * Math.exp(0.5 * random.normal())
    for (const target of [0, null])
      for (let k = 3 + random.below(5); k > 0; k--)
        drafts.push({ subject, target, counted: use(random, level, target !== null) })
  }
  return { windows: draftWindows(drafts) }
}

const honest = (random: Random, level: number) => poisson(random, level)
const stopping = (random: Random, level: number, aimed: boolean) =>
  aimed && random.next() < 0.5 ? HIDDEN + random.below(3) : honest(random, level)
const heaping = (random: Random, level: number) => {
  const used = honest(random, level)
  return random.next() < 0.4 ? Math.max(5, Math.round(used / 5) * 5) : used
}
const scheduled = (random: Random) => {
  const drafts: DraftWindow[] = []
  for (let subject = 0; subject < 8; subject++) {
    const [before, after] = [4 + random.below(20), 4 + random.below(20)]
    for (let k = 0; k < 10; k++)
      drafts.push({ subject, target: 0, counted: after }, { subject, target: null, counted: before })
  }
  return { windows: draftWindows(drafts) }
}
const options = { ...hiddenThresholds.options, draws: 99 }
/** The test itself with fewer draws of its null, which makes it no more lenient. */
const quick = { ...hiddenThresholds, options }

testPattern(quick, {
  draw: (random) => story(random),
  plant: (random) => story(random, { use: stopping }),
  power: 0.8,
  traps: {
    'round-numbers': (random) => story(random, { use: heaping }),
    'changed-habit': scheduled,
  },
  untestable: { 'of the same 8 subjects': (random) => story(random, { subjects: 5 }) },
})

it('names the threshold, and none within five of a target that is known', () => {
  const inputs = story(randomStream(1, 'hidden'), { use: stopping })
  const measured = hiddenThresholds.measure(inputs, {
    options: hiddenThresholds.options,
    random: randomStream(1, 'H2'),
  })
  if (measured.status !== 'tested') throw new Error(measured.lacks.join())
  expect(measured.statement).toMatch(/likeliest threshold of weekly among \d+ candidates is 12: \d+ % of \d+ windows/)
  const { subject, counted, aimed } = inputs.windows
  const scored = scoreWindows({ subject, counted, aimed, targets: [HIDDEN] }, options)!
  for (const { value } of scored.candidates) expect(Math.abs(value - HIDDEN)).toBeGreaterThan(5)
})
