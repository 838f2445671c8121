import type { Ledger } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'

/** The time over which usage is audited: [from, to) in UTC ms; null: no bound. */
export type AuditWindow = { readonly from: number | null; readonly to: number | null }

export type FeatureContext = {
  readonly ledger: Ledger
  readonly window: AuditWindow
  get<value>(feature: Feature<value>): Promise<value>
}

/** Something derived once from the ledger and shared by every signal that imports it. */
export type Feature<value> = {
  readonly id: string
  /** Tables without which the feature has no meaning. */
  readonly reads: readonly TableName[]
  compute(context: FeatureContext): Promise<value>
}

export function defineFeature<value>(feature: Feature<value>): Feature<value> {
  return feature
}

/** Hears the name of each stage of an audit as it ends, for a progress line or a profile. */
export type OnStage = (stage: string) => void

/** Computes each feature at most once. */
export function featureCache(ledger: Ledger, window: AuditWindow, onStage?: OnStage): FeatureContext {
  const values = new Map<string, Promise<unknown>>()
  const context: FeatureContext = {
    ledger,
    window,
    get<value>(feature: Feature<value>): Promise<value> {
      const known = values.get(feature.id)
      if (known !== undefined) return known as Promise<value>
      const computed = feature.compute(context).then((value) => {
        onStage?.(feature.id)
        return value
      })
      values.set(feature.id, computed)
      return computed
    },
  }
  return context
}
