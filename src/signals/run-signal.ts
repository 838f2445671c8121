import type { Feature, FeatureContext } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import { randomStream } from '../statistics/random.ts'
import type { Signal, SignalResult } from './signal.ts'

/**
 * Runs one signal by itself: tables that were not collected make it unavailable, an exception becomes its result,
 * and its random numbers depend on (seed, signal id) alone.
 */
export async function runSignal(
  signal: Signal,
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  seed: number,
  options: { readonly [name: string]: number } = {},
): Promise<SignalResult> {
  const features = Object.entries(signal.requires) as [string, Feature<unknown>][]
  const missing = [...new Set(features.flatMap(([, feature]) => feature.reads))].filter((table) => !filled.has(table))
  if (missing.length > 0) return { status: 'unavailable', missing }
  try {
    const inputs: { [name: string]: unknown } = {}
    for (const [name, feature] of features) inputs[name] = await context.get(feature)
    const random = randomStream(seed, signal.id)
    const measured = signal.measure(inputs as never, { options: { ...signal.options, ...options }, random })
    return { status: 'measured', ...measured }
  } catch (error) {
    return { status: 'error', message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}
