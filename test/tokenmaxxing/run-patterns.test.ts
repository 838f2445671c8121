import { describe, expect, it } from 'vitest'
import { programmeWindows } from '../../src/features/programme-windows.ts'
import type { TableName } from '../../src/records/index.ts'
import type { PatternTest } from '../../src/tokenmaxxing/pattern-test.ts'
import { runPatterns } from '../../src/tokenmaxxing/run-patterns.ts'
import { withLedger } from '../support/ledger-with.ts'
import { usageEvent } from '../support/records.ts'

const saying = (id: `H${number}`, pValue: number, role: PatternTest['role'] = 'test'): PatternTest => ({
  ...{ id, role, name: id, phrase: '', claim: '', requires: {}, options: {} },
  ...{ statistic: { name: '', definition: '' }, nullModel: { name: '', exchangeable: '', heldFixed: '' } },
  ...{ falsePositives: [], blindSpots: [], references: [] },
  measure: () => ({
    ...{ status: 'tested', pValue, statement: 'It is 1.', groups: [] },
    effect: { name: '', value: 1, low: null, high: null },
  }),
})

const window = {
  ...{ protocol: 'test', programme: 'weekly', source: 'test', from_time: 1_000, to_time: 2_000 },
  ...{ counted: 7n, target: null, reward: 10n ** 30n },
}
const facts = {
  usage_events: [usageEvent()],
  windows: [
    { ...window, subject: 'a' },
    { ...window, subject: 'b' },
  ],
}
const run = (tests: readonly PatternTest[], filled: readonly TableName[] = ['usage_events', 'windows']) =>
  withLedger(facts, ({ context }) => runPatterns(tests, context, new Set(filled), 1))

describe('runPatterns', () => {
  it('holds q-values against how many could be tested, and lets context never fire', async () => {
    const outcomes = await run([saying('H1', 0.03), saying('H2', 0.9), saying('H6', 0.0001, 'context')])
    expect(outcomes.map(({ qValue, fired }) => [qValue, fired])).toEqual([
      [0.06, false],
      [0.9, false],
      [Number.NaN, false],
    ])
  })

  it('says which data a test lacks, and takes an exception for the result of that test alone', async () => {
    const broken: PatternTest = {
      ...saying('H3', 0.1),
      measure: () => {
        throw new Error('no such rank')
      },
    }
    const outcomes = await run([{ ...saying('H1', 0.01), requires: { programmeWindows } }, broken], ['usage_events'])
    expect(outcomes.map(({ result }) => result)).toEqual([
      {
        status: 'untestable',
        lacks: ['windows in which a programme counts usage against a target (table windows)'],
      },
      { status: 'error', message: 'no such rank' },
    ])
  })

  it('reads windows as columns, what is not known as NaN', () =>
    withLedger(facts, async ({ context }) => {
      const windows = await context.get(programmeWindows)
      expect(windows.subjects).toEqual(['a', 'b'])
      expect(windows.programmes).toEqual([{ protocol: 'test', programme: 'weekly' }])
      expect([...windows.counted, ...windows.target, ...windows.reward]).toEqual([7, 7, ...Array(4).fill(Number.NaN)])
      expect([...windows.from, ...windows.to]).toEqual([1_000, 1_000, 2_000, 2_000])
    }))
})
