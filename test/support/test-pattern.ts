import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import type { PatternResult, PatternTest } from '../../src/tokenmaxxing/pattern-test.ts'

/** Values of the features that a test requires, by the names under which it requires them. */
export type PatternInputs = { readonly [feature: string]: unknown }

export type PatternContract = {
  /** Inputs in which the null holds, with unequal subjects and heavy tails. */
  readonly draw: (random: Random) => PatternInputs
  /** Inputs with the pattern planted. */
  readonly plant: (random: Random) => PatternInputs
  /** Share of planted draws with a p-value of at most .05. */
  readonly power: number
  /** Inputs for each false positive that the test declares and rules out. */
  readonly traps: { readonly [falsePositive: string]: (random: Random) => PatternInputs }
  /** Inputs that lack something, by what must be said to be lacking. */
  readonly untestable: { readonly [lacking: string]: (random: Random) => PatternInputs }
  /** Draws under the null. Default 2,000. */
  readonly draws?: number
}

const LEVELS = [0.05, 0.01]
const PLANTED_DRAWS = 60
const TRAP_DRAWS = 400

/** What every test of the pattern must keep (DESIGN §9). */
export function testPattern(declared: unknown, contract: PatternContract): void {
  const test = declared as PatternTest
  const { draw, plant, power, traps, untestable, draws = 2_000 } = contract
  const measure = (inputs: PatternInputs, seed: number) =>
    test.measure(inputs as never, { options: test.options, random: randomStream(seed, test.id) })

  /** Draws that could be tested, and how many of them reach each level. */
  const sizes = (scenario: (random: Random) => PatternInputs, count: number, name: string) => {
    const pValues: number[] = []
    for (let seed = 1; seed <= count; seed += 1) {
      const result = measure(scenario(randomStream(seed, name)), seed)
      if (result.status === 'tested') pValues.push(result.pValue)
    }
    expect(pValues.length, 'draws that could be tested').toBeGreaterThan(count / 2)
    for (const level of LEVELS) {
      const rejected = pValues.filter((p) => p <= level).length
      expect(clopperPearson(rejected, pValues.length, 0.98).low, `size at ${level}`).toBeLessThanOrEqual(level)
    }
  }

  describe(`${test.id} ${test.name} keeps the contract of pattern tests`, () => {
    it('has a trap for each false positive that it rules out', () => {
      const ruledOut = test.falsePositives.filter(({ staysOpen }) => !staysOpen).map(({ id }) => id)
      expect(Object.keys(traps).sort()).toEqual(ruledOut.sort())
    })

    it('rejects no more often than it says under its null', () => {
      sizes(draw, draws, `null of ${test.id}`)
    }, 60_000)

    for (const [id, trap] of Object.entries(traps))
      it(`is calibrated under ${id}`, () => {
        sizes(trap, TRAP_DRAWS, `${id} of ${test.id}`)
      }, 60_000)

    it('finds what was planted', () => {
      let found = 0
      for (let seed = 1; seed <= PLANTED_DRAWS; seed += 1) {
        const result = measure(plant(randomStream(seed, `planted for ${test.id}`)), seed)
        if (result.status === 'tested' && result.pValue <= 0.05) found += 1
      }
      expect(found / PLANTED_DRAWS).toBeGreaterThanOrEqual(power)
    }, 60_000)

    for (const [lacking, scenario] of Object.entries(untestable))
      it(`says that it cannot be tested without ${lacking}`, () => {
        const result = measure(scenario(randomStream(1, lacking)), 1)
        expect(result.status === 'untestable' ? result.lacks.join(' ') : result).toContain(lacking)
      })

    it('says the same twice, and its numbers in one sentence', () => {
      const inputs = plant(randomStream(1, `planted for ${test.id}`))
      const first = measure(inputs, 1)
      expect(measure(inputs, 1)).toEqual(first)
      expectSentence(first)
    })
  })
}

function expectSentence(result: PatternResult): void {
  if (result.status !== 'tested') throw new Error('the planted draw could not be tested')
  expect(result.statement).toMatch(/\d/)
  expect(result.statement).toMatch(/\.$/)
  expect(result.groups.length).toBeGreaterThan(0)
  for (const { low, value, high } of [result.effect, ...result.groups.map(({ effect }) => effect)])
    if (low !== null && high !== null) {
      expect(low).toBeLessThanOrEqual(value)
      expect(value).toBeLessThanOrEqual(high)
    }
}
