import { valueReturn } from '../../src/signals/value-return.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { plantedAs, testSignal } from '../support/test-signal.ts'

const consumers = 30

testSignal(valueReturn, {
  organic: (seed) => simulateMarket({ seed }),
  wash: {
    market: (seed) => simulateMarket({ seed, ring: { puppets: 4, payments: 6, selfPayments: 3 } }),
    planted: plantedAs('ring'),
  },
  traps: {
    refund: (seed) => simulateMarket({ seed, consumers: 60, refunds: { share: 0.5, by: 'hand' } }),
    'trading-both-ways': (seed) => simulateMarket({ seed, consumers, bothWays: { pairs: 5, by: 'hand' } }),
    employer: (seed) => simulateMarket({ seed, consumers, employer: { staff: 10, runsService: true } }),
    exchange: (seed) => simulateMarket({ seed, consumers, exchange: { labelled: true, payments: 20 } }),
    automation: (seed) => simulateMarket({ seed, consumers, programs: { payers: 5, everyHours: 12 } }),
  },
  guards: {
    'refunds by the protocol': (seed) => simulateMarket({ seed, refunds: { share: 0.3, by: 'protocol' } }),
    'providers that buy from each other by the protocol': (seed) =>
      simulateMarket({ seed, consumers, bothWays: { pairs: 5, by: 'protocol' } }),
    'an employer whose staff buys elsewhere': (seed) =>
      simulateMarket({ seed, consumers, employer: { staff: 10, runsService: false } }),
    'an exchange that nobody labelled': (seed) =>
      simulateMarket({ seed, consumers, exchange: { labelled: false, payments: 0 } }),
  },
})
