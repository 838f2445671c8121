import { describe, expect, it } from 'vitest'
import { patterns } from '../../../src/tokenmaxxing/index.ts'
import { evaluatePattern } from '../../../src/workflows/pattern/evaluate-pattern.ts'
import {
  type EvaluatedPattern,
  evaluatePatternWorld,
  type PatternWorld,
  type RewardsWorld,
} from '../../../src/workflows/pattern/evaluate-world.ts'
import { renderPattern } from '../../../src/workflows/pattern/render-pattern.ts'
import { coverageOfRewards } from '../../../src/workflows/pattern/reward-coverage.ts'

const truth = { W0: 10, W4: 20, together: 30, all: 100 }
const exact = { amount: 20, low: 15, high: 25 }
const rewards: RewardsWorld = {
  ...{ truth, L0: 10, U1: 40, W0: { amount: 10, low: 5, high: 15 }, W4: exact },
  together: { amount: 30, low: 20, high: 40 },
}

describe('coverageOfRewards', () => {
  it('counts intervals that hold the average, and bounds that hold in their world', () => {
    const missed = { ...rewards, W4: { amount: 0, low: 0, high: 5 }, L0: 31, U1: 20 }
    const { levels, L0, U1, found, truthShare } = coverageOfRewards([rewards, rewards, rewards, missed])
    expect(levels.map(({ level, expected, truth }) => [level, expected.holds, truth])).toEqual([
      ['W0', 4, 10],
      ['W4', 3, 20],
      ['W0 to W4', 4, 30],
    ])
    expect([L0.holds, U1.holds, found.holds, truthShare]).toEqual([3, 3, 3, 0.3])
    // Clopper and Pearson, one-sided 99 %: 4 of 4 is at least 0.01^(1/4).
    expect(levels[0]!.expected.low).toBeCloseTo(0.01 ** 0.25, 6)
  })
})

/** H1 is small in every second honest world and in all others, and fires there; H2 is never testable. */
async function drawn(world: PatternWorld): Promise<EvaluatedPattern> {
  const isGamed = world.stoppers > 0
  const pValue = isGamed || world.seed % 2 === 0 ? 0.005 : 0.5
  return {
    world,
    tests: [
      { id: 'H1', role: 'test', pValue, fired: isGamed },
      { id: 'H2', role: 'test', pValue: Number.NaN, fired: false },
    ],
    rewards: world.withRewards ? rewards : null,
  }
}

describe('evaluatePattern', () => {
  it('tells size from power, and what was not testable', async () => {
    const evaluation = await evaluatePattern({ seeds: 8, patternSeeds: 4, firstSeed: 1001, evaluateOne: drawn })
    const [H1, H2] = evaluation.rows
    expect(H1!.size.map(({ level, holds, of }) => [level, holds, of])).toEqual([
      [0.05, 2, 4],
      [0.01, 2, 4],
    ])
    expect(H1!.power.map(({ share, fired }) => [share, fired.holds])).toEqual([
      [0.01, 4],
      [0.05, 4],
      [0.2, 4],
    ])
    expect([H2!.testable.holds, H2!.testable.of, H2!.size[0]!.of]).toEqual([0, 4, 0])
    expect(evaluation.signature.atLeast.map(({ holds }) => holds)).toEqual([0, 0])
    expect([evaluation.coverage.high.worlds, evaluation.coverage.middle.worlds]).toEqual([8, 4])
    const text = renderPattern(evaluation, 'A machine.', 'washboard eval --pattern')
    expect(text).toMatch(/^\| H1 \| 4 of 4 \| 50 % \| .* \| 100 % \(100 %\) \|$/m)
    expect(text).toMatch(/^\| H2 \| 0 of 4 \| – \|/m)
    expect(text).toMatch(/^\| W4 \| .* \| 8 of 8 \| .* \| holds \|/m)
    expect(text).not.toMatch(/NaN|undefined/)
  })

  it('runs every test of the pattern in a world, with rewards where they are asked for', async () => {
    const world = { scenario: 'x', seed: 2, users: 30, target: 6, stoppers: 0.4, padders: 0.2, racers: 0 }
    const [bare, whole] = [
      await evaluatePatternWorld({ ...world, withRewards: false }),
      await evaluatePatternWorld({ ...world, withRewards: true }),
    ]
    expect(bare.tests.map(({ id }) => id)).toEqual(patterns.map(({ id }) => id))
    expect(whole.tests).toEqual(bare.tests)
    expect(bare.rewards).toBeNull()
    expect(whole.rewards!.L0).toBeLessThanOrEqual(whole.rewards!.truth.together)
    expect(whole.rewards!.W0.amount).toBe(whole.rewards!.truth.W0)
  }, 60_000)
})
