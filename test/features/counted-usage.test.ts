import { describe, expect, it } from 'vitest'
import { countedUsage } from '../../src/features/counted-usage.ts'
import { type AuditWindow, featureCache } from '../../src/features/feature.ts'
import type { Link, ProtocolRecord } from '../../src/records/context.ts'
import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { UsageEvent } from '../../src/records/usage-event.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const NO_WINDOW = { from: null, to: null }

/** Counted usage, as the query of findings sees it: every usage marked once. */
const fold = (facts: Facts | readonly Facts[], window: AuditWindow = NO_WINDOW) =>
  withLedger(facts, async ({ ledger }) => {
    const { size } = await featureCache(ledger, window).get(countedUsage)
    const every = Array.from({ length: size }, (_, i) => i)
    await ledger.keep('marked', {
      usage_index: { type: 'integer', values: Int32Array.from(every) },
      finding: { type: 'integer', values: new Int32Array(size) },
      level: { type: 'text', values: every.map(() => '') },
      returned: { type: 'amount', values: every.map(() => 0n) },
    })
    const self = new Set((await ledger.columns('self-payments')).usage_index as Int32Array)
    const rows = await ledger.rows('finding-payments', { most: size, findings: 1 })
    return rows.map((row) => ({ ...row, isSelf: self.has(Number(row.usage_index)) }))
  })

const event = (kind: UsageEvent['kind'], timestamp: number, fields: Partial<UsageEvent> = {}) =>
  usageEvent({ kind, timestamp, tx_hash: `0x${timestamp}`, block_number: timestamp, ...fields })
const leg = (event_kind: Payment['event_kind'], timestamp: number, fields: Partial<Payment> = {}) =>
  payment({ event_kind, timestamp, tx_hash: `0x${timestamp}`, block_number: timestamp, ...fields })
const metric = (metric_statuses: string, metric_time: string, adapter_version = 1): ProtocolRecord => ({
  protocol: 'test',
  adapter_version,
  metric_statuses,
  metric_time,
  unit_kind: null,
  source: 'test',
})

describe('countedUsage', () => {
  it('folds a request and its later delivery into one usage, whatever came first', async () => {
    const request = { usage_events: [event('requested', 10, { provider: null })] }
    const delivery = { usage_events: [event('delivered', 20, { consumer: null })], payments: [leg('delivered', 20)] }
    for (const batches of [
      [request, delivery],
      [delivery, request],
    ])
      expect(await fold(batches)).toMatchObject([
        { usage_id: 'u1', consumer: '0xaa', provider: '0xbb', payer: '0xaa', payee: '0xbb', paid_at: 20, gross: 100n },
      ])
  })

  it('fills the consumer that a delivery does not name from the request, and the payer from the consumer', async () => {
    const usage_events = [event('requested', 10, { provider: null }), event('delivered', 20, { consumer: null })]
    const payments = [leg('delivered', 20, { from: null })]
    expect(await fold({ usage_events, payments })).toMatchObject([{ consumer: '0xaa', payer: '0xaa', payee: '0xbb' }])
  })

  it('leaves a party unknown where no log names it, and calls that no self-payment', async () => {
    const usage_events = [event('delivered', 20, { consumer: null })]
    const payments = [leg('delivered', 20, { from: null })]
    expect(await fold({ usage_events, payments })).toMatchObject([{ consumer: null, payer: null, isSelf: false }])
  })

  it('does not count what was refunded, rejected or expired', async () => {
    for (const kind of ['refunded', 'rejected', 'expired'] as const)
      expect(
        await fold({ usage_events: [event('settled', 10), event(kind, 20)], payments: [leg('settled', 10)] }),
      ).toEqual([])
  })

  it('takes the last price before funding, not one after it', async () => {
    const usage_events = [
      event('requested', 1),
      event('priced', 2, { provider: '0xb2' }),
      event('priced', 3, { provider: '0xb3' }),
      event('funded', 4, { provider: null }),
      event('priced', 5, { provider: '0xb5' }),
      event('delivered', 6, { provider: null }),
    ]
    const payments = [2, 3, 5].map((time) => leg('priced', time, { to: `0xb${time}`, amount: BigInt(time) }))
    expect(await fold({ usage_events, payments })).toMatchObject([{ gross: 3n, payee: '0xb3' }])
    const unfunded = usage_events.filter(({ kind }) => kind !== 'funded')
    expect(await fold({ usage_events: unfunded, payments })).toMatchObject([{ gross: 5n, payee: '0xb5' }])
  })

  it('goes by the log for a price in the block of the funding', async () => {
    const usage_events = [
      event('priced', 5, { log_index: 1, tx_hash: '0xc' }),
      event('funded', 5, { log_index: 2, tx_hash: '0xb' }),
      event('priced', 5, { log_index: 3, tx_hash: '0xa' }),
    ]
    const payments = [
      leg('priced', 5, { log_index: 1, tx_hash: '0xc', amount: 1n }),
      leg('priced', 5, { log_index: 3, tx_hash: '0xa', amount: 999n }),
    ]
    expect(await fold({ usage_events, payments })).toMatchObject([{ gross: 1n }])
  })

  it('places a usage at the log that paid it, not at the one that priced it', async () => {
    const usage_events = [event('requested', 1), event('priced', 2), event('funded', 3), event('settled', 9)]
    const settled = { paid_at: 9, tx_hash: '0x9', block_number: 9 }
    expect(await fold({ usage_events, payments: [leg('priced', 2)] })).toMatchObject([settled])
    const funded = { paid_at: 3, tx_hash: '0x3', block_number: 3 }
    expect(await fold({ usage_events, payments: [leg('funded', 3)] })).toMatchObject([funded])
    const ofFile = event('settled', 9, { block_number: null })
    expect(await fold({ usage_events: [ofFile] })).toMatchObject([{ tx_hash: '0x9', block_number: null }])
  })

  it('leaves principal and stakes out of the price, and adds up its legs', async () => {
    const payments = [
      leg('settled', 10),
      leg('settled', 10, { leg: 1, amount: 5n }),
      leg('settled', 10, { leg: 2, kind: 'principal', amount: 10n ** 37n }),
      leg('settled', 10, { leg: 3, kind: 'stake', amount: 7n }),
    ]
    expect(await fold({ usage_events: [event('settled', 10)], payments })).toMatchObject([{ gross: 105n }])
  })

  it('counts the statuses that the newest adapter names, at the time that it names', async () => {
    const usage_events = [
      event('requested', 10, { usage_id: 'asked' }),
      event('requested', 10, { usage_id: 'done', sub_index: 1 }),
      event('delivered', 50, { usage_id: 'done' }),
    ]
    const ids = async (protocols: ProtocolRecord[], window = NO_WINDOW as AuditWindow) =>
      (await fold({ usage_events, protocols }, window)).map((row) => (row as { usage_id?: unknown }).usage_id)
    expect(await ids([])).toEqual(['asked', 'done'])
    expect(await ids([metric('delivered', 'settled_at')])).toEqual(['done'])
    expect(await ids([metric('requested', 'requested_at'), metric('delivered', 'settled_at', 2)])).toEqual(['done'])
    const early = { from: 10, to: 50 }
    expect(await ids([metric('requested,delivered', 'requested_at')], early)).toEqual(['asked', 'done'])
    expect(await ids([metric('requested,delivered', 'settled_at')], early)).toEqual(['asked'])
  })

  it('holds the window half open', async () => {
    const usage_events = [10, 20].map((time) => event('settled', time, { usage_id: `at ${time}` }))
    expect(await fold({ usage_events }, { from: 10, to: 20 })).toMatchObject([{ usage_id: 'at 10' }])
  })
})

describe('is_self', () => {
  const link = (subject: string, object: string, fields: Partial<Link> = {}): Link => ({
    chain: 'eip155:1',
    subject,
    object,
    kind: 'owner',
    from_block: null,
    to_block: null,
    source: 'test',
    ...fields,
  })
  const isSelf = async (facts: Facts, fields: Partial<Payment> = {}) => {
    const usage_events = [event('settled', 10)]
    const [usage] = await fold({ usage_events, payments: [leg('settled', 10, fields)], ...facts })
    return usage?.isSelf
  }

  it('is true of one wallet on both sides, by payment or by usage', async () => {
    expect(await isSelf({})).toBe(false)
    expect(await isSelf({}, { to: '0xaa' })).toBe(true)
    expect(await isSelf({ usage_events: [event('settled', 10, { provider: '0xaa' })] })).toBe(true)
  })

  it('is true where one owner holds both, or one side owns the other', async () => {
    expect(await isSelf({ links: [link('0xaa', '0x01'), link('0xbb', '0x01')] })).toBe(true)
    expect(await isSelf({ links: [link('0xaa', '0x01'), link('0xbb', '0x02')] })).toBe(false)
    expect(await isSelf({ links: [link('0xbb', '0xaa')] })).toBe(true)
    expect(await isSelf({ links: [link('0xaa', '0xbb')] })).toBe(true)
  })

  it('asks who owned it at that block, on that chain, and takes no team for an owner', async () => {
    expect(await isSelf({ links: [link('0xbb', '0xaa', { from_block: 11 })] })).toBe(false)
    expect(await isSelf({ links: [link('0xbb', '0xaa', { to_block: 9 })] })).toBe(false)
    expect(await isSelf({ links: [link('0xbb', '0xaa', { from_block: 10, to_block: 10 })] })).toBe(true)
    expect(await isSelf({ links: [link('0xbb', '0xaa', { chain: 'eip155:2' })] })).toBe(false)
    expect(await isSelf({ links: [link('0xbb', '0xaa', { kind: 'member' })] })).toBe(false)
  })
})
