import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { linkedPayees, traitOf, transfersOf } from '../clusters/payee-links.ts'
import { economy } from '../features/economy.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { defineSignal } from './signal.ts'

export const funderLink = defineSignal({
  id: 'funder-link',
  title: 'Payers and their payees were funded by one wallet',
  why: 'Whoever runs both sides of a market has to give both their first gas. Customers choose a service, not its funder.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { economy, entities: entityMap, pairs: entityPairs, fundings: firstFundings },
  options: {},
  statistic: {
    name: 'linked payees',
    definition:
      'Of the distinct payees of all payers whom one wallet funded first, how many it funded too, or is, or were funded by the payer. Labelled services fund nobody. A payer without a linked payee of its own has a p-value of 1.',
  },
  nullModel: {
    name: 'payees drawn anew',
    exchangeable:
      'Each choice of a payee falls on any payee in proportion to how many payers it has, whoever funded it: the number of linked payees is at most as far out as a binomial one with the mean chance (Hoeffding 1956).',
    heldFixed: 'Who funded whom, how many payees each payer has, and how popular each payee is.',
  },
  falsePositives: [
    {
      id: 'launch-tester',
      story: 'A team gives its testers gas, and they try what the team sells before it opens.',
      mitigation: 'The link is true and listed; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'common-source',
      story:
        'Many customers and many services draw their gas from one exchange, bridge, faucet or paymaster, labelled or not.',
      mitigation:
        'A source of many relates its customers to many payees, so that a linked choice is likely and says little.',
      staysOpen: false,
    },
    {
      id: 'employer',
      story: 'One company funds the wallets of its staff.',
      mitigation: 'Staff alone is no finding: its payees would have to be funded by the company too.',
      staysOpen: false,
    },
  ],
  blindSpots: ['Funding through an exchange, a bridge or a chain of wallets.', 'Wallets funded in tokens only.'],
  references: [
    {
      title: 'Dune spellbook, nft_wash_trades (filter 4: both sides funded by one wallet)',
      url: 'https://github.com/duneanalytics/spellbook/blob/91dac12/dbt_macros/models/_sector/nft/nft_wash_trades.sql',
    },
  ],
  measure({ economy, entities, pairs, fundings }) {
    const trait = traitOf(entities, fundings.funder, economy.isService)
    const { entity, linked, pValue, pairs: linkedTo } = linkedPayees(entities, pairs, trait)
    return {
      tested: entity.length,
      findings: [],
      values: {
        role: 'payer',
        ...{ entity, statistic: linked, pValue },
        evidence(row) {
          const mine = entity[row]!
          const wanted = new Set(linkedTo(mine))
          const parties = new Set([mine, ...[...wanted].map((pair) => pairs.payee[pair]!)])
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(entities, fundings.transfer, parties) }
        },
      },
    }
  },
})
