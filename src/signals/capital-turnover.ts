import { entityMap } from '../clusters/entity-map.ts'
import { type EntityPairs, entityPairs, pairsOfPayer, usagesOf } from '../clusters/entity-pairs.ts'
import { type InsideMoney, insideMoney } from '../clusters/inside-money.ts'
import { economy } from '../features/economy.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { weightedBernoulliTail } from '../statistics/weighted-bernoulli-tail.ts'
import { defineSignal } from './signal.ts'

export const capitalTurnover = defineSignal({
  id: 'capital-turnover',
  title: 'Payers turn over money that their own payees sent them',
  why: 'A customer brings money, spends it and it is gone. Where the money of a payer comes from those it pays, little capital makes much volume.',
  status: 'experimental',
  family: 'F2',
  basis: 'value',
  subject: 'cluster',
  requires: { economy, entities: entityMap, pairs: entityPairs, inside: insideMoney },
  options: {},
  statistic: {
    name: 'money from the payees that a payer pays, per unit of other money',
    definition:
      'What the payees of an entity sent it, straight or over at most three wallets that take no part in the market, over all else that it was sent; with it, capital of 1 makes a volume of 1 plus the statistic. Infinite where nothing else came.',
  },
  nullModel: {
    name: 'payees drawn anew',
    exchangeable:
      'A payee that sent an entity money is among those it pays with the probability that its popularity gives, independently: number of payees of the entity × number of payers of the payee over all pairs. The tail of the sum of what they sent is counted out.',
    heldFixed: 'Who sent whom how much, how many payees each payer has, and how many payers each payee has.',
  },
  falsePositives: [
    {
      id: 'launch-tester',
      story: 'A provider gives testers the money with which they try its service.',
      mitigation: 'The finding is true and no certificate: value-return and closed-loop ask that money comes back.',
      staysOpen: true,
    },
    {
      id: 'employer',
      story: 'A company pays its staff, who are customers of its service.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'trading-both-ways',
      story: 'Agents and providers earn from each other what they spend on each other.',
      mitigation: 'Payments for usage are no capital: only transfers beside them are.',
      staysOpen: false,
    },
    {
      id: 'gateway',
      story: 'A reseller spends what its customers pay it.',
      mitigation: 'What comes from customers is no money of its payees.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Money that passes an exchange, a bridge or a wallet to which several payees send.',
    'A payee so popular that whoever it sends money to is likely its customer anyway.',
  ],
  references: [
    {
      title: 'Sirolly, Ma, Kanoria and Sethi 2025 (capital turnover as a sign in place of closed positions)',
      url: 'https://doi.org/10.2139/ssrn.5714122',
    },
  ],
  measure({ economy, entities, pairs, inside }) {
    const payersOf = new Int32Array(entities.count)
    for (const payee of pairs.payee) payersOf[payee]!++
    const tested = Array.from(payersOf.keys()).filter(
      (entity) => pairs.offsets[entity + 1]! > pairs.offsets[entity]! && inside.sent[entity]! > 0,
    )
    const isOwn = new Int32Array(entities.count).fill(-1)
    const measured = tested.map((entity) => {
      for (let pair = pairs.offsets[entity]!; pair < pairs.offsets[entity + 1]!; pair += 1)
        isOwn[pairs.payee[pair]!] = entity
      return turnoverOf({ pairs, inside, payersOf }, entity, (payee) => isOwn[payee] === entity)
    })
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(tested),
        statistic: Float64Array.from(measured, ({ turnover }) => turnover),
        pValue: Float64Array.from(measured, ({ pValue }) => pValue),
        evidence(row) {
          const mine = tested[row]!
          const payees = new Set<number>()
          for (let pair = pairs.offsets[mine]!; pair < pairs.offsets[mine + 1]!; pair += 1)
            payees.add(pairs.payee[pair]!)
          const { to } = economy.transfers
          const isMine = (wallet: number) => wallet < economy.parties && entities.of[wallet] === mine
          const transfers = rowsWhere(
            inside.origin.length,
            (transfer) => payees.has(inside.origin[transfer]!) && isMine(to[transfer]!),
          )
          const senders = new Set(transfers.map((transfer) => inside.origin[transfer]!))
          const paid = pairsOfPayer(pairs, mine).filter((pair) => senders.has(pairs.payee[pair]!))
          return { payments: usagesOf(pairs, paid), transfers }
        },
      },
    }
  },
})

function turnoverOf(
  {
    pairs,
    inside,
    payersOf,
  }: { readonly pairs: EntityPairs; readonly inside: InsideMoney; readonly payersOf: Int32Array },
  entity: number,
  isPaid: (payee: number) => boolean,
): { readonly turnover: number; readonly pValue: number } {
  const [start, end] = [inside.offsets[entity]!, inside.offsets[entity + 1]!]
  const payees = pairs.offsets[entity + 1]! - pairs.offsets[entity]!
  let own = 0
  for (let row = start; row < end; row += 1) if (isPaid(inside.payee[row]!)) own += inside.value[row]!
  if (own === 0) return { turnover: 0, pValue: 1 }
  const chance = inside.payee.subarray(start, end).map((payee) => payersOf[payee]!)
  const probability = Float64Array.from(chance, (payers) => Math.min(1, (payees * payers) / pairs.payee.length))
  const other = inside.sent[entity]! - own
  return {
    // What is left of a difference of equal sums is rounding.
    turnover: other <= 1e-9 * own ? Number.POSITIVE_INFINITY : own / other,
    pValue: weightedBernoulliTail(inside.value.slice(start, end), probability, own),
  }
}
