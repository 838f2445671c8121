import { describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import type { Report } from '../../src/report/report.ts'
import { closedLoop } from '../../src/signals/closed-loop.ts'
import { selfPayment } from '../../src/signals/self-payment.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { type Market, marketOf, simulateMarket, simulateScenario } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'
import { plantedAs, testSignal } from '../support/test-signal.ts'

const consumers = 30
const marketWith = (seed: number, story: 'refund' | 'employer' | 'own-desk') =>
  simulateMarket({ seed, consumers, round: { story, customers: 6 } })

testSignal(closedLoop, {
  organic: (seed) => simulateMarket({ seed }),
  wash: {
    market: (seed) =>
      simulateMarket({ seed, ring: { puppets: 4, payments: 6, selfPayments: 3, hops: 1 + (seed % 3), delay: 5 } }),
    planted: plantedAs('ring'),
  },
  traps: {
    refund: (seed) => marketWith(seed, 'refund'),
    employer: (seed) => marketWith(seed, 'employer'),
    'own-desk': (seed) => marketWith(seed, 'own-desk'),
    exchange: (seed) => simulateMarket({ seed, consumers, exchange: { labelled: seed % 2 === 0, payments: 20 } }),
    'trading-both-ways': (seed) => simulateMarket({ seed, consumers, bothWays: { pairs: 5, by: 'protocol' } }),
    // Every honest class is in these markets, agents in a circle, gateways and employers among them.
    'launch-tester': (seed) => marketOf(simulateScenario({ scenario: 'market', seed, records: 10_000 })),
  },
  guards: {
    'an employer whose staff buys elsewhere': (seed) =>
      simulateMarket({ seed, consumers, employer: { staff: 10, runsService: false } }),
    'programs on a schedule': (seed) => simulateMarket({ seed, consumers, programs: { payers: 5, everyHours: 12 } }),
    'an exchange in a market of a single service': (seed) =>
      simulateMarket({ seed, services: 1, exchange: { labelled: false, payments: 0 } }),
  },
  // A puppet that spends most of its money elsewhere is not seen.
  power: 0.9,
  seeds: 5,
})

const SIGNALS = [selfPayment, valueReturn, closedLoop] as unknown as Signal[]

const reportOf = (facts: Market['facts'] | readonly Market['facts'][], signals = SIGNALS): Promise<Report> =>
  withLedger(facts, async ({ ledger }) => (await audit(ledger, { signals, controls: 'none' })).report)

function certifiedValue({ published }: Report) {
  const { L0 } = published.value
  if (L0.status !== 'measured') throw new Error(L0.reason)
  return L0
}

const simulated = (scenario: string, share = 0.2) =>
  marketOf(simulateScenario({ scenario, seed: 1, records: 10_000, share }))

describe('value that comes back over private wallets', () => {
  it.each([
    ['A0', 0.95],
    ['A1', 0.9],
    ['A2', 0.8],
    ['A10', 0.95],
  ])('is certified of %s', async (scenario, recall) => {
    const report = await reportOf(simulated(scenario).facts)
    expect(certifiedValue(report).mid).toBeGreaterThanOrEqual(0.2 * recall)
    expect(certifiedValue(report).high).toBeLessThanOrEqual(0.2001)
  })

  it('is not seen by direct returns alone', async () => {
    const { facts } = simulated('A1')
    expect(certifiedValue(await reportOf(facts, SIGNALS.slice(0, 2))).high).toBe(0)
  })

  it('never falls where another ring with a funder of its own is added', async () => {
    const { facts } = simulated('A1')
    const { coverage: _, ...ring } = simulateMarket({
      ...{ seed: 77, services: 1, consumers: 0 },
      ring: { puppets: 3, payments: 10, selfPayments: 10 },
    }).facts
    const [alone, beside] = [await reportOf(facts), await reportOf([facts, ring])]
    expect(certifiedValue(beside).mid).toBeGreaterThanOrEqual(certifiedValue(alone).mid)
    expect(certifiedValue(beside).low).toBeGreaterThanOrEqual(certifiedValue(alone).low)
  })
})
