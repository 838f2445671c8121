import { selfPayment } from '../../src/signals/self-payment.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { plantedAs, testSignal } from '../support/test-signal.ts'

testSignal(selfPayment, {
  organic: (seed) => simulateMarket({ seed }),
  wash: {
    market: (seed) => simulateMarket({ seed, ring: { puppets: 4, payments: 6, selfPayments: 10 } }),
    planted: plantedAs('self'),
  },
  traps: {
    'settlement-contract': (seed) =>
      simulateMarket({ seed, consumers: 30, bothSides: { story: 'settlement-contract', payments: 8 } }),
    'self-test': (seed) => simulateMarket({ seed, consumers: 30, bothSides: { story: 'self-test', payments: 3 } }),
    'shared-account': (seed) =>
      simulateMarket({ seed, consumers: 30, bothSides: { story: 'shared-account', payments: 8 } }),
  },
  guards: {
    'a ring of other wallets': (seed) =>
      simulateMarket({ seed, consumers: 30, ring: { puppets: 4, payments: 6, selfPayments: 0 } }),
    'refunds by the protocol': (seed) =>
      simulateMarket({ seed, consumers: 30, refunds: { share: 0.3, by: 'protocol' } }),
    'an employer whose staff buys its own service': (seed) =>
      simulateMarket({ seed, consumers: 30, employer: { staff: 10, runsService: true } }),
  },
})
