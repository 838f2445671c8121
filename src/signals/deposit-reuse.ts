import { depositOwners } from '../clusters/deposit-owners.ts'
import { type EntityMap, entityMap, unmerged } from '../clusters/entity-map.ts'
import { pairsOf, usagesOf } from '../clusters/entity-pairs.ts'
import { type LinkedOrShared, linkedOrShared, transfersOf } from '../clusters/payee-links.ts'
import { economy } from '../features/economy.ts'
import { defineSignal } from './signal.ts'

export const depositReuse = defineSignal({
  id: 'deposit-reuse',
  title: 'Payers and their payees, or several payers of one payee, cash out through one deposit address',
  why: 'An exchange gives each customer a deposit address of its own, so that all who send to one are one customer. A payee and its payer who are one customer pay themselves.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { economy, entities: entityMap, deposits: depositOwners },
  options: { leastLift: 2 },
  statistic: {
    name: 'linked payees, or nats',
    definition:
      'Of the distinct payees of all wallets that share a deposit address, how many share it too; where that says less, ln likelihood ratio of the share of the others’ choices that falls on the most telling payee of the wallet against the share expected, where it is at least twice that. Wallets by themselves, though a shared address makes one entity of them; of an entity the most telling wallet. Deposit addresses are those of labelled exchanges (Victor 2020, algorithm 1) and those that hand all on to a service known by its structure.',
  },
  nullModel: {
    name: 'payees drawn anew',
    exchangeable:
      'As for common exits, among wallets: each choice of a payee falls on any payee in proportion to its payers (Hoeffding 1956). Of several wallets of an entity the smallest p-value counts, times their number.',
    heldFixed: 'Who shares an address, how many payees each wallet has, and how popular each payee is.',
  },
  falsePositives: [
    {
      id: 'custodian',
      story: 'A custodian or a payment processor takes deposits of several customers at one address.',
      mitigation: 'An address with more than fifty senders is no deposit; naming a wallet needs a second family.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'One person with several accounts, or on several exchanges.',
    'Exchanges that neither a label nor their structure gives away.',
  ],
  references: [
    {
      title: 'Victor 2020, Address Clustering Heuristics for Ethereum',
      url: 'https://doi.org/10.1007/978-3-030-51280-4_33',
    },
  ],
  measure({ economy: { parties, payments }, entities, deposits }, { options }) {
    const wallets = unmerged(parties)
    const pairs = pairsOf(payments, wallets)
    const found = linkedOrShared(wallets, pairs, deposits.owner.subarray(0, parties), options.leastLift)
    const best = bestOf(found, entities)
    const rows = [...best.values()]
    return {
      tested: rows.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(best.keys()),
        statistic: Float64Array.from(rows, ({ row }) => found.statistic[row]!),
        pValue: Float64Array.from(rows, ({ row, wallets }) => Math.min(1, wallets * found.pValue[row]!)),
        evidence(at) {
          const wanted = found.pairs(rows[at]!.row)
          const parties = new Set([...wanted].flatMap((pair) => [pairs.payer[pair]!, pairs.payee[pair]!]))
          return { payments: usagesOf(pairs, wanted), transfers: transfersOf(wallets, deposits.transfer, parties) }
        },
      },
    }
  },
})

/** Of each entity the row of its most telling wallet, and how many of its wallets have one. */
function bestOf({ entity: wallet, pValue }: LinkedOrShared, { of }: EntityMap) {
  const best = new Map<number, { row: number; wallets: number }>()
  wallet.forEach((one, row) => {
    const known = best.get(of[one]!)
    if (known === undefined) best.set(of[one]!, { row, wallets: 1 })
    else {
      known.wallets += 1
      if (pValue[row]! < pValue[known.row]!) known.row = row
    }
  })
  return best
}
