import { describe, expect, it } from 'vitest'
import { entityMap } from '../../src/clusters/entity-map.ts'
import { economy, usageEconomy } from '../../src/features/economy.ts'
import { replaceFeatures } from '../../src/features/feature.ts'
import { firstFundings } from '../../src/features/first-fundings.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'

const { facts } = marketOf(simulateScenario({ scenario: 'A1', seed: 1, records: 10_000 }))

describe('economy', () => {
  it('holds what the facts hold, row by row', () =>
    withLedger(facts, async ({ context, ledger }) => {
      const { names, assets, payments, transfers, isService, parties } = await context.get(economy)
      const legs = new Map(
        (facts.payments ?? []).filter(({ kind }) => kind === 'price').map((leg) => [leg.usage_id, leg]),
      )
      const usages = (await ledger.rows('usage-rows')).filter(({ status }) => status === 'settled')
      const sorted = usages.map(({ usage_id }) => String(usage_id)).sort()
      expect(payments.payer.length).toBe(sorted.length)
      sorted.forEach((usage, row) => {
        const leg = legs.get(usage)!
        expect(names[payments.payer[row]!]).toBe(leg.from)
        expect(names[payments.payee[row]!]).toBe(leg.to)
        expect(payments.time[row]).toBe(leg.timestamp)
        expect(payments.amount[row]).toBe(Number(leg.amount))
        expect(payments.value[row]).toBeCloseTo(Number(leg.amount) / 1e6, 9)
        expect(assets[payments.asset[row]!]).toEqual({ chain: leg.chain, asset: leg.asset })
      })
      const plain = (from: unknown, to: unknown, amount: unknown, time: unknown) => `${from} ${to} ${amount} ${time}`
      const settled = new Set((facts.payments ?? []).map(({ tx_hash }) => tx_hash))
      const free = (facts.transfers ?? []).filter(({ tx_hash, from, to }) => !settled.has(tx_hash) && from !== to)
      const moved = Array.from(transfers.from, (from, row) =>
        plain(names[from], names[transfers.to[row]!], transfers.amount[row], transfers.time[row]),
      )
      expect(moved.toSorted()).toEqual(
        free.map(({ from, to, amount, timestamp }) => plain(from, to, Number(amount), timestamp)).sort(),
      )
      expect([...transfers.time]).toEqual([...transfers.time].sort((a, b) => a - b))
      const labelled = new Set((facts.labels ?? []).map(({ address }) => address))
      expect(names.filter((_, node) => isService[node] === 1).toSorted()).toEqual(
        names.filter((name) => labelled.has(name)).toSorted(),
      )
      const inOrder = [...payments.payer].flatMap((from, row) => [from, payments.payee[row]!])
      expect([...new Set(inOrder)]).toEqual([...Array(parties).keys()])
    }))

  it('gives each party an entity, named by one of its own', () =>
    withLedger(facts, async ({ context }) => {
      const { parties } = await context.get(economy)
      const { of, founder, count } = await context.get(entityMap)
      expect(of).toHaveLength(parties)
      expect(new Set(of).size).toBe(count)
      founder.forEach((party, entity) => {
        expect(of[party]).toBe(entity)
      })
    }))

  it('has payments where no transfers were collected', () =>
    withLedger({ usage_events: facts.usage_events ?? [] }, async ({ context }) => {
      const { payments, transfers, parties } = await context.get(usageEconomy)
      expect(payments.payer.length).toBeGreaterThan(100)
      expect(transfers.from).toHaveLength(0)
      expect((await context.get(entityMap)).count).toBe(parties)
    }))

  it('computes derived features anew where the economy is replaced, and no others', () =>
    withLedger(facts, async ({ context }) => {
      const real = await context.get(economy)
      const from = real.transfers.from.map(() => 7)
      const other = replaceFeatures(
        context,
        new Map([['economy', { ...real, transfers: { ...real.transfers, from } }]]),
      )
      expect(new Set((await other.get(firstFundings)).funder)).toEqual(new Set([-1, 7]))
      expect(await other.get(entityMap)).toBe(await context.get(entityMap))
      expect(new Set((await context.get(firstFundings)).funder)).not.toContain(7)
    }))
})
