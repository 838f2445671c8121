import { type EntityMap, entityMap } from '../clusters/entity-map.ts'
import { type Economy, economy } from '../features/economy.ts'
import type { Feature, FeatureContext } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts'
import { randomStream } from '../statistics/random.ts'
import type { EntityValues, Finding, Signal, SignalResult } from './signal.ts'

/** False discovery rate among what a signal with a null model lists as findings. */
export const FINDING_LEVEL = 0.05

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
    if (measured.values === undefined) return { status: 'measured', ...measured }
    // A schedule is no finding, whatever its p-value: what it says is context.
    if (signal.family === 'F4') return { status: 'measured', ...measured, findings: [] }
    const findings = findingsOf(measured.values, await context.get(entityMap), await context.get(economy))
    return { status: 'measured', ...measured, findings }
  } catch (error) {
    return { status: 'error', message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}

/** Entities whose q-value is at the level, with the rows that show it. */
function findingsOf(values: EntityValues, { founder }: EntityMap, { names }: Economy): Finding[] {
  const { entity, statistic, pValue } = values
  const qValue = benjaminiHochberg(pValue)
  return Array.from(entity.keys())
    .filter((row) => qValue[row]! <= FINDING_LEVEL)
    .map((row) => {
      const { payments, transfers } = values.evidence(row)
      return {
        subjects: [names[founder[entity[row]!]!]!],
        payments: payments.map((usage) => ({ usage, level: 'none', returned: 0n, returns: [] })),
        transfers: [],
        pValue: pValue[row]!,
        tested: { statistic: statistic[row]!, qValue: qValue[row]!, shown: transfers },
      }
    })
}
