import { entityMap } from '../clusters/entity-map.ts'
import { type EntityPairs, entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { transferComponents } from '../clusters/transfer-components.ts'
import { economy } from '../features/economy.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { defineSignal } from './signal.ts'

export const transferCommunity = defineSignal({
  id: 'transfer-community',
  title: 'Payers of a payee stand in its own community of transfers',
  why: 'Money of one operator goes round among their wallets, however many stand between payee and payer. Customers deal with a service by paying for it, and by nothing else.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { economy, entities: entityMap, pairs: entityPairs, components: transferComponents },
  options: {},
  statistic: {
    name: 'share of payers',
    definition:
      'Of the distinct payers of a payee, the share that transfers which settle no usage join to it, over any number of wallets, none of them a service, labelled or known by its structure. Payees that such transfers join to no payer at all are not tested.',
  },
  nullModel: {
    name: 'payers drawn anew',
    exchangeable:
      'Each payer of a payee is of its community with the share that the community has of all choices of payees, or of all payments where that is larger: a payee with few payers meets whoever pays often. The payee’s own are left out of both. Binomial.',
    heldFixed: 'All transfers, how many payees each payer has, and how many payers each payee has.',
  },
  falsePositives: [
    {
      id: 'launch-tester',
      story: 'A team gives its testers money, and they try what the team sells.',
      mitigation: 'The link is true and listed; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'supplier',
      story: 'Companies that deal with each other outside the market buy from each other inside it as well.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Money that passes through an exchange, a bridge or a mixer.',
    'A service that nothing gives away makes one community of all its customers, which says nothing of any of them.',
  ],
  references: [
    {
      title: 'Arbitrum sybil detection (components of all transfers, services removed)',
      url: 'https://github.com/ArbitrumFoundation/sybil-detection',
    },
  ],
  measure({ economy: { transfers }, entities: { founder }, pairs, components }) {
    const communityOf = founder.map((party) => components[party]!)
    const inside = countsOf(pairs, communityOf, components.length)
    const tested = Array.from(communityOf.keys()).filter(
      (entity) => inside.payers[entity]! > 0 && inside.near(entity) > 0,
    )
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payee',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(tested, (entity) => inside.linked[entity]! / inside.payers[entity]!),
        pValue: Float64Array.from(tested, (entity) =>
          Math.exp(logBinomialTail(inside.linked[entity]!, inside.payers[entity]!, inside.near(entity))),
        ),
        evidence(row) {
          const payee = tested[row]!
          const wanted = rowsWhere(pairs.payee.length, (pair) => pairs.payee[pair] === payee && inside.isLinked(pair))
          const isWithin = (at: number) =>
            components[transfers.from[at]!] === communityOf[payee] &&
            components[transfers.to[at]!] === communityOf[payee]
          return { payments: usagesOf(pairs, wanted), transfers: rowsWhere(transfers.from.length, isWithin) }
        },
      },
    }
  },
})

/** Payers of each payee, those of its community among them, and the chance that a payer is of it. */
function countsOf({ payer, payee, payments, offsets }: EntityPairs, communityOf: Int32Array, wallets: number) {
  const [payers, linked, own] = [0, 1, 2].map(() => new Int32Array(communityOf.length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const [choices, paid] = [new Int32Array(wallets), new Int32Array(wallets)]
  const isLinked = (pair: number) => communityOf[payer[pair]!] === communityOf[payee[pair]!]
  let all = 0
  for (let pair = 0; pair < payer.length; pair += 1) {
    payers[payee[pair]!]!++
    if (isLinked(pair)) linked[payee[pair]!]!++
    const community = communityOf[payer[pair]!]!
    choices[community]! += 1
    paid[community]! += payments[pair]!
    own[payer[pair]!]! += payments[pair]!
    all += payments[pair]!
  }
  const near = (entity: number) => {
    const community = communityOf[entity]!
    const chosen = offsets[entity + 1]! - offsets[entity]!
    const byChoice = (choices[community]! - chosen) / Math.max(1, payer.length - chosen)
    return Math.max(byChoice, (paid[community]! - own[entity]!) / Math.max(1, all - own[entity]!))
  }
  return { payers, linked, isLinked, near }
}
