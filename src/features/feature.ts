import type { Ledger } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'
import type { Price } from './value.ts'

/** The time over which usage is audited: [from, to) in UTC ms; null: no bound. */
export type AuditWindow = { readonly from: number | null; readonly to: number | null }

export type FeatureContext = {
  readonly ledger: Ledger
  readonly window: AuditWindow
  /** Prices of assets that the auditor gives. */
  readonly prices: readonly Price[]
  readonly onStage?: OnStage | undefined
  get<value>(feature: Feature<value>): Promise<value>
}

/** Something derived once from the ledger and shared by every signal that imports it. */
export type Feature<value> = {
  readonly id: string
  /** Tables without which the feature has no meaning. */
  readonly reads: readonly TableName[]
  /** Computed from other features alone, never from the ledger: computed anew where one of them is replaced. */
  readonly derived?: boolean
  compute(context: FeatureContext): Promise<value>
}

export function defineFeature<value>(feature: Feature<value>): Feature<value> {
  return feature
}

/** Hears the name of each stage of an audit as it ends, for a progress line or a profile. */
export type OnStage = (stage: string) => void

/** Computes each feature at most once. */
export function featureCache(
  ledger: Ledger,
  window: AuditWindow,
  {
    prices = [],
    onStage,
  }: { readonly prices?: readonly Price[] | undefined; readonly onStage?: OnStage | undefined } = {},
): FeatureContext {
  return cached({ ledger, window, prices, onStage }, new Map(), () => null)
}

/**
 * A context in which some features have another value, by id, such as an economy whose payments are shuffled. Derived
 * features are computed from it, all others are those of the context it comes from. Its stages carry its name.
 */
export function replaceFeatures(
  context: FeatureContext,
  given: ReadonlyMap<string, unknown>,
  name = 'replaced',
): FeatureContext {
  const values = new Map([...given].map(([id, value]) => [id, Promise.resolve(value)]))
  const { onStage } = context
  const named = onStage && ((stage: string) => onStage(`${name}: ${stage}`))
  return cached({ ...context, onStage: named }, values, (feature) =>
    feature.derived === true ? null : context.get(feature),
  )
}

function cached(
  { ledger, window, prices, onStage }: Omit<FeatureContext, 'get'>,
  values: Map<string, Promise<unknown>>,
  elsewhere: <value>(feature: Feature<value>) => Promise<value> | null,
): FeatureContext {
  const context: FeatureContext = {
    ...{ ledger, window, prices, onStage },
    get<value>(feature: Feature<value>): Promise<value> {
      const known = values.get(feature.id)
      if (known !== undefined) return known as Promise<value>
      const computed =
        elsewhere(feature) ??
        feature.compute(context).then((value) => {
          onStage?.(feature.id)
          return value
        })
      values.set(feature.id, computed)
      return computed
    },
  }
  return context
}
