import { describe, expect, it } from 'vitest'
import { settlements } from '../../src/features/counted-usage.ts'
import type { Facts } from '../../src/records/index.ts'
import { type MarketOptions, simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'

const everything: Omit<MarketOptions, 'seed'> = {
  ring: { puppets: 3, payments: 5, selfPayments: 2 },
  refunds: { share: 0.2, by: 'protocol' },
  programs: { payers: 2, everyHours: 12 },
  employer: { staff: 3, runsService: true },
  bothWays: { pairs: 2, by: 'protocol' },
  exchange: { labelled: true, payments: 5 },
  bothSides: { story: 'shared-account', payments: 3 },
}
const idsOf = (facts: Facts) => new Set(facts.usage_events?.map(({ usage_id }) => usage_id))
const shares = (names: readonly string[]) => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts.values()].map((count) => count / names.length).sort((a, b) => b - a)
}

describe('simulateMarket', () => {
  it('gives the same facts for the same seed, and others for another', () => {
    expect(simulateMarket({ seed: 1, ...everything })).toEqual(simulateMarket({ seed: 1, ...everything }))
    const [first, second] = [1, 2].map((seed) => idsOf(simulateMarket({ seed }).facts)) as [Set<string>, Set<string>]
    expect([...first].filter((id) => second.has(id))).toEqual([])
  })

  it('tells the truth of every usage', () => {
    const { facts, truth } = simulateMarket({ seed: 1, ...everything })
    expect(new Set(truth.payments.keys())).toEqual(idsOf(facts))
    const levels = [...truth.payments.values()].map(({ level }) => level)
    expect(levels.filter((level) => level === 'W1')).toHaveLength(15)
    expect(levels.filter((level) => level === 'W0')).toHaveLength(2)
  })

  it('changes no honest payment by what is planted beside it', () => {
    const honest = simulateMarket({ seed: 1 }).facts.payments
    const { exchange: _, ...others } = everything
    const beside = simulateMarket({ seed: 1, ...others }).facts.payments
    expect(beside?.slice(0, honest?.length)).toEqual(honest)
  })

  it('settles every payment by a transfer of its own', async () => {
    const { facts } = simulateMarket({ seed: 1, ...everything })
    const counts = await withLedger(facts, ({ context }) => context.get(settlements))
    expect(counts).toEqual({ settledTransfers: facts.payments?.length, unsettledUsages: 0 })
  })

  it('lands in a ledger without a row in conflict', async () => {
    await withLedger(simulateMarket({ seed: 1, ...everything }).facts, async ({ ledger }) => {
      expect(await ledger.rows('reject-counts')).toEqual([])
    })
  })

  it('keeps usage inside its days and transfers inside what it covers', () => {
    const { facts } = simulateMarket({ seed: 1, days: 40, ...everything })
    const [from_time, to_time] = [Date.UTC(2025, 0, 1), Date.UTC(2025, 0, 1 + 40 + 90)]
    expect(facts.coverage).toMatchObject([{ from_time, to_time }])
    for (const { timestamp, block_number } of [...(facts.usage_events ?? []), ...(facts.transfers ?? [])]) {
      expect(timestamp).toBeGreaterThanOrEqual(from_time)
      expect(timestamp).toBeLessThanOrEqual(to_time)
      expect(timestamp).toBe(from_time + ((block_number as number) - 1_000_000) * 2_000)
    }
  })

  it('is unequal: few large customers and services, prices over orders of magnitude, customers who come back', () => {
    const { facts } = simulateMarket({ seed: 1, consumers: 200, services: 20 })
    const customers = shares(facts.payments?.map(({ from }) => from as string) ?? [])
    const services = shares(facts.payments?.map(({ to }) => to as string) ?? [])
    expect(customers[0]).toBeGreaterThan(0.1)
    expect(customers.at(-1)).toBeLessThan(0.002)
    expect(services[0]).toBeGreaterThan(0.15)
    const amounts = (facts.payments ?? []).map(({ amount }) => Number(amount)).sort((a, b) => a - b)
    expect(amounts.at(-1)).toBeGreaterThan(30 * (amounts[Math.floor(amounts.length / 2)] as number))
    expect(customers.length * 3).toBeLessThan(facts.payments?.length as number)
  })
})
