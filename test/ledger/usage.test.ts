import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { UsageEvent } from '../../src/records/usage-event.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const fold = (facts: Facts | readonly Facts[]) => withLedger(facts, ({ ledger }) => ledger.rows('usage'))

/** What a view call told of u1 at a block. */
const placeOf = (block: number) => ({
  tx_hash: `read:0x${block}:u1`,
  log_index: -1,
  block_number: block,
  timestamp: block * 1_000,
})
const answer = (block: number, fields: Partial<UsageEvent> = {}) =>
  usageEvent({ kind: 'read', attribution: 'view-call', consumer: null, provider: null, ...placeOf(block), ...fields })
const price = (block: number, fields: Partial<Payment> = {}) =>
  payment({ event_kind: 'read', asset: '0xtoken', ...placeOf(block), ...fields })
const bare = usageEvent({ consumer: null, provider: null, block_number: 5, timestamp: 5_000, tx_hash: '0x05' })

describe('usage, where a view call tells what no log does', () => {
  it('takes parties, service, units and price from the call, and time and place from the logs', async () => {
    const told = { consumer: '0xc1', provider: '0xd1', service: 's', units: 7n, unit_kind: 'token', sub_index: 0 }
    const [usage] = await fold({
      usage_events: [bare, answer(9, told)],
      payments: [price(9, { from: null, to: '0xe1' })],
    })
    expect(usage).toMatchObject({
      ...{
        consumer: '0xc1',
        provider: '0xd1',
        payer: '0xc1',
        payee: '0xe1',
        service: 's',
        units: 7n,
        unit_kind: 'token',
      },
      ...{ gross: 100n, asset: '0xtoken', paid_at: 5_000, settled_at: 5_000, status: 'settled' },
      ...{ tx_hash: '0x05', log_index: 0, block_number: 5 },
    })
  })

  it('lets what a log says stand before what a view says', async () => {
    const logged = { ...bare, consumer: '0xzz', provider: '0xzy' }
    const leg = payment({ tx_hash: '0x05', from: '0xzz', to: null, amount: 40n, block_number: 5, timestamp: 5_000 })
    const told = answer(9, { consumer: '0xa1', provider: '0xa2' })
    const [usage] = await fold({
      usage_events: [logged, told],
      payments: [leg, price(9, { from: '0xa1', to: '0xa2' })],
    })
    expect(usage).toMatchObject({ consumer: '0xzz', provider: '0xzy', payer: '0xzz', payee: '0xa2', gross: 40n })
  })

  it('fills an amount that a log leaves out, and adds no other kind of leg to it', async () => {
    const leg = payment({ tx_hash: '0x05', amount: null, asset: null })
    const legs = [leg, price(9), price(9, { leg: 1, kind: 'platform-fee', amount: 3n })]
    const [usage] = await fold({ usage_events: [bare, answer(9)], payments: legs })
    expect(usage).toMatchObject({ gross: 100n, fees: 3n, asset: '0xtoken' })
  })

  it('lets the highest block win, call by call, whatever came first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 6, max: 99 }), { minLength: 1, maxLength: 6 }),
        async (blocks) => {
          const batches = blocks.map((block) => ({
            usage_events: [answer(block, { provider: `0x${block}`, units: BigInt(block) })],
            payments: [price(block, { amount: BigInt(block), from: `0x${block}` })],
          }))
          const other = { usage_events: [answer(3, { sub_index: 1, consumer: '0x03' })] }
          const [usage] = await fold([...batches, other, { usage_events: [bare] }])
          const last = Math.max(...blocks)
          expect(usage).toMatchObject({
            provider: `0x${last}`,
            units: BigInt(last),
            gross: BigInt(last),
            consumer: '0x03',
          })
          expect(usage).toMatchObject({ payer: `0x${last}`, paid_at: 5_000 })
        },
      ),
      { numRuns: 15 },
    )
  })

  it('makes no usage of a view call alone, and keeps its class', async () => {
    expect(await fold({ usage_events: [answer(9)], payments: [price(9)] })).toEqual([])
    const [usage] = await fold({ usage_events: [bare, answer(9, { class: 'operator-test' })] })
    expect(usage).toMatchObject({ class: 'operator-test', gross: null })
  })
})

describe('usage, told by one event and one leg', () => {
  const party = fc.constantFrom(null, '0xa1', '0xb1')
  const kinds = [
    'requested',
    'priced',
    'funded',
    'delivered',
    'settled',
    'refunded',
    'rejected',
    'expired',
    'reused',
  ] as const
  const event = fc.record({
    kind: fc.constantFrom(...kinds),
    class: fc.constantFrom('ordinary', 'operator-test', 'rule-required'),
    consumer: party,
    provider: party,
    units: fc.constantFrom(null, 7n, 10n ** 37n),
    block_number: fc.constantFrom(null, 5),
  })
  const leg = fc.record({
    kind: fc.constantFrom('price', 'net', 'platform-fee', 'refund', 'principal', 'stake'),
    from: party,
    to: party,
    asset: fc.constantFrom(null, '0xtoken'),
    amount: fc.constantFrom(null, 0n, 3n, 10n ** 18n, 10n ** 38n - 1n),
    timestamp: fc.constantFrom(1_000, 2_000),
    block_number: fc.constantFrom(null, 6),
  })

  it('is what folding makes of it, where another event and leg say nothing new', async () => {
    const usages = fc.array(fc.tuple(event, fc.option(leg)), { minLength: 30, maxLength: 80 })
    await fc.assert(
      fc.asyncProperty(usages, async (told) => {
        const usage_events = told.map(([fields], i) => usageEvent({ ...fields, usage_id: `u${i}`, tx_hash: `0x${i}` }))
        const payments = told.flatMap(([{ kind }, fields], i) =>
          fields === null ? [] : [payment({ ...fields, event_kind: kind, usage_id: `u${i}`, tx_hash: `0x9${i}` })],
        )
        const again = usage_events.map((one) => ({ ...one, log_index: 1 }))
        const silent = usage_events.map(({ usage_id }, i) =>
          payment({ usage_id, tx_hash: `0x8${i}`, from: null, to: null, asset: null, amount: null, kind: 'stake' }),
        )
        const alone = await fold({ usage_events, payments })
        expect(alone).toHaveLength(told.length)
        expect(
          byId(
            await fold([
              { usage_events, payments },
              { usage_events: again, payments: silent },
            ]),
          ),
        ).toEqual(byId(alone))
      }),
      { numRuns: 5 },
    )
  })
})

const byId = (rows: Awaited<ReturnType<typeof fold>>) => new Map(rows.map((row) => [row.usage_id, row]))
