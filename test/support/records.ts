import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import type { UsageEvent } from '../../src/records/usage-event.ts'

/** A settled usage event; the fields given take the place of the plain ones. */
export function usageEvent(fields: Partial<UsageEvent> = {}): UsageEvent {
  return {
    chain: 'eip155:1',
    tx_hash: '0x01',
    log_index: 0,
    sub_index: 0,
    kind: 'settled',
    protocol: 'test',
    usage_id: 'u1',
    block_number: 1,
    timestamp: 1_000,
    consumer: '0xaa',
    provider: '0xbb',
    evaluator: null,
    tx_from: null,
    service: null,
    units: null,
    expected_units: null,
    unit_kind: null,
    payload_hash: null,
    attribution: 'event',
    class: 'ordinary',
    source: 'test',
    ...fields,
  }
}

export function payment(fields: Partial<Payment> = {}): Payment {
  return {
    chain: 'eip155:1',
    tx_hash: '0x01',
    log_index: 0,
    sub_index: 0,
    event_kind: 'settled',
    leg: 0,
    protocol: 'test',
    usage_id: 'u1',
    block_number: 1,
    timestamp: 1_000,
    from: '0xaa',
    to: '0xbb',
    asset: 'native',
    amount: 100n,
    expected_amount: null,
    kind: 'price',
    source: 'test',
    ...fields,
  }
}

export function transfer(fields: Partial<Transfer> = {}): Transfer {
  return {
    chain: 'eip155:1',
    tx_hash: '0x02',
    log_index: 0,
    trace_path: '',
    block_number: 2,
    timestamp: 2_000,
    from: '0xbb',
    to: '0xaa',
    asset: 'native',
    amount: 100n,
    token_id: null,
    n: 1,
    kind: 'native',
    usage_id: null,
    source: 'test',
    ...fields,
  }
}
