import type { EntityPairs } from '../clusters/entity-pairs.ts'
import type { EntityValues, FamilyId, Signal } from '../signals/signal.ts'
import { pToE } from '../statistics/p-to-e.ts'

/** What a signal with a null model says of entities; null: it could not look. */
export type Testimony = {
  readonly signal: Pick<Signal, 'id' | 'family' | 'basis'>
  readonly values: EntityValues | null
}

/** Families that are evidence about one entity; size forensics (F6) are about populations only. */
export const evidenceFamilies = ['F1', 'F2', 'F3', 'F4', 'F5'] as const
export type EvidenceFamily = (typeof evidenceFamilies)[number]

/** Evidence on each entity as a payer, in nats: the logarithm of an e-value. */
export type EntityEvidence = {
  readonly nats: Float64Array
  readonly byFamily: { readonly [family in EvidenceFamily]: Float64Array }
  /**
   * The most that ownership, money (F2 of basis `value`) or lockstep says of the entity itself. What is said of its payee is
   * left out: honest customers of a payee share that.
   */
  readonly decisive: Float64Array
}

/** Regularity is context: it moves the odds by a factor of e at most, either way. */
const REGULARITY_NATS = 1
/** Trading among themselves is what niches do: it counts for so much where neither ownership nor money speaks. */
const CLOSURE_NATS = 2
/** From here on a family speaks: an e-value of √10 is substantial evidence (Jeffreys 1961, Theory of Probability, app. B). */
export const SPEAKS = Math.log(10) / 2
/** Of p = 1: what a signal that could not look counts as, so that missing evidence never raises what is said. */
const LEAST = pToE(1)
/** Where a p-value has no more digits. */
const LEAST_P = 1e-300

/**
 * p-values become e-values, are averaged within a family and multiplied across families (Vovk and Wang 2021,
 * https://doi.org/10.1214/20-AOS2020). An entity that a signal did not test has the e-value 1. What is said of a payee
 * reaches whoever paid it, by the share of its spending there. O(signals × (entities + pairs)).
 */
export function entityEvidence(testimonies: readonly Testimony[], pairs: EntityPairs): EntityEvidence {
  const of = (family: FamilyId) => testimonies.filter(({ signal }) => signal.family === family)
  const own = [of('F1'), of('F2').filter(isOfValue), of('F3')].map((chosen) =>
    meanOf(chosen.map(ofPayers), pairs).map(Math.log),
  )
  const decisive = Float64Array.from({ length: pairs.offsets.length - 1 }, (_, entity) =>
    Math.max(...own.map((nats) => nats[entity]!)),
  )
  return { ...familyEvidence(pairs)(testimonies), decisive }
}

const isOfValue = ({ signal }: Testimony) => signal.basis === 'value'

/** Evidence in one market by several sets of testimonies: a family of which the same is said again is not computed again. */
export function familyEvidence(pairs: EntityPairs) {
  const known = new Map<string, { readonly given: readonly unknown[]; readonly nats: Float64Array }>()
  const once = (id: string, given: readonly unknown[], compute: () => Float64Array) => {
    const before = known.get(id)
    if (before?.given.length === given.length && before.given.every((one, i) => one === given[i])) return before.nats
    const nats = compute()
    known.set(id, { given, nats })
    return nats
  }
  return (testimonies: readonly Testimony[]): Pick<EntityEvidence, 'nats' | 'byFamily'> => {
    const natsOf = (id: string, chosen: readonly Testimony[], capped?: Float64Array) => {
      const given = chosen.flatMap(({ signal, values }) => [signal, values])
      return once(id, [...given, capped], () => meanOf(chosen, pairs, capped).map(Math.log))
    }
    const of = (family: FamilyId) => testimonies.filter(({ signal }) => signal.family === family)
    const F1 = natsOf('F1', of('F1'))
    const valueNats = natsOf('value', of('F2').filter(isOfValue))
    const isCapped = once('capped', [F1, valueNats], () =>
      F1.map((nats, i) => Number(nats < SPEAKS && valueNats[i]! < SPEAKS)),
    )
    const byFamily = {
      ...{ F1, F2: natsOf('F2', of('F2'), isCapped), F3: natsOf('F3', of('F3')) },
      ...{ F4: natsOf('F4', of('F4')).map(limited), F5: natsOf('F5', of('F5')) },
    }
    const nats = F1.map((_, entity) => evidenceFamilies.reduce((all, family) => all + byFamily[family][entity]!, 0))
    return { nats, byFamily }
  }
}

const limited = (nats: number) => Math.max(-REGULARITY_NATS, Math.min(REGULARITY_NATS, nats))

/** The same testimony without what it says of payees. */
function ofPayers({ signal, values }: Testimony): Testimony {
  if (values?.role !== 'payee') return { signal, values }
  return { signal, values: { ...values, entity: new Int32Array(0), pValue: new Float64Array(0) } }
}

/** Mean e-value of each entity over all given signals, also those that did not test it; 1 where there is none. */
function meanOf(testimonies: readonly Testimony[], pairs: EntityPairs, capped?: Float64Array): Float64Array {
  const count = pairs.offsets.length - 1
  const sum = new Float64Array(count)
  for (const { signal, values } of testimonies) {
    const most = Math.exp(CLOSURE_NATS)
    const closes = capped !== undefined && signal.basis !== 'value'
    const e = values === null ? new Float64Array(count).fill(LEAST) : payerValues(values, pairs)
    for (let entity = 0; entity < count; entity += 1)
      sum[entity]! += closes && capped[entity] === 1 ? Math.min(most, e[entity]!) : e[entity]!
  }
  return testimonies.length === 0 ? sum.fill(1) : sum.map((total) => total / testimonies.length)
}

function payerValues({ role, entity, pValue }: EntityValues, pairs: EntityPairs): Float64Array {
  const e = new Float64Array(pairs.offsets.length - 1).fill(1)
  entity.forEach((one, row) => {
    if (!Number.isNaN(pValue[row]!)) e[one] = pToE(Math.max(LEAST_P, pValue[row]!))
  })
  return role === 'payer' ? e : spreadOnPayers(e, pairs)
}

/** Mean of the payees' values, weighted by what was paid to each: by payments where nothing has a value. */
function spreadOnPayers(ofPayee: Float64Array, { offsets, payee, value, payments }: EntityPairs): Float64Array {
  return ofPayee.map((_, payer) => {
    const [from, to] = [offsets[payer]!, offsets[payer + 1]!]
    let [byValue, values, byCount, counts] = [0, 0, 0, 0]
    for (let pair = from; pair < to; pair += 1) {
      const e = ofPayee[payee[pair]!]!
      byValue += e * value[pair]!
      values += value[pair]!
      byCount += e * payments[pair]!
      counts += payments[pair]!
    }
    if (values > 0) return byValue / values
    return counts > 0 ? byCount / counts : 1
  })
}
