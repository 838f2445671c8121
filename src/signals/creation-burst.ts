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
    const payersOf = (entity: number) => rowsOf(byPayee, entity).map((pair) => pairs.payer[pair]!)
    const drawn = distinctDraws(choices, entities.count, random)
    const burstShare = burstShares(appearances, within)
    const shares = tested.map((entity) => burstShare(payersOf(entity)))
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
          return shares[row] === 0 ? 1 : sequentialPValue(shares[row]!, draws, () => burstShare(drawn(size)))
        }),
        evidence(row) {
          const times = Float64Array.from(payersOf(tested[row]!), (payer) => appearances[payer]!).sort()
          const isNear = (payer: number) => nearest(times, appearances[payer]!) <= within
          const payers = new Set([...payersOf(tested[row]!)].filter(isNear))
          const wanted = new Set([...rowsOf(byPayee, tested[row]!)].filter((pair) => payers.has(pairs.payer[pair]!)))
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(entities, fundings.transfer, payers) }
        },
      },
    }
  },
})

/**
 * Share of some payers that appear within so many milliseconds of another one of them, in time linear in their number: time
 * is cut into cells of that width, so that two in one cell are near, and one that is alone in its cell is near the last of
 * the cell before it, the first of the next, or nobody.
 */
function burstShares(appearances: Float64Array, within: number): (payers: Int32Array) => number {
  const { cellOf, cells } = numberedCells(appearances, Math.max(1, within))
  const [seenIn, size] = [new Int32Array(cells), new Int32Array(cells)]
  const [first, last] = [new Float64Array(cells), new Float64Array(cells)]
  let asked = 0
  return (payers) => {
    asked += 1
    for (let i = 0; i < payers.length; i += 1) {
      const cell = cellOf[payers[i]!]!
      const time = appearances[payers[i]!]!
      const isNew = seenIn[cell] !== asked
      seenIn[cell] = asked
      size[cell] = isNew ? 1 : size[cell]! + 1
      first[cell] = isNew ? time : Math.min(first[cell]!, time)
      last[cell] = isNew ? time : Math.max(last[cell]!, time)
    }
    let near = 0
    for (let i = 0; i < payers.length; i += 1) {
      const cell = cellOf[payers[i]!]!
      const time = appearances[payers[i]!]!
      if (
        size[cell]! > 1 ||
        (seenIn[cell - 1] === asked && time - last[cell - 1]! <= within) ||
        (seenIn[cell + 1] === asked && first[cell + 1]! - time <= within)
      )
        near += 1
    }
    return near / payers.length
  }
}

/** Cells of time in which anybody appears, numbered in their order; neighbours have neighbouring numbers, others do not. */
function numberedCells(appearances: Float64Array, width: number) {
  const inOrder = appearances.map((time) => Math.floor(time / width)).sort()
  const numbers = new Map<number, number>()
  let [before, number] = [Number.NEGATIVE_INFINITY, 0]
  for (const cell of inOrder) {
    if (Number.isNaN(cell) || cell === before) continue
    number += cell === before + 1 ? 1 : 2
    numbers.set(cell, number)
    before = cell
  }
  const cellOf = Int32Array.from(appearances, (time) => numbers.get(Math.floor(time / width)) ?? -1)
  return { cellOf, cells: number + 2 }
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
