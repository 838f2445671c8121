import { describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { bunching } from '../../src/tokenmaxxing/bunching.ts'
import { type DraftWindow, draftWindows, poisson } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly target: number
  readonly subjects?: number
  readonly aimed?: number
  readonly idle?: number
  /** What a subject of a level uses in a window that aims at the target, or at nothing. */
  readonly use?: (random: Random, level: number, aimed: boolean) => number
}

/** Subjects of very unequal levels, with unequally many windows. */
function story(random: Random, { target, subjects = 40, aimed = 10, idle = 10, use = honest }: Story) {
  const drafts: DraftWindow[] = []
  for (let subject = 0; subject < subjects; subject++) {
    const level = target * Math.exp(0.7 * random.normal())
    const windows = (count: number) => Math.round(count * (0.25 + 1.5 * random.next()))
    for (let k = windows(aimed); k > 0; k--) drafts.push({ subject, target, counted: use(random, level, true) })
    for (let k = windows(idle); k > 0; k--) drafts.push({ subject, target: null, counted: use(random, level, false) })
  }
  return { windows: draftWindows(drafts) }
}

const honest = (random: Random, level: number) =>
  level < 12
    ? poisson(random, level * Math.exp(0.3 * random.normal()))
    : Math.round(level * Math.exp(0.35 * random.normal()))
/** Half stop one after the target when it counts, whatever they would have used. */
const stopping = (target: number, share: number) => (random: Random, level: number, aimed: boolean) =>
  aimed && random.next() < share ? target + 1 : honest(random, level)
const rising = (random: Random, level: number, aimed: boolean) => honest(random, aimed ? 1.5 * level : level)
const heaping = (random: Random, level: number) => {
  const used = honest(random, level)
  return random.next() < 0.25 ? Math.max(5, Math.round(used / 5) * 5) : used
}
/** Schedulers with a fixed number of jobs, set anew when the programme began. */
const scheduled = (random: Random) => {
  const drafts: DraftWindow[] = []
  for (let subject = 0; subject < 8; subject++) {
    const [before, after] = [1 + random.below(9), 1 + random.below(9)]
    for (let k = 0; k < 30; k++)
      drafts.push({ subject, target: 4, counted: after }, { subject, target: null, counted: before })
  }
  return { windows: draftWindows(drafts) }
}

describe('with a small target, by the exact test', () => {
  testPattern(bunching, {
    draw: (random) => story(random, { target: 4 }),
    plant: (random) => story(random, { target: 4, use: stopping(4, 0.4) }),
    power: 0.9,
    traps: {
      'round-numbers': (random) => story(random, { target: 5, use: heaping }),
      'level-shift': (random) => story(random, { target: 4, use: rising }),
      'changed-habit': scheduled,
    },
    untestable: {
      'windows without reward': (random) => story(random, { target: 4, idle: 0 }),
      'at least 40 windows': (random) => story(random, { target: 4, subjects: 2, aimed: 3 }),
    },
  })
})

describe('with a larger target, by the curve', () => {
  const large = { target: 30, subjects: 80, aimed: 16, idle: 8 }
  testPattern(bunching, {
    draw: (random) => story(random, large),
    plant: (random) => story(random, { ...large, use: stopping(30, 0.2) }),
    power: 0.9,
    traps: {
      'round-numbers': (random) => story(random, { ...large, use: heaping }),
      'level-shift': (random) => story(random, { ...large, use: rising }),
      'changed-habit': scheduled,
    },
    untestable: {},
    draws: 1_000,
  })

  it('does without windows that aim at nothing, and says so', () => {
    const inputs = story(randomStream(1, 'alone'), { ...large, idle: 0, use: stopping(30, 0.3) })
    const result = bunching.measure(inputs, { options: bunching.options, random: randomStream(1, 'H1') })
    if (result.status !== 'tested') throw new Error(result.lacks.join())
    expect(result.pValue).toBeLessThan(0.001)
    expect(result.statement).toMatch(/windows of weekly, target 30, end from 30 to 32, .*no windows without reward/)
    expect(result.statement).toMatch(/9\d % of them end at exactly 31, as software does/)
  })
})

it('finds the right one of two targets', () => {
  const random = randomStream(3, 'two targets')
  const one = (programme: number, target: number, share: number) => {
    const drafts: DraftWindow[] = []
    for (let subject = 0; subject < 50; subject++)
      for (let k = 0; k < 20; k++) {
        const use = stopping(target, share)
        drafts.push({ subject, programme, target, counted: use(random, 6, true) })
        drafts.push({ subject, programme, target: null, counted: use(random, 6, false) })
      }
    return drafts
  }
  const windows = draftWindows([...one(0, 4, 0), ...one(1, 7, 0.4)], ['four', 'seven'])
  const result = bunching.measure({ windows }, { options: bunching.options, random })
  if (result.status !== 'tested') throw new Error(result.lacks.join())
  expect(result.groups.map(({ group, pValue }) => [group, pValue < 0.01])).toEqual([
    ['seven, target 7', true],
    ['four, target 4', false],
  ])
})
