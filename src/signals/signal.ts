import type { Feature } from '../features/feature.ts'
import type { TableName } from '../records/index.ts'
import type { Random } from '../statistics/random.ts'

export type FamilyId = 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6'

type Features = { readonly [name: string]: Feature<never> | Feature<unknown> }
type ValuesOf<features extends Features> = {
  readonly [name in keyof features]: features[name] extends Feature<infer value> ? value : never
}

/** An honest story that looks like the finding, and what keeps it out or lowers its weight. */
export type FalsePositive = {
  readonly id: string
  readonly story: string
  readonly mitigation: string
  /** Whether a single payment that the signal marks may still be this; false: the signal rules it out by construction. */
  readonly staysOpen: boolean
}

/** A payment that a finding is about: the rows are numbers of `counted-usage` and of the feature that gave them. */
export type PaymentMark = {
  readonly usage: number
  /** How much of it the rung of the ladder certifies. `self`: the payer is the payee. */
  readonly level: 'W0' | 'W1' | 'none'
  /** In the smallest unit of its asset, within the window. */
  readonly returned: bigint
  readonly returns: readonly { readonly transfer: number; readonly amount: bigint }[]
}

/** What a signal says of some subjects. `pValue` null: a certificate, which needs no null model. */
export type Finding = {
  readonly subjects: readonly string[]
  readonly payments: readonly PaymentMark[]
  /** Transfers back between the subjects, in any asset: numbers of `pair_transfers`. */
  readonly transfers: readonly number[]
  readonly pValue: number | null
  /** Of a signal with a null model: what it measured, its q-value, and other transfers that show it, numbers of `free_transfers`. */
  readonly tested?: { readonly statistic: number; readonly qValue: number; readonly shown: readonly number[] }
}

/**
 * What a signal with a null model measured of each entity, flagged or not. Rows in any order, each entity at most once;
 * an entity without a row could not be tested.
 */
export type EntityValues = {
  /** What the entities are looked at as; what is said of a payee concerns whoever pays it. */
  readonly role: 'payer' | 'payee'
  /** Numbers of the entity map. */
  readonly entity: Int32Array
  /** The larger, the more consistent with wash usage. */
  readonly statistic: Float64Array
  /** Probability under the null of a statistic at least as large. */
  readonly pValue: Float64Array
  /** Rows of the economy that show a value, the most telling first; asked of what is listed only. */
  evidence(row: number): { readonly payments: readonly number[]; readonly transfers: readonly number[] }
}

/** Findings of a certificate, or values of every entity tested, of which the runner makes findings. */
export type Measurement = {
  readonly tested: number
  readonly findings: readonly Finding[]
  readonly values?: EntityValues
  /** What is to be known of how it was computed, in one sentence. */
  readonly note?: string
}

/** "Nothing found" and "could not look" are different values. */
export type SignalResult =
  | ({ readonly status: 'measured' } & Measurement & {
        /** Of each row of the values, over all of them (Benjamini and Hochberg). */
        readonly qValue?: Float64Array
      })
  | { readonly status: 'unavailable'; readonly missing: readonly TableName[] }
  | { readonly status: 'insufficient'; readonly reason: string }
  | { readonly status: 'error'; readonly message: string }

/** One signal: what it claims, from what, against which null, and how it can be wrong. */
export type Signal<
  features extends Features = Features,
  options extends { readonly [name: string]: number } = { readonly [name: string]: number },
> = {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly status: 'experimental' | 'stable' | 'deprecated'
  readonly family: FamilyId
  /** Of F2: whether money is seen to move or to come back, or only who trades with whom. Not said: the latter, which weighs less. */
  readonly basis?: 'value' | 'closure'
  readonly subject: 'payment' | 'wallet' | 'cluster' | 'population'
  readonly requires: features
  /** Every threshold; there is none in the code. */
  readonly options: options
  readonly statistic: { readonly name: string; readonly definition: string }
  readonly nullModel: { readonly name: string; readonly exchangeable: string; readonly heldFixed: string }
  readonly falsePositives: readonly FalsePositive[]
  readonly blindSpots: readonly string[]
  readonly references: readonly { readonly title: string; readonly url: string }[]
  /** Pure and synchronous: the same inputs, options and stream give the same findings. */
  measure(inputs: ValuesOf<features>, context: { readonly options: options; readonly random: Random }): Measurement
}

export function defineSignal<
  const features extends Features,
  const options extends { readonly [name: string]: number },
>(signal: Signal<features, options>): Signal<features, options> {
  return signal
}
