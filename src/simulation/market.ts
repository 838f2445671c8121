import { runProgram } from './controls/cron.ts'
import { employ } from './controls/employer.ts'
import { honestDemand } from './demand.ts'
import { type Market, marketOf } from './facts.ts'
import { moveMoney } from './money.ts'
import { plantRing, type Ring } from './ring.ts'
import {
  type BothSides,
  type By,
  goRound,
  payFromExchange,
  type Round,
  refund,
  standOnBothSides,
  tradeBothWays,
} from './stories.ts'
import { openWorld, type World } from './world.ts'

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
  readonly round?: { readonly story: Round; readonly customers: number }
}

/**
 * A market of AI services with known truth, to order and of human size; `simulateScenario` makes the large ones.
 * The same options give the same facts.
 *
 * @example
 * const { facts, truth } = simulateMarket({ seed: 1, ring: { puppets: 3, payments: 5, selfPayments: 2 } })
 */
export function simulateMarket(options: MarketOptions): Market {
  const { seed, services = 8, consumers = 60, days = 60, exchange } = options
  const sourceOf = (owner: string) => (exchange === undefined ? `outside ${owner}` : 'exchange')
  const world = openWorld({ seed, services, days, sourceOf })
  if (exchange?.labelled) world.recorder.label(world.outside('exchange'), 'exchange')
  const sold = honestDemand(world, consumers)
  if (options.ring) plantRing(world, options.ring)
  tellStories(world, sold, options)
  moveMoney(world)
  return marketOf(world.recorder.finish())
}

function tellStories(world: World, sold: readonly number[], options: MarketOptions): void {
  const { refunds, programs, employer, bothWays, exchange, bothSides, round } = options
  if (refunds) refund(world, sold, refunds)
  if (programs)
    for (let i = 0; i < programs.payers; i++) {
      const from = world.random(`program ${i}`).next() * (world.days / 2)
      const { everyHours } = programs
      runProgram(world, { name: `program ${i}`, control: 'automation', everyHours, from, payload: i })
    }
  if (employer) employ(world, { name: 'company', control: 'employer', purchases: 4 * employer.staff, ...employer })
  if (bothWays) tradeBothWays(world, bothWays)
  if (exchange) payFromExchange(world, exchange.payments)
  if (bothSides) standOnBothSides(world, bothSides)
  if (round) goRound(world, round)
}
