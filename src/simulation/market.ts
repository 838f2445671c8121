import {
  type BothSides,
  type By,
  employ,
  payFromExchange,
  refund,
  runPrograms,
  standOnBothSides,
  tradeBothWays,
} from './controls.ts'
import { cashOut, honestDemand } from './honest.ts'
import type { Market } from './recorder.ts'
import { plantRing, type Ring } from './ring.ts'
import { openWorld } from './world.ts'

export type MarketOptions = {
  readonly seed: number
  /** Default 8. */
  readonly services?: number
  /** Honest customers. Default 60. */
  readonly consumers?: number
  /** How long the market is open. Default 60. */
  readonly days?: number
  /** Wash usage to be found. */
  readonly ring?: Ring
  /** Honest usage that may look like it. */
  readonly refunds?: { readonly share: number; readonly by: By }
  readonly programs?: { readonly payers: number; readonly everyHours: number }
  readonly employer?: { readonly staff: number; readonly runsService: boolean }
  readonly bothWays?: { readonly pairs: number; readonly by: By }
  /** Everybody is funded by, and cashes out to, one wallet. `payments`: of that wallet itself. */
  readonly exchange?: { readonly labelled: boolean; readonly payments: number }
  readonly bothSides?: { readonly story: BothSides; readonly payments: number }
}

/**
 * A market of AI services with known truth. The same options give the same facts.
 *
 * @example
 * const { facts, truth } = simulateMarket({ seed: 1, ring: { puppets: 3, payments: 5, selfPayments: 2 } })
 */
export function simulateMarket(options: MarketOptions): Market {
  const { seed, services = 8, consumers = 60, days = 60 } = options
  const world = openWorld({ seed, services, days, throughExchange: options.exchange !== undefined })
  if (options.exchange?.labelled) world.recorder.label(world.outside('exchange'), 'exchange')
  const sold = honestDemand(world, consumers)
  if (options.ring) plantRing(world, options.ring)
  if (options.refunds) refund(world, sold, options.refunds)
  if (options.programs) runPrograms(world, options.programs)
  if (options.employer) employ(world, options.employer)
  if (options.bothWays) tradeBothWays(world, options.bothWays)
  if (options.exchange) payFromExchange(world, options.exchange.payments)
  if (options.bothSides) standOnBothSides(world, options.bothSides)
  cashOut(world)
  return world.recorder.finish()
}
