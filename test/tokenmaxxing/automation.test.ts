import { describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { automation } from '../../src/tokenmaxxing/automation.ts'
import { type CutStory, cutStory, type Subject } from '../support/cut-story.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = CutStory & {
  /** Share of all that ask by a program throughout, and of the rewarded that do until the date. */
  readonly programs?: number
  readonly automating?: number
  /** Share of all that turn from a program to asking by hand at the date. */
  readonly turning?: number
  readonly sessions?: boolean
}

type Kind = { readonly before: boolean; readonly after: boolean; readonly gap: number }

/** Who asks by hand asks by chance or in sessions; a program asks on a beat of its own, a little late each time. */
function story(random: Random, told: Story = {}) {
  const { programs = 0.2, automating = 0, turning = 0, sessions = false, ...cut } = told
  const kinds = new Map<number, Kind>()
  const draw = ({ isRewarded }: Subject, count: number): Kind => {
    const after = random.next() < programs
    const before = after || random.next() < turning || (isRewarded && random.next() < automating)
    return { before, after, gap: 7 / Math.max(5, count) }
  }
  return cutStory(
    random,
    () => () => ({}),
    cut,
    (subject, isAfter, count) => {
      const kind = kinds.get(subject.number) ?? draw(subject, count)
      kinds.set(subject.number, kind)
      if (isAfter ? kind.after : kind.before) return beat(random, kind.gap)
      return sessions ? inSessions(random, count) : Array.from({ length: count }, () => 7 * random.next())
    },
  )
}

const beat = (random: Random, gap: number) =>
  Array.from({ length: Math.floor(7 / gap) }, (_, k) => gap * (k + 0.1 * random.next()))

function inSessions(random: Random, count: number): number[] {
  const days: number[] = []
  while (days.length < count) {
    let at = random.below(7) + 0.4 + 0.1 * random.next()
    for (let left = 1 + random.below(6); left > 0 && days.length < count; left--) {
      days.push(at)
      at += 0.002 * random.exponential()
    }
  }
  return days
}

testPattern(automation, {
  draw: (random) => story(random, { sessions: random.next() < 0.5 }),
  plant: (random) => story(random, { rewarded: 40, automating: 0.5 }),
  power: 0.75,
  traps: {
    'fewer-requests': (random) => story(random, { drop: 0.6, level: 20 }),
    sessions: (random) => story(random, { sessions: true, programs: 0.4 }),
    'all-automate': (random) => story(random, { turning: 0.4 }),
  },
  untestable: {
    'requests, 8 in the 7 days before': (random) => story(random, { rewarded: 5 }),
    'the date at which it ended': (random) => story(random, { cuts: [] }),
  },
})

describe('H6', () => {
  it('says what it found and accuses nobody', () => {
    const inputs = story(randomStream(1, 'automating'), { automating: 0.8 })
    const result = automation.measure(inputs, { options: automation.options, random: randomStream(1, 'H6') })
    if (result.status !== 'tested') throw new Error('not tested')
    expect(result.effect.low).toBeGreaterThan(0.2)
    expect(result.statement).toMatch(/asked at regular intervals, against \d+ % and \d+ % of \d+ others/)
    expect(automation.role).toBe('context')
  })
})
