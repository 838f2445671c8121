import { describe, expect, it } from 'vitest'
import { coveredTimes, followedStarts, followUp } from '../../src/features/follow-up.ts'
import type { SqlRow } from '../../src/ledger/ledger.ts'
import type { Coverage } from '../../src/records/coverage.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const DAY = 86_400_000

/** Blocks one second apart, or a file where there are none. */
const row = (from: number, to: number, fields: SqlRow = {}): SqlRow => ({
  chain: 'eip155:1',
  source: 'rpc',
  spec: 'a',
  from_block: from,
  to_block: to,
  from_time: from * 1000,
  to_time: to * 1000,
  ...fields,
})
const file = (from: number, to: number, spec = 'file') => row(from, to, { from_block: null, to_block: null, spec })
const span = (from: number, to: number) => ({ chain: 'eip155:1', from: from * 1000, to: to * 1000 })

describe('coveredTimes', () => {
  it('joins blocks that touch, though no block has the time between them', () => {
    expect(coveredTimes([row(11, 20), row(1, 10)])).toEqual([span(1, 20)])
  })

  it('keeps a gap in the blocks as a gap in time', () => {
    expect(coveredTimes([row(1, 10), row(12, 20)])).toEqual([span(1, 10), span(12, 20)])
  })

  it('joins ranges of one question that overlap, and keeps two questions apart', () => {
    expect(coveredTimes([row(1, 10), row(5, 20)])).toEqual([span(1, 20)])
    expect(coveredTimes([row(1, 10), row(5, 20, { spec: 'b' })])).toEqual([span(1, 10), span(5, 20)])
    expect(coveredTimes([row(1, 30), row(5, 20, { source: 'other' })])).toEqual([span(1, 30)])
  })

  it('takes files of one map by their times', () => {
    expect(coveredTimes([file(1, 5), file(5, 9), file(11, 12)])).toEqual([span(1, 9), span(11, 12)])
  })

  it('keeps chains apart and knows nothing without coverage', () => {
    expect(coveredTimes([row(1, 10), row(5, 20, { chain: 'eip155:2' })])).toHaveLength(2)
    expect(coveredTimes([])).toEqual([])
  })
})

describe('followedStarts', () => {
  it('takes the window off the end of each question before it joins them', () => {
    expect(followedStarts([span(1, 10), span(5, 20)], 4000)).toEqual([span(1, 16)])
    expect(followedStarts([span(1, 10), span(10, 20)], 4000)).toEqual([span(1, 6), span(10, 16)])
    expect(followedStarts([span(1, 4)], 4000)).toEqual([])
  })
})

describe('followUp', () => {
  const coverage = (from: number, to: number, fields: Partial<Coverage> = {}): Coverage => ({
    source: 'rpc',
    protocol: 'test',
    chain: 'eip155:1',
    table_name: 'transfers',
    from_block: from,
    to_block: to,
    from_hash: null,
    checked: null,
    to_hash: null,
    from_time: from * DAY,
    to_time: to * DAY,
    spec: 'a',
    method: 'test',
    rows: 0,
    ...fields,
  })
  const paidOn = (day: number, chain = 'eip155:1') => {
    const key = { usage_id: `${chain} ${day}`, tx_hash: `0x${day}`, timestamp: day * DAY, chain }
    return { event: usageEvent(key), leg: payment(key) }
  }
  const count = (paid: readonly ReturnType<typeof paidOn>[], ranges: readonly Coverage[]) =>
    withLedger(
      { usage_events: paid.map(({ event }) => event), payments: paid.map(({ leg }) => leg), coverage: ranges },
      ({ context }) => context.get(followUp(30)),
    )

  it('counts a payment whose whole window is covered, to its last moment', async () => {
    const paid = [0, 1, 70, 71].map((day) => paidOn(day))
    expect(await count(paid, [coverage(1, 100)])).toEqual({ complete: 2, incomplete: 2 })
  })

  it('counts no payment twice where ranges overlap, and none across a gap', async () => {
    const paid = [10, 50].map((day) => paidOn(day))
    const overlapping = [coverage(0, 60), coverage(5, 100, { spec: 'b' })]
    expect(await count(paid, overlapping)).toEqual({ complete: 2, incomplete: 0 })
    expect(await count(paid, [coverage(0, 30), coverage(32, 100)])).toEqual({ complete: 1, incomplete: 1 })
  })

  it('does not follow a payment on a chain that was not looked at, nor by another table', async () => {
    const paid = [paidOn(10), paidOn(10, 'eip155:2')]
    expect(await count(paid, [coverage(0, 100)])).toEqual({ complete: 1, incomplete: 1 })
    const elsewhere = coverage(0, 100, { table_name: 'usage_events' })
    expect(await count(paid, [elsewhere])).toEqual({ complete: 0, incomplete: 2 })
  })
})
