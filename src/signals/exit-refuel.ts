import { entityMap } from '../clusters/entity-map.ts'
import { rowsOf } from '../clusters/group-rows.ts'
import { type ServiceFlows, serviceFlows } from '../clusters/service-flows.ts'
import { economy, type FreeTransfers } from '../features/economy.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { circularShift } from '../statistics/circular-shift.ts'
import { upperBound } from '../statistics/lower-bound.ts'
import type { Random } from '../statistics/random.ts'
import { sequentialPValue } from '../statistics/sequential-p-value.ts'
import { defineSignal } from './signal.ts'

const HOUR = 3_600_000

export const exitRefuel = defineSignal({
  id: 'exit-refuel',
  title: 'What a payee cashes out comes back to its customers through a service',
  why: 'Whoever pays themselves through an exchange has to bring the money back to their payers. Strangers do not top up when a payee has cashed out, by as much.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { economy, entities: entityMap, flows: serviceFlows },
  options: { windowHours: 72, leastExits: 3, leastRefuels: 3, mostDraws: 999, enoughDraws: 10 },
  statistic: {
    name: 'S, matched exits',
    definition:
      'Mean over exits (t, a) of the payee to any service of max(0, 1 − |R − a| / a), where R is what services gave in (t, t + 72 h], in the same asset, to wallets that spend at least 30 % of their budget on the payee. Services are those labelled and those known by their structure.',
  },
  nullModel: {
    name: 'exits turned in time',
    exchangeable:
      'All exits of a payee, moved together round the time in which it cashes out and its customers top up, by one uniform offset.',
    heldFixed: 'Amounts, gaps and order of the exits, and everything that services give.',
  },
  falsePositives: [
    {
      id: 'popular-service',
      story: 'Customers of a popular service top up as the market moves, and so does what the service cashes out.',
      mitigation: 'Turned exits meet the same top-ups, and a match in kind but not in time is matched as well by them.',
      staysOpen: false,
    },
    {
      id: 'exchange-user',
      story: 'Customers keep their money on the exchange to which the payee sends its takings.',
      mitigation: 'Only top-ups after an exit, within three days and of about its amount, say anything.',
      staysOpen: false,
    },
    {
      id: 'one-rhythm',
      story:
        'Exits and top-ups keep one rhythm, such as paydays, and about one amount, as where a company tops up its staff by what they spent.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Money that waits for more than three days, or that is advanced before the exit.',
    'Rounds of one length: exits turned by a round meet the top-ups of the next one, so that only its other sum tells.',
    'An exit in one asset and a top-up in another.',
    'Fewer than three exits; a service that neither its label nor its structure gives away.',
  ],
  references: [
    {
      title: 'Besag and Clifford 1991, Sequential Monte Carlo p-values',
      url: 'https://doi.org/10.1093/biomet/78.2.301',
    },
  ],
  measure({ economy: { payments, transfers }, entities, flows }, { options, random }) {
    const { exits, refuels } = flows
    const tested = Array.from({ length: entities.count }, (_, entity) => entity).filter(
      (entity) =>
        rowsOf(exits, entity).length >= options.leastExits && rowsOf(refuels, entity).length >= options.leastRefuels,
    )
    const window = options.windowHours * HOUR
    const matches = tested.map((entity) => matchOf(transfers, flows, { entity, window }))
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payee',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(matches, ({ observed }) => observed),
        pValue: Float64Array.from(matches, ({ observed, turned }) =>
          sequentialPValue(observed, { most: options.mostDraws, enough: options.enoughDraws }, () => turned(random)),
        ),
        evidence(row) {
          const shown = shownBy(transfers, flows, { entity: tested[row]!, window })
          const wallets = new Set(shown.map((transfer) => transfers.to[transfer]!))
          return {
            transfers: shown,
            payments: rowsWhere(
              payments.payer.length,
              (usage) => wallets.has(payments.payer[usage]!) && entities.of[payments.payee[usage]!] === tested[row],
            ),
          }
        },
      },
    }
  },
})

type Wanted = { readonly entity: number; readonly window: number }

/**
 * How well the exits of a payee are matched, and by one draw of turned exits. Small offsets are drawn as well: without
 * them whatever changes slowly would look rare.
 */
function matchOf({ time, amount }: FreeTransfers, { exits, refuels }: ServiceFlows, { entity, window }: Wanted) {
  const out = rowsOf(exits, entity)
  const back = rowsOf(refuels, entity)
  const times = Float64Array.from(out, (row) => time[row]!)
  const sums = Float64Array.from(out, (row) => amount[row]!)
  const after = Float64Array.from(back, (row) => time[row]!)
  const until = new Float64Array(back.length + 1)
  back.forEach((row, i) => {
    until[i + 1] = until[i]! + amount[row]!
  })
  const meanMatch = (at: Float64Array, first: number) => {
    let sum = 0
    for (let i = 0; i < at.length; i += 1) {
      const exit = sums[(first + i) % sums.length]!
      const returned = until[upperBound(after, at[i]! + window)]! - until[upperBound(after, at[i]!)]!
      sum += Math.max(0, 1 - Math.abs(returned - exit) / exit)
    }
    return sum / at.length
  }
  const from = Math.min(times[0]!, after[0]!)
  const to = Math.max(times.at(-1)!, after.at(-1)!) + 1
  const turned = (random: Random) => {
    const shift = circularShift(times, from, to, random.below(to - from))
    return meanMatch(shift.times, shift.first)
  }
  return { observed: meanMatch(times, 0), turned }
}

/** Exits with what came back after each, the best matched first. */
function shownBy({ time, amount }: FreeTransfers, { exits, refuels }: ServiceFlows, { entity, window }: Wanted) {
  const back = rowsOf(refuels, entity)
  return [...rowsOf(exits, entity)]
    .map((exit) => {
      const rows = [...back].filter((row) => time[row]! > time[exit]! && time[row]! <= time[exit]! + window)
      const returned = rows.reduce((sum, row) => sum + amount[row]!, 0)
      return { rows: [exit, ...rows], match: 1 - Math.abs(returned - amount[exit]!) / amount[exit]! }
    })
    .filter(({ match }) => match > 0)
    .sort((a, b) => b.match - a.match)
    .flatMap(({ rows }) => rows)
}
