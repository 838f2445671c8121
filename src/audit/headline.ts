import { type EntityMap, entityMap } from '../clusters/entity-map.ts'
import { entityPairs } from '../clusters/entity-pairs.ts'
import { type Payments, payments } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import type { TypedColumns } from '../ledger/ledger.ts'
import { type Calibration, isEvidence } from '../score/calibration.ts'
import { type Measure, measures } from '../score/certified.ts'
import { familyEvidence, type Testimony } from '../score/entity-evidence.ts'
import { boundScores, nullBounds } from '../score/null-bound.ts'
import type { PublishedValue } from '../score/published.ts'
import { entityVolumes, ownShares } from '../score/volumes.ts'
import type { Signal } from '../signals/signal.ts'
import { isFlagged, type SignalValues } from './tested-evidence.ts'

/** What a lower bound of other values is held against. */
export type Bounds = {
  /** Every signal of the audit. */
  readonly signals: readonly Signal[]
  readonly consumers: TypedColumns
  readonly calibration: Calibration
  /** Why the audit has no lower bound, so that no row has one; null: it has. */
  readonly missing: string | null
}

/** What the values of signals come to: the same for the audit itself and for every row of the sensitivity table. */
export type Headline = {
  /** Entities that at least one signal with a null model flags. */
  readonly flagged: number
  readonly L1: { readonly [measure in Measure]: PublishedValue }
}

/** Entities of a market, and what the lower bound over it takes from payments alone. */
export type Market = {
  readonly payments: Payments
  readonly entities: EntityMap
  /** Null: there is no lower bound. */
  readonly boundOf: ((testimonies: readonly Testimony[]) => Headline['L1']) | null
}

/** The market of a context, which is the known one where neither payments nor entities differ. */
export async function marketOf({ get }: FeatureContext, bounds: Bounds, known?: Market): Promise<Market> {
  const [all, entities] = [await get(payments), await get(entityMap)]
  if (known?.payments === all && known.entities === entities) return known
  if (bounds.missing !== null) return { payments: all, entities, boundOf: null }
  const evidenceOf = familyEvidence(await get(entityPairs))
  const own = ownShares(all, entities)
  const boundOf = nullBounds(entityVolumes(all, entities, bounds.consumers), bounds.calibration)
  return {
    ...{ payments: all, entities },
    boundOf: (testimonies) => boundOf(boundScores(evidenceOf(testimonies).nats, own)).L1,
  }
}

/** Values of signals in the market that they were measured in, as figures of the report. */
export function headlineOf(measured: readonly SignalValues[], { entities, boundOf }: Market, bounds: Bounds): Headline {
  const flagged = countFlagged(measured, entities.count)
  if (boundOf === null) return { flagged, L1: noBounds(bounds.missing ?? '') }
  const valuesOf = new Map(measured.map(({ signal, values }) => [signal, values]))
  const said = bounds.signals.filter(isEvidence).map((signal) => ({ signal, values: valuesOf.get(signal) ?? null }))
  return { flagged, L1: boundOf(said) }
}

function countFlagged(measured: readonly SignalValues[], count: number): number {
  const isAny = new Uint8Array(count)
  for (const one of measured)
    one.values.entity.forEach((entity, row) => {
      if (isFlagged(one, row)) isAny[entity] = 1
    })
  return isAny.reduce((sum, is) => sum + is, 0)
}

function noBounds(reason: string): Headline['L1'] {
  const absent: PublishedValue = { status: 'unavailable', reason }
  return Object.fromEntries(measures.map((measure) => [measure, absent])) as Headline['L1']
}
