import { entityMap } from '../clusters/entity-map.ts'
import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { sharedPayees, traitOf, transfersOf } from '../clusters/payee-links.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { defineSignal } from './signal.ts'

export const funderCohort = defineSignal({
  id: 'funder-cohort',
  title: 'Payers whom one wallet funded pay the same payee',
  why: 'Whoever makes many wallets gives each its first gas and sends them where the usage is to show. Wallets with one funder that choose their payees as all others do show nothing.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { entities: entityMap, pairs: entityPairs, fundings: firstFundings, hubs: serviceHubs },
  options: { leastLift: 2 },
  statistic: {
    name: 'nats',
    definition:
      'Of the choices of all others whom the same wallet funded first, ln likelihood ratio of the share that falls on the most telling payee of the payer against the share expected, where it is at least twice that. A funder of everybody says nothing, whatever its size. Services, labelled or known by their structure, fund nobody.',
  },
  nullModel: {
    name: 'cohorts drawn anew',
    exchangeable:
      'Given what a payer pays, each choice of the others of its cohort falls on a payee as often as choices of payers with about as many payees do: the number that does is at most as far out as a binomial one with the mean chance (Hoeffding 1956). Of several payees the most telling counts, times their number.',
    heldFixed:
      'How many payees each payer has, how popular each payee is with narrow and with broad payers, and who funded whom.',
  },
  falsePositives: [
    {
      id: 'launch-tester',
      story: 'A team gives its testers gas, and they try what the team sells.',
      mitigation: 'The link is true and listed; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'one-app',
      story: 'An app that nobody labelled pays the gas of its users and offers them a few services.',
      mitigation: 'A label of the paymaster rules it out; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'employer',
      story: 'A company funds the wallets of its staff, an exchange, a bridge or a faucet those of strangers.',
      mitigation: 'A cohort alone is no finding: what it shares is held against what payers at large share.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Wallets funded by a service or by a chain of wallets, each by another one.',
    'Cohorts that spread over payees as the market does.',
  ],
  references: [
    {
      title: 'Splink, term frequency adjustments (how much rarer agreement weighs more)',
      url: 'https://moj-analytical-services.github.io/splink/topic_guides/comparisons/term-frequency.html',
    },
    {
      title: 'Tumminello and others 2011, Statistically validated networks in bipartite complex systems',
      url: 'https://doi.org/10.1371/journal.pone.0017994',
    },
  ],
  measure({ entities, pairs, fundings, hubs }, { options }) {
    const trait = traitOf(entities, fundings.funder, hubs.isService)
    const { entity, nats, pValue, pairs: sharedBy } = sharedPayees(pairs, trait, options.leastLift)
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
