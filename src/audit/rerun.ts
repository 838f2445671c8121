import { type Feature, type FeatureContext, isUnchanged } from '../features/feature.ts'
import { measureSignal } from '../signals/run-signal.ts'
import type { Signal } from '../signals/signal.ts'
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts'
import type { SignalValues } from './tested-evidence.ts'

/** What signals with a null model measure in another context or with other options; a reason where one threw. */
export type Rerun = { readonly measured: readonly SignalValues[]; readonly failed: ReadonlyMap<Signal, string> }

/** Signals measured in a context that replaces features of the one of `known`; what rests on none of these is not measured anew. */
export async function rerun(known: readonly SignalValues[], context: FeatureContext, seed: number): Promise<Rerun> {
  const measured: SignalValues[] = []
  const failed = new Map<Signal, string>()
  for (const values of known) {
    const { signal } = values
    const again = (await rests(signal, context)) ? values : await rerunOne(signal, context, seed)
    if (typeof again === 'string') failed.set(signal, again)
    else measured.push(again)
    context.onStage?.(`signal ${signal.id}`)
  }
  return { measured, failed }
}

/** Where a feature throws, the signal does as it is measured. */
function rests({ requires }: Signal, context: FeatureContext): Promise<boolean> {
  return isUnchanged(context, Object.values(requires) as Feature<unknown>[]).catch(() => false)
}

export async function rerunOne(
  signal: Signal,
  context: FeatureContext,
  seed: number,
  options: { readonly [name: string]: number } = {},
): Promise<SignalValues | string> {
  try {
    const { values } = await measureSignal(signal, context, seed, options)
    return values === undefined ? 'it measured nothing' : { signal, values, qValue: benjaminiHochberg(values.pValue) }
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}
