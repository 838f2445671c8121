import type { EntityPairs } from '../clusters/entity-pairs.ts'
import { type EntityEvidence, SPEAKS } from './entity-evidence.ts'

/**
 * Of each entity the largest share that payers of whom ownership, money or lockstep speaks have in what one of its payees
 * gets, by payments or by value, whichever is more; 0: it pays nobody but itself. O(entities + pairs).
 */
export function payeeDependence({ decisive }: Pick<EntityEvidence, 'decisive'>, pairs: EntityPairs): Float64Array {
  const share = decisive.map(() => 0)
  for (const amounts of [pairs.payments, pairs.value]) {
    const [all, spoken] = [new Float64Array(share.length), new Float64Array(share.length)]
    pairs.payee.forEach((payee, pair) => {
      all[payee]! += amounts[pair]!
      if (decisive[pairs.payer[pair]!]! >= SPEAKS) spoken[payee]! += amounts[pair]!
    })
    for (let payee = 0; payee < share.length; payee += 1)
      if (spoken[payee]! > 0) share[payee] = Math.max(share[payee]!, spoken[payee]! / all[payee]!)
  }
  const most = new Float64Array(share.length)
  pairs.payee.forEach((payee, pair) => {
    const payer = pairs.payer[pair]!
    most[payer] = Math.max(most[payer]!, share[payee]!)
  })
  return most
}
