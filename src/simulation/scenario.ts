import { ConfigError } from '../errors.ts'
import { randomStream } from '../statistics/random.ts'
import { adversaries } from './adversaries/index.ts'
import { moveKinds } from './chain.ts'
import { simulateCompany } from './company.ts'
import { controls } from './controls/index.ts'
import { consumersFor, honestDemand } from './demand.ts'
import { moveMoney } from './money.ts'
import type { Recording } from './recorder.ts'
import { PROGRAMME, payRewards } from './rewards.ts'
import { refund } from './stories.ts'
import { openWorld, type World } from './world.ts'

/** `market`: nobody but honest classes. `mixed`: every adversary. `amazon`: a company whose users have a target to reach. */
export const scenarios: readonly string[] = ['market', ...Object.keys(adversaries), 'mixed', 'amazon']

export type ScenarioOptions = {
  readonly scenario: string
  readonly seed: number
  /** Usage events, payments, transfers and rewards together: about so many rows. At least 10,000. */
  readonly records: number
  /** Share of wash usage in the value that the network counts, or in the tokens of a company. Default 0.2. */
  readonly share?: number
  /** How long the market is open. Default 90. */
  readonly days?: number
}

type SizedScenario = Required<Omit<ScenarioOptions, 'records'>> & { readonly purchases: number }

/** About as many rows as a purchase takes: its own three, and some of funding, cashing out and rewards. */
const ROWS_A_PURCHASE = 4
const PILOT_RECORDS = 200_000
/** What part of honest purchases each of the controls makes. */
const CONTROL_SHARE = 0.03
const REFUNDED = 0.01
const LEAST_RECORDS = 10_000

/** A market of one scenario; the same options give the same recording. */
export function simulateScenario(options: ScenarioOptions): Recording {
  check(options)
  const { scenario, seed, records, share = scenario === 'market' ? 0 : 0.2, days = 90 } = options
  const simulate = scenario === 'amazon' ? simulateCompany : simulateNetwork
  // How many rows money, rewards and programs add to the purchases differs: a smaller market tells.
  const pilot = Math.round(Math.min(records / 2, PILOT_RECORDS) / ROWS_A_PURCHASE)
  const rows = recordsOf(simulate({ scenario, seed, share, days, purchases: pilot }))
  return simulate({ scenario, seed, share, days, purchases: Math.round((records * pilot) / rows) })
}

function simulateNetwork({ scenario, seed, share, days, purchases }: SizedScenario): Recording {
  const services = Math.max(8, Math.round(purchases ** 0.4))
  const world = openWorld({ seed, services, days, sourceOf: sources(seed), deposits: true })
  labelServices(world)
  demand(world, purchases * (1 - share))
  const chosen = scenario === 'mixed' ? Object.keys(adversaries) : scenario === 'market' ? [] : [scenario]
  chosen.forEach((id, i) => {
    const reached = (share * (i + 1)) / chosen.length
    const payments = Math.round((purchases * share) / chosen.length)
    adversaries[id]?.(world, { id, payments, budget: () => budgetUpTo(world, reached) })
  })
  payRewards(world)
  moveMoney(world)
  return world.recorder.finish()
}

function check({ scenario, records, share }: ScenarioOptions): void {
  if (!scenarios.includes(scenario))
    throw new ConfigError(`There is no scenario ${scenario}.`, { fix: `Use one of ${scenarios.join(', ')}.` })
  if (records < LEAST_RECORDS)
    throw new ConfigError(`A scenario of ${records} records holds too few of each class.`, {
      fix: `Ask for at least ${LEAST_RECORDS}.`,
    })
  if (share !== undefined && scenario === 'market')
    throw new ConfigError('The scenario market has no adversary, and so no share.', { fix: 'Leave out the share.' })
  if (share !== undefined && !(share > 0 && share <= 0.9))
    throw new ConfigError(`${share} is no share of wash usage.`, { fix: 'Give a share above 0 and up to 0.9.' })
}

function demand(world: World, purchases: number): void {
  const classes = Object.values(controls)
  const sold = honestDemand(world, consumersFor(purchases * (1 - CONTROL_SHARE * classes.length)))
  for (const control of classes) control(world, Math.round(purchases * CONTROL_SHARE))
  refund(world, sold, { share: REFUNDED, by: 'protocol' })
}

/** What wash usage is still to spend until it has that share of everything. */
function budgetUpTo(world: World, share: number): bigint {
  const { honest, wash } = world.recorder.value()
  const millionths = BigInt(Math.round(share * 1e6))
  return (honest * millionths) / (1_000_000n - millionths) - wash
}

/** Half of all owners use one exchange; one of the three exchanges is labelled by nobody. */
function sources(seed: number) {
  const places: readonly (readonly [string, number])[] = [
    ['exchange 0', 0.5],
    ['exchange 1', 0.65],
    ['exchange 2', 0.7],
    ['bridge', 0.85],
  ]
  return (owner: string): string => {
    if (owner === PROGRAMME) return 'rewards'
    const at = randomStream(seed, `source ${owner}`).next()
    return places.find(([, end]) => at < end)?.[0] ?? `outside ${owner}`
  }
}

function labelServices(world: World): void {
  const { recorder } = world
  for (const name of ['exchange 0', 'exchange 1']) recorder.label(recorder.wallet(name), 'exchange')
  recorder.label(recorder.wallet('bridge'), 'bridge')
  recorder.label(recorder.wallet('faucet'), 'faucet')
}

/** Rows that a recording holds: of usage events, payments, transfers and rewards. */
export function recordsOf({ tape }: Recording): number {
  const rows = { settled: 3, refunded: 3, used: 1, erc20: 1, native: 1, bridge: 1, reward: 2 }
  let sum = 0
  for (const kind of tape.kind.subarray(0, tape.size)) sum += rows[moveKinds[kind] as keyof typeof rows]
  return sum
}
