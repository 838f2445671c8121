import { type EntityEvidence, evidenceFamilies, SPEAKS } from './entity-evidence.ts'

/** Share of entities that are expected to make wash usage before anything is seen. */
export const PRIOR = 0.05
/** Posterior from which a wallet may be named. */
export const NAMED = 0.85
/** Of what one payee gets, the share that payers of whom evidence speaks must have before one of them may be named. */
export const DEPENDENT = 1 / 3

/** Posterior of each entity, and 1 where it may be named. */
export type Gate = { readonly posterior: Float64Array; readonly passes: Uint8Array }

/**
 * Who may be named: a posterior πE / (1 − π + πE) of 0.85 or more, and two families that speak, one of which is
 * ownership (F1), money that moves or comes back (F2 of basis `value`), or lockstep (F3), by what is said of the entity
 * itself and not of its payees alone. And only where a payee depends on such payers (`payeeDependence`): whoever tries
 * its own service with a few wallets, and then has customers, does not live on them.
 */
export function namingGate(evidence: EntityEvidence, dependence: Float64Array): Gate {
  const posterior = evidence.nats.map(posteriorOf)
  const passes = Uint8Array.from(posterior, (one, entity) =>
    Number(one >= NAMED && dependence[entity]! >= DEPENDENT && mayName(evidence, entity)),
  )
  return { posterior, passes }
}

export function posteriorOf(nats: number): number {
  return 1 / (1 + ((1 - PRIOR) / PRIOR) * Math.exp(-nats))
}

/** Families that speak of an entity. */
export function speakingFamilies({ byFamily }: EntityEvidence, entity: number) {
  return evidenceFamilies.filter((family) => byFamily[family][entity]! >= SPEAKS)
}

function mayName(evidence: EntityEvidence, entity: number): boolean {
  return evidence.decisive[entity]! >= SPEAKS && speakingFamilies(evidence, entity).length >= 2
}
