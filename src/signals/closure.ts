import { entityPairs, usagesOf } from '../clusters/entity-pairs.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { logHypergeometricTail } from '../statistics/hypergeometric-tail.ts'
import { defineSignal } from './signal.ts'

export const closure = defineSignal({
  id: 'closure',
  title: 'A payee has more payers of its own than the market has',
  why: 'Wallets made for one payee pay nobody else. So do loyal customers: it supports what other signs say, and says nothing alone.',
  status: 'experimental',
  family: 'F2',
  basis: 'closure',
  subject: 'cluster',
  requires: { pairs: entityPairs },
  options: { leastPayers: 3 },
  statistic: {
    name: 'payers of its own',
    definition:
      'Of the payers of a payee, how many pay no other. Payees with fewer payers than the least are not tested.',
  },
  nullModel: {
    name: 'payers dealt anew',
    exchangeable:
      'The pairs of a payee are drawn without replacement from all pairs of the market: the number whose payer has no other pair is hypergeometric.',
    heldFixed: 'How many payees each payer has and how many payers each payee has.',
  },
  falsePositives: [
    {
      id: 'boutique',
      story: 'A small provider, a private endpoint or a contract with one company has customers of its own.',
      mitigation: 'Supportive only: naming a wallet needs ownership, value return or lockstep beside it.',
      staysOpen: true,
    },
    {
      id: 'gateway',
      story: 'A reseller has customers for whom it buys from all others.',
      mitigation: 'As above.',
      staysOpen: true,
    },
    {
      id: 'launch-tester',
      story: 'A new service has customers who have not tried another yet.',
      mitigation: 'As above.',
      staysOpen: true,
    },
    {
      id: 'event-spike',
      story: 'An event brings many people once, and all to one service.',
      mitigation: 'As above.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Wallets that pay honest services as well.',
    'A market in which nearly everybody pays one payee: nothing can be more than that.',
  ],
  references: [
    {
      title: 'Tumminello et al. 2011, Statistically Validated Networks in Bipartite Complex Systems',
      url: 'https://doi.org/10.1371/journal.pone.0017994',
    },
    {
      title: 'Sirolly, Ma, Kanoria and Sethi 2025 (85 to 99.9 % of volume stays inside clusters built by hand)',
      url: 'https://doi.org/10.2139/ssrn.5714122',
    },
  ],
  measure({ pairs }, { options }) {
    const isOwn = (pair: number) => {
      const payer = pairs.payer[pair]!
      return pairs.offsets[payer + 1]! - pairs.offsets[payer]! === 1
    }
    const entities = pairs.offsets.length - 1
    const [payers, own] = [new Int32Array(entities), new Int32Array(entities)]
    let marked = 0
    pairs.payee.forEach((payee, pair) => {
      payers[payee]! += 1
      if (!isOwn(pair)) return
      own[payee]! += 1
      marked += 1
    })
    const population = pairs.payee.length
    const tested = Int32Array.from(payers.keys()).filter((payee) => payers[payee]! >= options.leastPayers)
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payee',
        entity: tested,
        statistic: Float64Array.from(tested, (payee) => own[payee]!),
        pValue: Float64Array.from(tested, (payee) =>
          Math.exp(logHypergeometricTail(own[payee]!, { population, marked, drawn: payers[payee]! })),
        ),
        evidence(row) {
          const own = rowsWhere(pairs.payee.length, (pair) => pairs.payee[pair] === tested[row] && isOwn(pair))
          return { payments: usagesOf(pairs, own), transfers: [] }
        },
      },
    }
  },
})
