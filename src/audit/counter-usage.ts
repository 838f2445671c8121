import { aimedWindows } from '../features/aimed-windows.ts'
import type { FeatureContext } from '../features/feature.ts'
import { subjectUsage } from '../features/subject-usage.ts'
import type { CounterUsage } from '../score/rungs.ts'
import { bunching } from '../tokenmaxxing/bunching.ts'
import { PATTERN_LEVEL, type PatternOutcome } from '../tokenmaxxing/run-patterns.ts'
import { targetStops } from '../tokenmaxxing/target-stops.ts'

/** What W4 rests on: usage in windows that stop at their target, where the test of bunching found that they do. */
export async function counterUsage(
  { get }: FeatureContext,
  outcomes: readonly PatternOutcome[],
): Promise<CounterUsage> {
  const { result, fired } = outcomes.find(({ test }) => test.id === bunching.id) ?? {}
  if (result?.status !== 'tested') {
    const why = result?.status === 'untestable' ? `it lacks ${result.lacks.join('; ')}` : 'it did not run'
    return { status: 'unavailable', reason: `whether usage stops at a target could not be tested: ${why}` }
  }
  const found = result.groups.filter(({ pValue }) => pValue * result.groups.length <= PATTERN_LEVEL)
  if (!fired || found.length === 0)
    return { status: 'measured', usages: new Int32Array(), notes: ['No target at which usage stops was found.'] }
  const names = new Set(found.map(({ group }) => group))
  return { status: 'measured', ...targetStops(await get(aimedWindows), await get(subjectUsage), names) }
}
