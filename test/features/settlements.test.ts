import { describe, expect, it } from 'vitest'
import { settlements } from '../../src/features/counted-usage.ts'
import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import { selfPayment } from '../../src/signals/self-payment.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'
import { measureSignal } from '../support/measure-signal.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

/** Usages that one transaction pays, each with a leg of the payer 0xaa to the provider 0xbb unless it says otherwise. */
const usages = (...legs: Partial<Payment>[]): Facts => ({
  usage_events: legs.map((fields, i) => usageEvent({ usage_id: `u${i}`, log_index: i, provider: fields.to ?? '0xbb' })),
  payments: legs.map((fields, i) => payment({ usage_id: `u${i}`, log_index: i, ...fields })),
})
/** A transfer of the transaction that pays. */
const moved = (log_index: number, fields: Partial<Transfer> = {}): Transfer =>
  transfer({ tx_hash: '0x01', log_index, from: '0xaa', to: '0xbb', block_number: 1, timestamp: 1_000, ...fields })

const settle = (facts: Facts, transfers: readonly Transfer[]) =>
  withLedger({ ...facts, transfers }, async ({ ledger, context }) => {
    const counts = await context.get(settlements)
    const rows = await ledger.rows('settlements')
    const settled = rows.map(({ log_index, method, usage_id }) => [Number(log_index), method, usage_id])
    return { ...counts, settled: settled.sort((a, b) => Number(a[0]) - Number(b[0])) }
  })

describe('settlements', () => {
  it('knows the transfer from which a usage was read', async () => {
    const found = await settle(usages({}), [moved(0), moved(1)])
    expect(found.settled).toEqual([[0, 'own-log', 'u0']])
    expect(found).toMatchObject({ settledTransfers: 1, unsettledUsages: 0 })
  })

  it('takes no log of the same number with other parties for it', async () => {
    expect((await settle(usages({}), [moved(0, { from: '0xcc' })])).settled).toEqual([])
  })

  it('matches legs and transfers that are alike one to one, in their order', async () => {
    const three = await settle(usages({}, {}), [moved(10), moved(11), moved(12)])
    expect(three.settled).toEqual([
      [10, 'parties', 'u0'],
      [11, 'parties', 'u1'],
    ])
    const one = await settle(usages({}, {}), [moved(10)])
    expect(one.settled).toEqual([[10, 'parties', 'u0']])
    expect(one.unsettledUsages).toBe(1)
  })

  it('asks for the same transaction, asset, amount and parties', async () => {
    for (const other of [{ tx_hash: '0x09' }, { asset: '0xt' }, { amount: 99n }, { from: '0xcc' }])
      expect((await settle(usages({}), [moved(10, other)])).settled).toEqual([])
  })

  it('takes the transfer to a contract that holds at least the sum of what it pays out', async () => {
    const two = usages({ amount: 60n }, { amount: 40n, to: '0xdd' })
    const toContract = (amount: bigint) => [moved(10, { to: '0xc0', amount })]
    expect((await settle(two, toContract(99n))).settled).toEqual([])
    expect((await settle(two, toContract(100n))).settled).toEqual([[10, 'through-contract', null]])
    expect((await settle(two, toContract(103n))).settled).toEqual([[10, 'through-contract', null]])
  })

  it('compares such sums exactly beyond 10^18', async () => {
    const huge = 10n ** 37n
    const two = usages({ amount: huge }, { amount: huge + 1n, to: '0xdd' })
    const toContract = (amount: bigint) => [moved(10, { to: '0xc0', amount })]
    expect((await settle(two, toContract(2n * huge))).settled).toEqual([])
    expect((await settle(two, toContract(2n * huge + 1n))).settled).toEqual([[10, 'through-contract', null]])
  })

  it('takes the least transfer that suffices, and one alone', async () => {
    const transfers = [moved(10, { to: '0xc0', amount: 500n }), moved(11, { to: '0xc0', amount: 100n })]
    expect((await settle(usages({}), transfers)).settled).toEqual([[11, 'through-contract', null]])
  })

  it('does not take a transfer to a payee of the transaction for one to a contract', async () => {
    expect((await settle(usages({}), [moved(10, { amount: 500n })])).settled).toEqual([])
  })

  it('does not take a transfer to a wallet that pays for usage itself, or a return could hide behind a small usage', async () => {
    const facts = usages({ from: '0xcc', to: '0xaa', tx_hash: '0x05' }, { from: '0xaa', to: '0xdd', amount: 1n })
    const back = moved(10, { from: '0xaa', to: '0xcc', amount: 100n })
    expect((await settle(facts, [back])).settled).toEqual([])
  })

  it('believes a decoder that names the usage', async () => {
    const declared = moved(10, { tx_hash: '0x77', usage_id: 'u0' })
    expect((await settle(usages({}), [declared])).settled).toEqual([[10, 'declared', 'u0']])
  })

  it('settles refunds and fees as it does prices', async () => {
    const facts = usages(
      {},
      { kind: 'refund', from: '0xbb', to: '0xaa' },
      { kind: 'platform-fee', to: '0xfe', amount: 3n },
    )
    const back = moved(11, { from: '0xbb', to: '0xaa' })
    const fee = moved(12, { to: '0xfe', amount: 3n })
    expect((await settle(facts, [moved(10), back, fee])).settled.map(([log]) => log)).toEqual([10, 11, 12])
  })

  it('counts usages without a transfer of their own', async () => {
    expect(await settle(usages({}, { amount: null }), [])).toMatchObject({ settledTransfers: 0, unsettledUsages: 1 })
  })
})

describe('removing matched settlement transfers', () => {
  it('changes no finding', async () => {
    const { facts } = simulateMarket({
      seed: 5,
      consumers: 30,
      ring: { puppets: 4, payments: 6, selfPayments: 3 },
      refunds: { share: 0.2, by: 'protocol' },
      bothWays: { pairs: 3, by: 'protocol' },
    })
    const settled = await withLedger(facts, async ({ ledger, context }) => {
      await context.get(settlements)
      return new Set((await ledger.rows('settlements')).map((row) => `${row.tx_hash} ${row.log_index}`))
    })
    expect(settled.size).toBe(facts.payments?.length)
    const kept = facts.transfers?.filter((row) => !settled.has(`${row.tx_hash} ${row.log_index}`)) ?? []
    for (const signal of [selfPayment, valueReturn] as unknown as Signal[])
      expect(await measureSignal(signal, { ...facts, transfers: kept })).toEqual(await measureSignal(signal, facts))
  })
})
