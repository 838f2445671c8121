import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs } from '../clusters/entity-pairs.ts'
import { economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import { type Measure, measures } from '../score/certified.ts'
import type { PublishedValue } from '../score/published.ts'
import type { Bounds } from './scene.ts'
import { boundOfValues } from './score-entities.ts'
import { flaggedRows, type SignalValues } from './tested-evidence.ts'

/** What the values of signals come to: the same for the audit itself and for every row of the sensitivity table. */
export type Headline = {
  /** Entities that at least one signal with a null model flags. */
  readonly flagged: number
  readonly L1: { readonly [measure in Measure]: PublishedValue }
}

/** Values of signals in the context that they were measured in, as figures of the report. */
export async function headlineOf(
  measured: readonly SignalValues[],
  { get }: FeatureContext,
  bounds: Bounds,
): Promise<Headline> {
  const entities = await get(entityMap)
  const isFlagged = new Uint8Array(entities.count)
  for (const one of measured) {
    const rows = flaggedRows(one)
    one.values.entity.forEach((entity, row) => {
      isFlagged[entity]! |= rows[row]!
    })
  }
  const flagged = isFlagged.reduce((sum, is) => sum + is, 0)
  if (bounds.missing !== null) return { flagged, L1: noBounds(bounds.missing) }
  const market = { payments: (await get(economy)).payments, entities, pairs: await get(entityPairs) }
  const valuesOf = new Map(measured.map(({ signal, values }) => [signal, values]))
  return { flagged, L1: boundOfValues(valuesOf, market, bounds) }
}

function noBounds(reason: string): Headline['L1'] {
  const absent: PublishedValue = { status: 'unavailable', reason }
  return Object.fromEntries(measures.map((measure) => [measure, absent])) as Headline['L1']
}
