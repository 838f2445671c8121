import type { EntityPairs } from '../clusters/entity-pairs.ts'
import type { EntityValues } from '../signals/signal.ts'
import { entityEvidence, type Testimony } from './entity-evidence.ts'
import { type Gate, namingGate, speakingFamilies } from './gate.ts'
import { payeeDependence } from './payee-dependence.ts'

/** One entity with its payees and what signals say of these alone: all that its evidence rests on. It has the number 0. */
export type Reduced = {
  readonly testimonies: readonly Testimony[]
  readonly pairs: EntityPairs
  /** How far a payee of it depends on payers of whom evidence speaks; others are taken to stand as they do. */
  readonly dependence: number
}

/** What is looked up once for all entities that are reduced. */
export type Reducible = {
  /** For each signal the row of every entity; −1: not tested. */
  readonly rowsOf: ReadonlyMap<Testimony, Int32Array>
  readonly pairs: EntityPairs
  readonly dependence: Float64Array
}

export function reducible(testimonies: readonly Testimony[], pairs: EntityPairs): Reducible {
  const count = pairs.offsets.length - 1
  const rowsOf = new Map(
    testimonies.map((testimony) => {
      const rows = new Int32Array(count).fill(-1)
      testimony.values?.entity.forEach((entity, row) => {
        rows[entity] = row
      })
      return [testimony, rows]
    }),
  )
  return { rowsOf, pairs, dependence: payeeDependence(entityEvidence(testimonies, pairs), pairs) }
}

export function reducedTo(entity: number, { rowsOf, pairs, dependence }: Reducible): Reduced {
  const { offsets, payee, payments, value } = pairs
  const [from, to] = [offsets[entity]!, offsets[entity + 1]!]
  const size = to - from
  const near = [entity, ...payee.subarray(from, to)]
  const testimonies = [...rowsOf].map(([{ signal, values }, rows]) => ({
    signal,
    values: values && valuesAmong(values, rows, near),
  }))
  return {
    testimonies,
    dependence: dependence[entity]!,
    pairs: {
      offsets: new Int32Array(size + 2).fill(size, 1),
      ...{ payer: new Int32Array(size), payee: Int32Array.from({ length: size }, (_, i) => i + 1) },
      ...{ payments: payments.slice(from, to), value: value.slice(from, to), pairOf: new Int32Array(0) },
      ...{ usageOffsets: new Int32Array(size + 1), usages: new Int32Array(0) },
    },
  }
}

function valuesAmong(values: EntityValues, rows: Int32Array, near: readonly number[]): EntityValues {
  const tested = Int32Array.from(near.keys()).filter((local) => rows[near[local]!] !== -1)
  const column = (of: Float64Array) => Float64Array.from(tested, (local) => of[rows[near[local]!]!]!)
  return { ...values, entity: tested, statistic: column(values.statistic), pValue: column(values.pValue) }
}

/** What is said of the entity without some signals, which then count as having been unable to look. */
export function gateWithout(
  { testimonies, pairs, dependence }: Reduced,
  without: ReadonlySet<string>,
): Gate & { families: string[] } {
  const evidence = entityEvidence(
    testimonies.map(({ signal, values }) => ({ signal, values: without.has(signal.id) ? null : values })),
    pairs,
  )
  return {
    ...namingGate(
      evidence,
      evidence.nats.map(() => dependence),
    ),
    families: speakingFamilies(evidence, 0),
  }
}

/** Signals that raise the evidence on the entity, each taken by itself. */
export function speakingSignals({ testimonies, pairs }: Reduced): Testimony['signal'][] {
  return testimonies
    .filter((one) => one.values !== null && entityEvidence([one], pairs).nats[0]! > 0)
    .map(({ signal }) => signal)
}
