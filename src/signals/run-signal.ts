import { type EntityMap, entityMap } from '../clusters/entity-map.ts'
import { type Economy, economy } from '../features/economy.ts'
import type { Feature, FeatureContext } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts'
import { randomStream } from '../statistics/random.ts'
import type { EntityValues, Finding, Measurement, Signal, SignalResult } from './signal.ts'

/** False discovery rate among what a signal with a null model lists as findings. */
export const FINDING_LEVEL = 0.05
/** Findings of one signal that come with rows of the economy; the values of all stand in the evidence. */
const MOST_SHOWN = 100
const NOTHING_SHOWN = { payments: [], transfers: [] }

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
  const features = Object.values(signal.requires) as Feature<unknown>[]
  const missing = [...new Set(features.flatMap(({ reads }) => reads))].filter((table) => !filled.has(table))
  if (missing.length > 0) return { status: 'unavailable', missing }
  try {
    const measured = await measureSignal(signal, context, seed, options)
    if (measured.values === undefined) return { status: 'measured', ...measured }
    const qValue = benjaminiHochberg(measured.values.pValue)
    // A schedule is no finding, whatever its p-value: what it says is context.
    if (isContext(signal)) return { status: 'measured', ...measured, findings: [], qValue }
    const findings = findingsOf(measured.values, qValue, await context.get(entityMap), await context.get(economy))
    return { status: 'measured', ...measured, findings, qValue }
  } catch (error) {
    return { status: 'error', message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}

/** Regularity is context: nobody is flagged for it. */
export function isContext({ family }: Pick<Signal, 'family'>): boolean {
  return family === 'F4'
}

/** What a signal measures in a context, which may hold another economy than the ledger; throws what the signal throws. */
export async function measureSignal(
  signal: Signal,
  context: FeatureContext,
  seed: number,
  options: { readonly [name: string]: number } = {},
): Promise<Measurement> {
  const inputs: { [name: string]: unknown } = {}
  for (const [name, feature] of Object.entries(signal.requires))
    inputs[name] = await context.get(feature as Feature<unknown>)
  const random = randomStream(seed, signal.id)
  return signal.measure(inputs as never, { options: { ...signal.options, ...options }, random })
}

/** Entities whose q-value is at the level, the least likely under the null first, with the rows that show it. */
function findingsOf(
  values: EntityValues,
  qValue: Float64Array,
  { founder }: EntityMap,
  { names }: Pick<Economy, 'names'>,
): Finding[] {
  const { entity, statistic, pValue } = values
  const flagged = Array.from(entity.keys()).filter((row) => qValue[row]! <= FINDING_LEVEL)
  flagged.sort((a, b) => pValue[a]! - pValue[b]! || statistic[b]! - statistic[a]! || entity[a]! - entity[b]!)
  return flagged.map((row, place) =>
    testedFinding(values, qValue, row, names[founder[entity[row]!]!]!, place < MOST_SHOWN),
  )
}

/** What one value says, with the rows that show it where they are asked for. */
export function testedFinding(
  values: EntityValues,
  qValue: Float64Array,
  row: number,
  wallet: string,
  isShown = true,
): Finding {
  const { payments, transfers } = isShown ? values.evidence(row) : NOTHING_SHOWN
  return {
    subjects: [wallet],
    payments: payments.map((usage) => ({ usage, level: 'none', returned: 0n, returns: [] })),
    transfers: [],
    pValue: values.pValue[row]!,
    tested: { statistic: values.statistic[row]!, qValue: qValue[row]!, shown: transfers },
  }
}
