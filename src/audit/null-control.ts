import type { Economy } from '../features/economy.ts'
import { type FeatureContext, replaceFeatures } from '../features/feature.ts'
import { shuffleEconomy } from '../features/shuffle-economy.ts'
import type { Report } from '../report/report.ts'
import { FINDING_LEVEL } from '../signals/run-signal.ts'
import { randomStream } from '../statistics/random.ts'
import { rerun } from './rerun.ts'
import { flaggedRows, type SignalValues, testedIn } from './tested-evidence.ts'

type Controls = Report['controls']
type Row = Extract<Controls, { status: 'measured' }>['signals'][number]

/** What the same signals flag on the economy as it is, and after payees and recipients have changed places (DESIGN §7). */
export async function nullControl(
  context: FeatureContext,
  measured: readonly SignalValues[],
  economy: Economy,
  seed: number,
): Promise<Controls> {
  const { economy: shuffled, moved } = shuffleEconomy(economy, randomStream(seed, 'null-model control'))
  context.onStage?.('null model: shuffle')
  const again = await rerun(measured, replaceFeatures(context, new Map([['economy', shuffled]]), 'null model'), seed)
  const bySignal = new Map(again.measured.map((values) => [values.signal, values]))
  return {
    status: 'measured',
    moved,
    signals: measured.map((real): Row => {
      const { signal } = real
      const values = bySignal.get(signal)
      return {
        signal: signal.id,
        real: counts(real),
        shuffled:
          values === undefined
            ? { status: 'unavailable', reason: again.failed.get(signal) ?? 'not measured' }
            : { status: 'measured', ...counts(values) },
      }
    }),
  }
}

/** Entities tested, with p ≤ .05, and with q ≤ .05. */
function counts(measured: SignalValues) {
  const { pValue } = measured.values
  const atLevel = pValue.reduce((sum, p) => sum + (p <= FINDING_LEVEL ? 1 : 0), 0)
  return { tested: testedIn(measured.values), atLevel, flagged: flaggedRows(measured).reduce((sum, is) => sum + is, 0) }
}
