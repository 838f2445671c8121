import { type EntityMap, entityMap } from '../clusters/entity-map.ts'
import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import { economy } from '../features/economy.ts'
import { type FirstFundings, firstFundings } from '../features/first-fundings.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
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
      'Of the distinct payees of all payers whom one wallet funded first, how many it funded too, or is, or were funded by the payer. Labelled services fund nobody.',
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
    const sourceOf = firstSources(entities, fundings, economy.isService)
    const groups = groupsOf(entities, pairs, sourceOf)
    const tested = Array.from(sourceOf.keys()).filter((entity) => groups.has(sourceOf[entity]!) && pays(pairs, entity))
    const groupOf = (row: number) => groups.get(sourceOf[tested[row]!]!)!
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(tested, (_, row) => groupOf(row).linked),
        pValue: Float64Array.from(tested, (_, row) => {
          const { linked, choices, chance } = groupOf(row)
          return Math.exp(logBinomialTail(linked, choices, Math.min(1, chance / choices)))
        }),
        evidence(row) {
          const mine = tested[row]!
          const wanted = linkedPairs(entities, pairs, sourceOf, mine)
          const parties = new Set([mine, ...[...wanted].map((pair) => pairs.payee[pair]!)])
          return {
            payments: Array.from(pairs.pairOf.keys()).filter((usage) => wanted.has(pairs.pairOf[usage]!)),
            transfers: [...fundings.transfer.subarray(0, entities.of.length)].filter(
              (transfer, party) => transfer !== -1 && parties.has(entities.of[party]!),
            ),
          }
        },
      },
    }
  },
})

/** Choices of payees by all whom one wallet funded: how many, how many linked, and the sum of their chances. */
type Group = { choices: number; linked: number; chance: number }

/** Who funded the founding wallet of each entity first; a funder that is a party stands for its entity. −1: not known. */
function firstSources({ founder, of }: EntityMap, { funder }: FirstFundings, isService: Uint8Array): Int32Array {
  return founder.map((party) => {
    const source = funder[party]!
    if (source === -1 || isService[source] === 1) return -1
    return source < of.length ? founder[of[source]!]! : source
  })
}

function groupsOf({ founder }: EntityMap, pairs: EntityPairs, sourceOf: Int32Array): Map<number, Group> {
  const payersOf = new Int32Array(sourceOf.length)
  for (const payee of pairs.payee) payersOf[payee]!++
  // Payers of all whom a wallet funded, and of the wallet itself where it is a party.
  const near = new Map<number, number>()
  const add = (wallet: number, payers: number) => near.set(wallet, (near.get(wallet) ?? 0) + payers)
  sourceOf.forEach((source, entity) => {
    if (source !== -1) add(source, payersOf[entity]!)
    add(founder[entity]!, payersOf[entity]!)
  })
  const groups = new Map<number, Group>()
  for (let pair = 0; pair < pairs.payer.length; pair += 1) {
    const payer = pairs.payer[pair]!
    const source = sourceOf[payer]!
    if (source === -1) continue
    const group = groups.get(source) ?? { choices: 0, linked: 0, chance: 0 }
    groups.set(source, group)
    group.choices += 1
    if (isLinked(founder, sourceOf, payer, pairs.payee[pair]!)) group.linked += 1
    const own = payersOf[payer]!
    const others = near.get(source)! - own + near.get(founder[payer]!)! - own
    group.chance += others / Math.max(1, pairs.payee.length - own)
  }
  return groups
}

function isLinked(founder: Int32Array, sourceOf: Int32Array, a: number, b: number): boolean {
  const [first, second] = [sourceOf[a]!, sourceOf[b]!]
  return (first !== -1 && first === second) || first === founder[b] || second === founder[a]
}

function linkedPairs({ founder }: EntityMap, pairs: EntityPairs, sourceOf: Int32Array, entity: number): Set<number> {
  const found = new Set<number>()
  for (let pair = pairs.offsets[entity]!; pair < pairs.offsets[entity + 1]!; pair += 1)
    if (isLinked(founder, sourceOf, entity, pairs.payee[pair]!)) found.add(pair)
  return found
}

const pays = ({ offsets }: EntityPairs, entity: number) => offsets[entity + 1]! > offsets[entity]!
