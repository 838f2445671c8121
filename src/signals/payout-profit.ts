import { entityMap } from '../clusters/entity-map.ts'
import { type RewardEpochs, rewardEpochs } from '../clusters/reward-epochs.ts'
import { type Payments, payments } from '../features/economy.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { payeeShuffles } from '../features/shuffle-economy.ts'
import { pooledPValues } from '../statistics/pooled-p-values.ts'
import { defineSignal } from './signal.ts'

// Rewards are held fixed and payees exchanged. Rewards exchanged among entities of one volume, the other way to ask, change
// nothing where a programme pays by volume, which is where it pays to pay oneself.
export const payoutProfit = defineSignal({
  id: 'payout-profit',
  title: 'Paying itself earned an entity more in rewards than it cost',
  why: 'Where a programme pays by usage, whoever pays itself loses fees alone, and the reward is profit. A customer spends more than it is given.',
  status: 'experimental',
  family: 'F2',
  basis: 'value',
  subject: 'cluster',
  requires: { entities: entityMap, payments, epochs: rewardEpochs },
  options: { leastRatio: 1, leastEpochs: 2, leastInside: 0.8, draws: 24 },
  statistic: {
    name: 'rewards over what they cost',
    definition:
      'In each epoch of a programme, what an entity was given over what it paid to others and in fees since the payout before. The second largest ratio of one programme counts, where it is above 1 and at least .8 of what the entity paid in its epochs went to itself; infinite where nothing is known to have left. Only rewards and payments of known value count; gas is not in a ledger, so that costs are a floor.',
  },
  nullModel: {
    name: 'payees exchanged',
    exchangeable:
      'Payees change places among payments of one week and asset, 24 times. An entity ranks among all entities of the market and of its draws, so that the p-value holds for an entity drawn at random.',
    heldFixed: 'All rewards and fees, who pays when and how much, and how often each payee is paid in a week.',
  },
  falsePositives: [
    {
      id: 'own-use',
      story:
        'A company uses its own service through the market, as others do, and takes the reward that all are given.',
      mitigation: 'The finding is true and its purpose not known; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'wrong-merge',
      story: 'Customers and their provider were taken for one entity.',
      mitigation: 'The report says how much of a cluster its links hold together, and what each wallet says alone.',
      staysOpen: true,
    },
    {
      id: 'generous-programme',
      story: 'A programme gives more than usage costs, and customers of strangers take it.',
      mitigation: 'Most of what an entity paid must have gone to itself.',
      staysOpen: false,
    },
    {
      id: 'rewarded-supply',
      story: 'A provider is rewarded for what it sells, and buys a little of others.',
      mitigation: 'As above; an epoch counts only where the entity paid in it.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Wallets that no link joins to the payee they pay: to the ledger their money has left.',
    'Rewards in an asset without a price, or to a wallet that is no party and for no subject that is one.',
    'Gas, and the price of what is staked to be rewarded.',
  ],
  references: [
    {
      title: 'Phipson and Smyth 2010, Permutation P-values Should Never Be Zero',
      url: 'https://doi.org/10.2202/1544-6115.1585',
    },
  ],
  measure({ entities, payments, epochs }, { options, random }) {
    const ratios = ratiosBy({ payments, epochs, of: entities.of }, options)
    const observed = ratios(payments.payee)
    const tested = rowsWhere(entities.count, (entity) => !Number.isNaN(observed[entity]!))
    const statistic = Float64Array.from(tested, (entity) => observed[entity]!)
    const drawn: Float64Array[] = []
    // Where nobody profits no draw can change what is said.
    if (statistic.some((one) => one > 0)) {
      const shuffle = payeeShuffles(payments)
      for (let draw = 0; draw < options.draws; draw += 1) {
        const all = ratios(shuffle(random).payee)
        drawn.push(Float64Array.from(tested, (entity) => all[entity]!))
      }
    }
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: Int32Array.from(tested),
        statistic,
        pValue: pooledPValues(statistic, drawn),
        evidence(row) {
          const mine = rowsWhere(epochs.usage.length, (at) => epochs.entity[epochs.row[at]!] === tested[row])
          const usages = new Set(mine.map((at) => epochs.usage[at]!))
          return { payments: [...usages].sort((a, b) => a - b), transfers: [] }
        },
      },
    }
  },
})

type Paid = {
  readonly payments: Payments
  readonly epochs: RewardEpochs
  /** Entity of each party. */
  readonly of: Int32Array
}
type Rule = { readonly leastRatio: number; readonly leastEpochs: number; readonly leastInside: number }

/**
 * By who was paid, of each entity the ratio that counts; 0: none does; NaN: too few epochs in which it paid and was rewarded.
 * What was spent in an epoch does not depend on to whom.
 */
function ratiosBy({ payments, epochs, of }: Paid, rule: Rule): (payee: Int32Array) => Float64Array {
  const { entity, reward, usage, row, fees } = epochs
  const spent = new Float64Array(entity.length)
  for (let at = 0; at < usage.length; at += 1) spent[row[at]!]! += payments.value[usage[at]!]!
  const groups = groupsOf(epochs, spent).filter((group) => group.length >= rule.leastEpochs)
  return (payee) => {
    const [inside, cost] = [new Float64Array(entity.length), new Float64Array(entity.length)]
    for (let at = 0; at < usage.length; at += 1) {
      const [one, mine] = [usage[at]!, row[at]!]
      const value = payments.value[one]!
      const isInside = of[payee[one]!] === entity[mine]
      if (isInside) inside[mine]! += value
      cost[mine]! += isInside ? fees[one]! : value
    }
    const found = new Float64Array(of.length).fill(Number.NaN)
    for (const group of groups) {
      const sum = (column: Float64Array) => group.reduce((all, one) => all + column[one]!, 0)
      const isOwn = sum(inside) >= rule.leastInside * sum(spent)
      const ratios = isOwn ? Float64Array.from(group, (one) => reward[one]! / cost[one]!).sort() : []
      const ratio = ratios[ratios.length - rule.leastEpochs] ?? 0
      const who = entity[group[0]!]!
      found[who] = Math.max(Number.isNaN(found[who]!) ? 0 : found[who]!, ratio > rule.leastRatio ? ratio : 0)
    }
    return found
  }
}

/** Epochs in which something was spent, those of one entity and programme together. */
function groupsOf({ entity, programme }: RewardEpochs, spent: Float64Array): Int32Array[] {
  const order = Int32Array.from(rowsWhere(entity.length, (mine) => spent[mine]! > 0))
  order.sort((a, b) => entity[a]! - entity[b]! || programme[a]! - programme[b]!)
  const groups: Int32Array[] = []
  for (let start = 0, end = 0; start < order.length; start = end) {
    const first = order[start]!
    while (end < order.length && entity[order[end]!] === entity[first] && programme[order[end]!] === programme[first])
      end += 1
    groups.push(order.subarray(start, end))
  }
  return groups
}
