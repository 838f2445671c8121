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
  /** The context that this one replaces some features of; null: it reads the ledger. */
  readonly origin: FeatureContext | null
  get<value>(feature: Feature<value>): Promise<value>
  /** Features that a computed one has asked for; undefined: it was not computed here. */
  usesOf(id: string): readonly Feature<unknown>[] | undefined
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
  return cached({ ledger, window, prices, onStage, origin: null }, new Map())
}

/**
 * A context in which some features have another value, by id, such as an economy whose payments are shuffled. Derived
 * features are computed from it where anything that they ask for differs; all others are those of the context it comes
 * from. Its stages carry its name.
 */
export function replaceFeatures(
  context: FeatureContext,
  given: ReadonlyMap<string, unknown>,
  name = 'replaced',
): FeatureContext {
  const values = new Map([...given].map(([id, value]) => [id, Promise.resolve(value)]))
  const { onStage } = context
  const named = onStage && ((stage: string) => onStage(`${name}: ${stage}`))
  return cached({ ...context, onStage: named, origin: context }, values)
}

/** Whether features have the very values that they have where the context comes from. */
export async function isUnchanged(context: FeatureContext, features: readonly Feature<unknown>[]): Promise<boolean> {
  if (context.origin === null) return false
  for (const feature of features) if ((await context.get(feature)) !== (await context.origin.get(feature))) return false
  return true
}

function cached(
  { ledger, window, prices, onStage, origin }: Omit<FeatureContext, 'get' | 'usesOf'>,
  values: Map<string, Promise<unknown>>,
): FeatureContext {
  const uses = new Map<string, Feature<unknown>[]>()
  const compute = async <value>(feature: Feature<value>): Promise<value> => {
    const used: Feature<unknown>[] = []
    const noting = <inner>(other: Feature<inner>) => {
      used.push(other)
      return context.get(other)
    }
    const value = await feature.compute({ ...context, get: noting })
    uses.set(feature.id, used)
    onStage?.(feature.id)
    return value
  }
  const again = async <value>(feature: Feature<value>, origin: FeatureContext): Promise<value> => {
    if (feature.derived !== true) return origin.get(feature)
    const used = origin.usesOf(feature.id)
    return used !== undefined && (await isUnchanged(context, used)) ? origin.get(feature) : compute(feature)
  }
  const context: FeatureContext = {
    ...{ ledger, window, prices, onStage, origin },
    get<value>(feature: Feature<value>): Promise<value> {
      const known = values.get(feature.id)
      if (known !== undefined) return known as Promise<value>
      const value = origin === null ? compute(feature) : again(feature, origin)
      values.set(feature.id, value)
      return value
    },
    usesOf: (id) => uses.get(id),
  }
  return context
}
