import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { firstAppearances } from '../clusters/first-appearances.ts'
import { groupRows, rowsOf } from '../clusters/group-rows.ts'
import { transfersOf } from '../clusters/payee-links.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { lowerBound } from '../statistics/lower-bound.ts'
import type { Random } from '../statistics/random.ts'
import { sequentialPValue } from '../statistics/sequential-p-value.ts'
import { defineSignal } from './signal.ts'

const MINUTE = 60_000

export const creationBurst = defineSignal({
  id: 'creation-burst',
  title: 'Payers of one payee appear within minutes of each other',
  why: 'Wallets that a program sets up begin together. Customers of a service come to be at times of their own.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: {
    entities: entityMap,
    pairs: entityPairs,
    appearances: firstAppearances,
    fundings: firstFundings,
    hubs: serviceHubs,
  },
  options: { withinMinutes: 10, censoredHours: 24, leastPayers: 4, mostDraws: 999, enoughDraws: 10 },
  statistic: {
    name: 'bursting payers',
    definition:
      'Of the payers of a payee, the share that first appear within ten minutes of another one. Left out are payers seen within a day of the start of the ledger, who may be older, and those whose gas a faucet, a paymaster or a programme gave.',
  },
  nullModel: {
    name: 'appearances drawn anew',
    exchangeable:
      'The payers of a payee are drawn without replacement from all payers, each as likely as it has payees, so that a busy hour of the market is one of the draws too.',
    heldFixed: 'When payers appear, and how many payers each payee has.',
  },
  falsePositives: [
    {
      id: 'sign-up-day',
      story: 'An app that nobody labelled sets up wallets for its users on a sign-up day.',
      mitigation: 'A label of its paymaster rules it out; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'launch',
      story: 'Customers set up their wallets in the minutes in which a service that they waited for opens.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'popular-service',
      story: 'A popular service has customers of every hour.',
      mitigation: 'So have as many payers drawn from the market.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Wallets set up over days, bought, or older than the ledger.',
    'A ledger with transfers of parties only from their first payment on.',
  ],
  references: [
    {
      title: 'Besag and Clifford 1991, Sequential Monte Carlo p-values',
      url: 'https://doi.org/10.1093/biomet/78.2.301',
    },
  ],
  measure({ entities, pairs, appearances, fundings, hubs }, { options, random }) {
    const start = appearances.reduce((least, time) => (Number.isNaN(time) ? least : Math.min(least, time)), Infinity)
    const isKnown = (entity: number) => {
      const funder = fundings.funder[entities.founder[entity]!]!
      const isGiven = funder !== -1 && hubs.isDistributor[funder] === 1
      return !isGiven && appearances[entity]! >= start + options.censoredHours * 60 * MINUTE
    }
    const choices = pairs.payer.filter(isKnown)
    const byPayee = groupRows(entities.count, pairs.payer.length, (pair, add) => {
      if (isKnown(pairs.payer[pair]!)) add(pairs.payee[pair]!)
    })
    const tested = Array.from({ length: entities.count }, (_, entity) => entity).filter(
      (entity) => rowsOf(byPayee, entity).length >= options.leastPayers,
    )
    const within = options.withinMinutes * MINUTE
    const timesOf = (payers: Int32Array) => Float64Array.from(payers, (payer) => appearances[payer]!).sort()
    const payersOf = (entity: number) => rowsOf(byPayee, entity).map((pair) => pairs.payer[pair]!)
    const drawn = distinctDraws(choices, entities.count, random)
    const shares = tested.map((entity) => burstShare(timesOf(payersOf(entity)), within))
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payee',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(shares),
        pValue: Float64Array.from(tested, (entity, row) => {
          const draws = { most: options.mostDraws, enough: options.enoughDraws }
          const size = rowsOf(byPayee, entity).length
          return shares[row] === 0
            ? 1
            : sequentialPValue(shares[row]!, draws, () => burstShare(timesOf(drawn(size)), within))
        }),
        evidence(row) {
          const times = timesOf(payersOf(tested[row]!))
          const isNear = (payer: number) => nearest(times, appearances[payer]!) <= within
          const payers = new Set([...payersOf(tested[row]!)].filter(isNear))
          const wanted = new Set([...rowsOf(byPayee, tested[row]!)].filter((pair) => payers.has(pairs.payer[pair]!)))
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(entities, fundings.transfer, payers) }
        },
      },
    }
  },
})

/** Share of rising times that stand within so many milliseconds of another one. */
function burstShare(times: Float64Array, within: number): number {
  let near = 0
  for (let i = 0; i < times.length; i += 1)
    if (times[i]! - (times[i - 1] ?? -Infinity) <= within || (times[i + 1] ?? Infinity) - times[i]! <= within) near += 1
  return near / times.length
}

/** How far one of rising times stands from the next other one. */
function nearest(times: Float64Array, time: number): number {
  const at = lowerBound(times, time)
  return Math.min(time - (times[at - 1] ?? -Infinity), (times[at + 1] ?? Infinity) - time)
}

/** Draws of distinct payers, each as likely as it has payees. */
function distinctDraws(choices: Int32Array, entities: number, random: Random): (size: number) => Int32Array {
  const lastDraw = new Int32Array(entities)
  let draws = 0
  return (size) => {
    draws += 1
    const found = new Int32Array(size)
    for (let n = 0; n < size; ) {
      const one = choices[random.below(choices.length)]!
      if (lastDraw[one] === draws) continue
      lastDraw[one] = draws
      found[n++] = one
    }
    return found
  }
}
