import type { Feature, FeatureContext } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts'
import { randomStream } from '../statistics/random.ts'
import type { PatternResult, PatternTest } from './pattern-test.ts'

/** False discovery rate among the tests that fire. */
export const PATTERN_LEVEL = 0.05

export type PatternOutcome = {
  readonly test: PatternTest
  readonly result: PatternResult | { readonly status: 'error'; readonly message: string }
  /** NaN: not testable. */
  readonly qValue: number
  /** Tested, at the level, and no mere context. */
  readonly fired: boolean
}

/**
 * Runs every test of the pattern by itself. Tests are counted, k of n testable, and never added up into a probability:
 * they are not independent, and each says something else.
 */
export async function runPatterns(
  tests: readonly PatternTest[],
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  seed: number,
): Promise<PatternOutcome[]> {
  const results: PatternOutcome['result'][] = []
  for (const test of tests) results.push(await runPattern(test, context, filled, seed))
  const pValues = results.map((result, i) =>
    result.status === 'tested' && tests[i]!.role === 'test' ? result.pValue : Number.NaN,
  )
  const qValues = benjaminiHochberg(Float64Array.from(pValues))
  return tests.map((test, i) => ({
    ...{ test, result: results[i]! },
    ...{ qValue: qValues[i]!, fired: qValues[i]! <= PATTERN_LEVEL },
  }))
}

async function runPattern(
  test: PatternTest,
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  seed: number,
): Promise<PatternOutcome['result']> {
  const features = Object.entries(test.requires) as [string, Feature<unknown>][]
  const missing = [...new Set(features.flatMap(([, feature]) => feature.reads))].filter((table) => !filled.has(table))
  if (missing.length > 0) return { status: 'untestable', lacks: missing.map((table) => tableWords[table] ?? table) }
  try {
    const inputs: { [name: string]: unknown } = {}
    for (const [name, feature] of features) inputs[name] = await context.get(feature)
    return test.measure(inputs as never, { options: test.options, random: randomStream(seed, test.id) })
  } catch (error) {
    return { status: 'error', message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}

/** What a missing table means to a reader. */
const tableWords: { readonly [table in TableName]?: string } = {
  windows: 'windows in which a programme counts usage against a target (table windows)',
  rewards: 'rewards that a programme paid (table rewards)',
  transfers: 'transfers of value (table transfers)',
  usage_events: 'usage (table usage_events)',
}
