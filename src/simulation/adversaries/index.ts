import { a0SelfPay } from './a0-self-pay.ts'
import { a1Ring } from './a1-ring.ts'
import { a2Tree } from './a2-tree.ts'
import { a3Exchange } from './a3-exchange.ts'
import { a4Camouflage } from './a4-camouflage.ts'
import { a5Farmer } from './a5-farmer.ts'
import { a6Recycler } from './a6-recycler.ts'
import { a7Mimic } from './a7-mimic.ts'
import { a8Slow } from './a8-slow.ts'
import { a10Poison } from './a10-poison.ts'
import type { Adversary } from './adversary.ts'

/** Adversaries by their name in the truth; A9, which adapts itself to a detector, is `adaptive`. */
export const adversaries: { readonly [id: string]: Adversary } = {
  A0: a0SelfPay,
  A1: a1Ring,
  A2: a2Tree,
  A3: a3Exchange,
  A4: a4Camouflage,
  A5: a5Farmer,
  A6: a6Recycler,
  A7: a7Mimic,
  A8: a8Slow,
  A10: a10Poison,
}
