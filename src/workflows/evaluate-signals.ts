import { entityMap } from '../clusters/entity-map.ts'
import { economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import type { Recording } from '../simulation/index.ts'
import { runSignals } from './calibrate.ts'
import { entityTruth } from './entity-truth.ts'

/** Of the entities of one kind that a signal tested, how many have so small a p-value. */
export type SignalRate = { tested: number; at05: number; at01: number }
/** By signal, then by honest class or adversary. */
export type SignalRates = { readonly [signal: string]: { readonly [kind: string]: SignalRate } }

/** How often each signal with a null model marks entities of each kind, by what they really are in the role it looks at. */
export async function signalRates(context: FeatureContext, recording: Recording): Promise<SignalRates> {
  const entities = await context.get(entityMap)
  const { names } = await context.get(economy)
  const kindOf = {
    payer: entityTruth(recording, names, entities, 'payer'),
    payee: entityTruth(recording, names, entities, 'payee'),
  }
  const found: { [signal: string]: { [kind: string]: SignalRate } } = {}
  for (const [signal, result] of await runSignals(context)) {
    if (result.status !== 'measured' || result.values === undefined) continue
    const { role, entity, pValue } = result.values
    const rates: { [kind: string]: SignalRate } = {}
    found[signal.id] = rates
    entity.forEach((one, row) => {
      const kind = kindOf[role][one]
      if (kind === null || kind === undefined) return
      rates[kind] ??= { tested: 0, at05: 0, at01: 0 }
      const rate = rates[kind]
      rate.tested += 1
      if (pValue[row]! <= 0.05) rate.at05 += 1
      if (pValue[row]! <= 0.01) rate.at01 += 1
    })
  }
  return found
}

/** Rates over several worlds, by signal and kind. */
export function sumRates(worlds: readonly SignalRates[]): SignalRates {
  const sums: { [signal: string]: { [kind: string]: SignalRate } } = {}
  for (const [id, kinds] of worlds.flatMap((world) => Object.entries(world)))
    for (const [kind, rate] of Object.entries(kinds)) {
      sums[id] ??= {}
      sums[id][kind] ??= { tested: 0, at05: 0, at01: 0 }
      const sum = sums[id][kind]
      for (const name of ['tested', 'at05', 'at01'] as const) sum[name] += rate[name]
    }
  return sums
}
