import type { EntityMap } from '../clusters/entity-map.ts'
import type { Payments } from '../features/economy.ts'

/** What is said of a payment; several may hold. Organic holds alone, or beside STOPS. */
export const SELF = 1
export const RETURNED = 2
export const LINKED = 4
export const NAMED = 8
export const ORGANIC = 16
/** In a window that stops at its target: stands beside any of the others and changes none. */
export const STOPS = 32

export type MaskInputs = {
  /** `usage_index` of payments to oneself, and of those of which enough came back. */
  readonly self: Int32Array
  readonly returned: readonly number[]
  readonly payments: Pick<Payments, 'payer' | 'payee'>
  readonly entities: EntityMap
  /** By entity: 1 where it passes the gate, 1 where it is certified organic. */
  readonly passes: Uint8Array
  readonly certified: Uint8Array
  /** `usage_index` of payments in windows that stop at their target. */
  readonly stops: Int32Array
}

/** One mask a counted usage, by `usage_index`. */
export function paymentMasks({ self, returned, payments, entities, passes, certified, stops }: MaskInputs): Int32Array {
  const { payer, payee } = payments
  const masks = new Int32Array(payer.length)
  for (const usage of self) masks[usage]! |= SELF
  for (const usage of returned) masks[usage]! |= RETURNED
  for (let usage = 0; usage < payer.length; usage += 1) {
    if (payer[usage] === -1) continue
    const entity = entities.of[payer[usage]!]!
    if (payee[usage] !== -1 && entities.of[payee[usage]!] === entity) masks[usage]! |= LINKED
    if (passes[entity] === 1) masks[usage]! |= NAMED
    if (masks[usage] === 0 && certified[entity] === 1) masks[usage] = ORGANIC
  }
  for (const usage of stops) masks[usage]! |= STOPS
  return masks
}
