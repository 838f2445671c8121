import { entityMap } from '../clusters/entity-map.ts'
import { type EntityPairs, entityPairs, pairsOfPayer, usagesOf } from '../clusters/entity-pairs.ts'
import { addressKeys, PREFIXES, SUFFIXES } from '../features/address-keys.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { defineSignal } from './signal.ts'

export const addressPattern = defineSignal({
  id: 'address-pattern',
  title: 'Payers of one payee have addresses that begin and end alike',
  why: 'Addresses are hashes: two that agree in seven digits were searched for. Whoever makes wallets by a program with one pattern holds them all.',
  status: 'experimental',
  family: 'F1',
  subject: 'cluster',
  requires: { entities: entityMap, pairs: entityPairs, keys: addressKeys },
  options: { commonLevel: 0.001 },
  statistic: {
    name: 'payers with its pattern',
    definition:
      'Of the other payers of a payee, how many have an address with the same first four and the same last three hexadecimal digits, at the most telling payee of the payer. An entity stands for the wallet that names it. Left out are addresses with a prefix or a suffix that too many others have, who do not pay that payee (binomial tail of at most .001), and ids that are no EVM addresses.',
  },
  nullModel: {
    name: 'uniform addresses',
    exchangeable:
      'Each address has any seven digits with one probability, 16^−7, so that the number of others which agree is binomial: of n payers n (n − 1) / 2 / 16^7 pairs are expected to. Of several payees the most telling counts, times their number.',
    heldFixed: 'Who pays whom.',
  },
  falsePositives: [
    {
      id: 'vanity-app',
      story: 'An app that offers one service gives its users wallets with its own pattern.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'wallet-sdk',
      story: 'The factory of a wallet is searched for a pattern, and so are the wallets of all who use it (CREATE2).',
      mitigation: 'What wallets at other payees have too is of the software, and left out.',
      staysOpen: false,
    },
    {
      id: 'leading-zeros',
      story: 'People search for addresses that begin with zeros, which cost less gas.',
      mitigation: 'The last three digits must agree too, and a prefix that is usual elsewhere is left out.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Wallets without a pattern, which is nearly all.',
    'Patterns of fewer or other digits.',
    'A pattern that others have as well, such as one an operator hands out to strangers.',
  ],
  references: [
    {
      title: 'EIP-1014: Skinny CREATE2',
      url: 'https://eips.ethereum.org/EIPS/eip-1014',
    },
  ],
  measure({ entities, pairs, keys }, { options }) {
    const keyOf = entities.founder.map((party) => keys[party]!)
    const patterns = patternsOf({ pairs, keyOf, commonLevel: options.commonLevel })
    const tested = Int32Array.from(keyOf.keys()).filter(
      (entity) => keyOf[entity] !== -1 && pairs.offsets[entity + 1]! > pairs.offsets[entity]!,
    )
    const best = Array.from(tested, (entity) => {
      const mine = pairsOfPayer(pairs, entity)
      let found = { payee: -1, alike: 0, pValue: 1 }
      for (const pair of mine) {
        const payee = pairs.payee[pair]!
        const { alike, others } = patterns(entity, payee)
        if (alike === 0) continue
        const tail = Math.exp(logBinomialTail(alike, others, 1 / (PREFIXES * SUFFIXES)))
        const pValue = Math.min(1, tail * mine.length)
        if (pValue < found.pValue) found = { payee, alike, pValue }
      }
      return found
    })
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic: Float64Array.from(best, ({ alike }) => alike),
        pValue: Float64Array.from(best, ({ pValue }) => pValue),
        evidence(row) {
          const { payee } = best[row]!
          const isAlike = (pair: number) => keyOf[pairs.payer[pair]!] === keyOf[tested[row]!]
          const wanted = Array.from(pairs.payee.keys()).filter((pair) => pairs.payee[pair] === payee && isAlike(pair))
          return { payments: usagesOf(pairs, wanted), transfers: [] }
        },
      },
    }
  },
})

/**
 * At a payee, how many other payers have the key of a payer, and how many others there are with any; none do where its prefix
 * or suffix is common among payers who do not pay it. Linear where few addresses agree, as hashes do.
 */
function patternsOf({ pairs, keyOf, commonLevel }: { pairs: EntityPairs; keyOf: Int32Array; commonLevel: number }) {
  const payersOf = new Int32Array(keyOf.length)
  pairs.payee.forEach((payee, pair) => {
    if (keyOf[pairs.payer[pair]!] !== -1) payersOf[payee]! += 1
  })
  const payers = rowsWhere(keyOf.length, (one) => keyOf[one] !== -1 && pairs.offsets[one + 1]! > pairs.offsets[one]!)
  const sharing = groupsOf(payers, (one) => keyOf[one]!)
  const shared = payers.filter((one) => sharing.get(keyOf[one]!)!.length > 1)
  const kinds = [
    { of: (key: number) => Math.floor(key / SUFFIXES), values: PREFIXES },
    { of: (key: number) => key % SUFFIXES, values: SUFFIXES },
  ].map(({ of, values }) => {
    const wanted = new Set(shared.map((one) => of(keyOf[one]!)))
    const having = groupsOf(
      payers.filter((one) => wanted.has(of(keyOf[one]!))),
      (one) => of(keyOf[one]!),
    )
    return { of, values, having, known: new Map<number, boolean>() }
  })
  const pays = (payer: number, payee: number) => pairsOfPayer(pairs, payer).some((pair) => pairs.payee[pair] === payee)
  const isCommon = ({ of, values, having, known }: (typeof kinds)[number], payee: number, key: number) => {
    const place = payee * values + of(key)
    const before = known.get(place)
    if (before !== undefined) return before
    const elsewhere = having.get(of(key))!.filter((one) => !pays(one, payee)).length
    const trials = payers.length - payersOf[payee]!
    const isOften = elsewhere > 0 && Math.exp(logBinomialTail(elsewhere, trials, 1 / values)) <= commonLevel
    known.set(place, isOften)
    return isOften
  }
  return (payer: number, payee: number) => {
    const key = keyOf[payer]!
    const group = sharing.get(key)!
    const alike = group.length < 2 ? 0 : group.filter((one) => one !== payer && pays(one, payee)).length
    const isOfSoftware = alike > 0 && kinds.some((kind) => isCommon(kind, payee, key))
    return { alike: isOfSoftware ? 0 : alike, others: payersOf[payee]! - 1 }
  }
}

function groupsOf(members: readonly number[], keyOf: (member: number) => number): ReadonlyMap<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const member of members) {
    const group = groups.get(keyOf(member))
    if (group === undefined) groups.set(keyOf(member), [member])
    else group.push(member)
  }
  return groups
}
