import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { linkedOrShared, traitOf, transfersOf } from '../clusters/payee-links.ts'
import { lastExits } from '../features/last-exits.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { defineSignal } from './signal.ts'

export const commonExit = defineSignal({
  id: 'common-exit',
  title: 'Payers and their payees, or many payers of one payee, send what is left to one wallet',
  why: 'Wallets that were made for one purpose are emptied into one when it is done. Strangers who buy from the same service keep what they have, or send it each to a place of their own.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { entities: entityMap, pairs: entityPairs, exits: lastExits, hubs: serviceHubs },
  options: { leastLift: 2 },
  statistic: {
    name: 'linked payees, or nats',
    definition:
      'Of the distinct payees of all payers whose last transfer went to one wallet, how many sent their last there too, or are that wallet, or sent their last to the payer; where that says less, ln likelihood ratio of the share of the others’ choices that falls on the most telling payee of the payer against the share expected, where it is at least twice that. Services, labelled or known by their structure, are nobody’s exit.',
  },
  nullModel: {
    name: 'payees drawn anew',
    exchangeable:
      'Each choice of a payee falls on any payee in proportion to how many payers it has, or, for what payers share, to how many of those have who pay about as many payees (Hoeffding 1956). The smaller of the two p-values counts, twice.',
    heldFixed: 'Who sent their last to whom, how many payees each payer has, and how popular each payee is.',
  },
  falsePositives: [
    {
      id: 'treasury',
      story:
        'A company pays from many wallets for one service that it needs, and sweeps what is left into its treasury.',
      mitigation: 'The link is true and listed; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'exchange-user',
      story: 'Strangers cash out to one exchange.',
      mitigation: 'Each has a deposit address of its own, and the wallet of the exchange itself is nobody’s exit.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Payers that keep what is left, or are paid out one by one.',
    'A last transfer that goes elsewhere, were it of a cent.',
  ],
  references: [
    {
      title: 'Arbitrum sybil detection (sweep: the last transfer of a wallet)',
      url: 'https://github.com/ArbitrumFoundation/sybil-detection',
    },
  ],
  measure({ entities, pairs, exits, hubs }, { options }) {
    const found = linkedOrShared(entities, pairs, traitOf(entities, exits.target, hubs.isService), options.leastLift)
    return {
      tested: found.entity.length,
      findings: [],
      values: {
        role: 'payer',
        ...{ entity: found.entity, statistic: found.statistic, pValue: found.pValue },
        evidence(row) {
          const wanted = found.pairs(row)
          const parties = new Set([...wanted].flatMap((pair) => [pairs.payer[pair]!, pairs.payee[pair]!]))
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(entities, exits.transfer, parties) }
        },
      },
    }
  },
})
