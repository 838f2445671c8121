import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { firstAmounts } from '../clusters/first-amounts.ts'
import { sharedPayees, transfersOf } from '../clusters/payee-links.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { defineSignal } from './signal.ts'

export const firstAmount = defineSignal({
  id: 'first-amount',
  title: 'Payers of one payee began with the same amount of gas',
  why: 'A program that sets up wallets gives each the same, whoever hands it out. Strangers begin with what they happen to need.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { entities: entityMap, pairs: entityPairs, fundings: firstFundings, amounts: firstAmounts },
  options: { leastLift: 2 },
  statistic: {
    name: 'nats',
    definition:
      'Of the choices of all others whose first funding is the same to four significant digits, ln likelihood ratio of the share that falls on the most telling payee of the payer against the share expected, where it is at least twice that. An amount that is common, such as a round one, says little. What faucets, paymasters and programmes give does not count.',
  },
  nullModel: {
    name: 'cohorts drawn anew',
    exchangeable:
      'Given what a payer pays, each choice of the others with its amount falls on a payee as often as choices of payers with about as many payees do (Hoeffding 1956). Of several payees the most telling counts, times their number.',
    heldFixed: 'Who began with which amount, how many payees each payer has, and how popular each payee is.',
  },
  falsePositives: [
    {
      id: 'one-app',
      story: 'An app that nobody labelled gives each new user the same gas and offers them a few services.',
      mitigation: 'A label of the paymaster rules it out; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'guide',
      story: 'A provider tells its customers how much gas to buy.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'employer',
      story: 'A company gives the wallets of its staff the same gas.',
      mitigation: 'They buy what the market buys, which is what is expected.',
      staysOpen: false,
    },
    {
      id: 'common-amount',
      story: 'Many people withdraw the same round amount from an exchange.',
      mitigation: 'An amount is weighed by how many begin with it, whom they pay as all others do.',
      staysOpen: false,
    },
  ],
  blindSpots: ['Amounts drawn at random; wallets that began before the ledger does, or with tokens only.'],
  references: [
    {
      title: 'Hop airdrop, reports of groups of addresses (equal amounts of funding among them)',
      url: 'https://github.com/hop-protocol/hop-airdrop',
    },
  ],
  measure({ entities, pairs, fundings, amounts }, { options }) {
    const { entity, nats, pValue, pairs: sharedBy } = sharedPayees(pairs, amounts, options.leastLift)
    return {
      tested: entity.length,
      findings: [],
      values: {
        role: 'payer',
        ...{ entity, statistic: nats, pValue },
        evidence(row) {
          const wanted = new Set(sharedBy(entity[row]!))
          const payers = new Set([...wanted].map((pair) => pairs.payer[pair]!))
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(entities, fundings.transfer, payers) }
        },
      },
    }
  },
})
