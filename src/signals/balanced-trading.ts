import { balancedRows, entityTrades, returnedShares } from '../clusters/balanced-trades.ts'
import { entityMap } from '../clusters/entity-map.ts'
import { payments } from '../features/economy.ts'
import { rowsWhere } from '../features/rows-where.ts'
import { payeeShuffles } from '../features/shuffle-economy.ts'
import { pooledPValues } from '../statistics/pooled-p-values.ts'
import { defineSignal } from './signal.ts'

const HOUR = 3_600_000

// Evidence with a null and no certificate: a run that balances says that positions return, not which unit of value came
// back for which payment, so nothing of it enters W1 or L0, which hold exact returns alone.
export const balancedTrading = defineSignal({
  id: 'balanced-trading',
  title: 'Payments and transfers leave all who take part where they began',
  why: 'Where the same wallets send value round again and again, and each ends with what it had, nothing was bought.',
  status: 'experimental',
  family: 'F2',
  basis: 'value',
  subject: 'cluster',
  requires: { entities: entityMap, payments, trades: entityTrades },
  options: { leastOccurrences: 3, margin: 0.01, leastPayments: 3, leastShare: 0.5, draws: 24 },
  statistic: {
    name: 'share of payments that balance',
    definition:
      'Among entities and other wallets that send and get at least three payments or transfers of an asset: those strongly connected in three layers or more (each layer takes one off the number of trades between two), and runs of their trades from the start of an hour, a day, a week or the ledger after which the balance of each is within .01 mean trades of zero. Of what an entity paid, the part in such runs that came back to it in them by transfers. Less than half counts as nothing; entities with fewer than three payments are not tested.',
  },
  nullModel: {
    name: 'payees exchanged',
    exchangeable:
      'Payees change places among payments of one week and asset, 24 times. An entity ranks among all entities of the market and of its draws, so that the p-value holds for an entity drawn at random.',
    heldFixed: 'All transfers, who pays when and how much, and how often each payee is paid in a week.',
  },
  falsePositives: [
    {
      id: 'refund',
      story: 'A provider that fails again and again gives most of what a customer pays back by hand.',
      mitigation:
        'Refunds that the protocol logs are no transfers; by hand at least half of what a customer paid must come back, in three rounds.',
      staysOpen: true,
    },
    {
      id: 'prepaid-balance',
      story: 'A marketplace without a label takes deposits and pays them out, and one of its wallets pays for usage.',
      mitigation: 'Services by label or structure are left out; naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'market-maker',
      story: 'Agents buy from and sell to each other at the same prices, so that positions return to zero.',
      mitigation: 'What is paid for usage brings nothing back: only transfers do.',
      staysOpen: false,
    },
    {
      id: 'marketplace-recycling',
      story: 'An escrow or staking contract takes in and gives out the value of strangers.',
      mitigation: 'Its own balance, or that of its users, is never back at zero by a hundredth of a trade.',
      staysOpen: false,
    },
    {
      id: 'occasional-refund',
      story: 'A provider gives back now and then what a failed job cost.',
      mitigation: 'Less than half of what an entity paid counts as nothing.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Rounds in which more than a hundredth of a mean trade stays with somebody, such as a fee.',
    'Money that comes back through a service or in another asset.',
    'Rounds that begin before the first trade that the ledger holds, longer than what is left of a week.',
    'Cycles that happen once or twice.',
    'A market in which nearly everybody does it: nobody ranks high among all.',
  ],
  references: [
    {
      title:
        'Victor and Weintraud 2021, Detecting and Quantifying Wash Trading on Decentralized Cryptocurrency Exchanges',
      url: 'https://doi.org/10.1145/3442381.3449824',
    },
    {
      title: 'Phipson and Smyth 2010, Permutation P-values Should Never Be Zero',
      url: 'https://doi.org/10.2202/1544-6115.1585',
    },
  ],
  measure({ entities, payments, trades }, { options, random }) {
    const rule = {
      occurrences: options.leastOccurrences,
      margin: options.margin,
      // The last pass is not of the paper: rounds that no window holds from their start balance over the ledger.
      windows: [HOUR, 24 * HOUR, 168 * HOUR, Number.POSITIVE_INFINITY],
    }
    const observed = balancedRows(trades, trades.to, rule)
    const { share, count } = returnedShares(trades, trades.to, observed, entities.count)
    const tested = rowsWhere(entities.count, (entity) => count[entity]! >= options.leastPayments)
    const counting = (one: number) => (one >= options.leastShare ? one : 0)
    const statistic = Float64Array.from(tested, (entity) => counting(share[entity]!))
    const drawn: Float64Array[] = []
    // Where nothing balances no draw can change what is said.
    if (statistic.some((one) => one > 0)) {
      const shuffle = payeeShuffles(payments)
      for (let draw = 0; draw < options.draws; draw += 1) {
        const to = trades.to.slice()
        shuffle(random).payee.forEach((wallet, row) => {
          to[row] = wallet === -1 ? -1 : trades.nodeOf[wallet]!
        })
        const { share } = returnedShares(trades, to, balancedRows(trades, to, rule), entities.count)
        drawn.push(Float64Array.from(tested, (entity) => counting(share[entity]!)))
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
          const mine = tested[row]!
          const isShown = (at: number) => observed[at] === 1 && (trades.from[at] === mine || trades.to[at] === mine)
          const shown = rowsWhere(observed.length, isShown)
          return {
            payments: shown.filter((at) => at < trades.payments && trades.from[at] === mine),
            transfers: shown.filter((at) => at >= trades.payments).map((at) => at - trades.payments),
          }
        },
      },
    }
  },
})
