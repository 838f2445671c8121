import type { EntityMap } from '../clusters/entity-map.ts'
import type { Economy } from '../features/economy.ts'
import type { FamilyId, Signal, SignalResult } from '../signals/signal.ts'
import { isFlagged, valuesOf } from './tested-evidence.ts'

const familyIds: readonly FamilyId[] = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6']

/** Of every entity: which families speak of it, and how many of the payments that it made are certified. */
export type EntityStanding = {
  /** Of what is flagged or certified; one bit a family, F1 the lowest. */
  readonly families: Uint8Array
  readonly W0: Int32Array
  readonly W1: Int32Array
  /** By signals without a null model. */
  readonly certified: ReadonlyMap<Signal, Int32Array>
}

/** Signals with a null model speak of an entity by q ≤ .05, certificates of whoever pays. */
export function entityStanding(
  results: ReadonlyMap<Signal, SignalResult>,
  { payments }: Economy,
  { count, of }: EntityMap,
): EntityStanding {
  const families = new Uint8Array(count)
  for (const { signal, values, qValue } of valuesOf(results))
    values.entity.forEach((entity, row) => {
      if (isFlagged({ signal, qValue }, row)) families[entity]! |= familyBits([signal.family])
    })
  const rungs = { W0: new Int32Array(count), W1: new Int32Array(count) }
  const certified = new Map<Signal, Int32Array>()
  for (const [signal, result] of results) {
    if (result.status !== 'measured' || result.values !== undefined) continue
    const certifiedBy = new Int32Array(count)
    certified.set(signal, certifiedBy)
    for (const { payments: marks } of result.findings)
      for (const { usage, level } of marks) {
        const payer = payments.payer[usage]!
        if (level === 'none' || payer === -1) continue
        const entity = of[payer]!
        rungs[level][entity]! += 1
        certifiedBy[entity]! += 1
        families[entity]! |= familyBits([signal.family])
      }
  }
  return { families, ...rungs, certified }
}

function familyBits(of: readonly string[]): number {
  return of.reduce((bits, family) => bits | (1 << familyIds.indexOf(family as FamilyId)), 0)
}
