import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Coverage } from '../../src/records/coverage.ts'
import type { Facts } from '../../src/records/index.ts'
import { type Reconciliation, reconcile } from '../../src/workflows/reconcile.ts'
import { renderReconciliation } from '../../src/workflows/render-reconciliation.ts'
import { payment, usageEvent } from '../support/records.ts'

const chain = 'eip155:1'

function covered(source: string, from: number, to: number, spec = 'spec'): Coverage {
  const ends = { from_hash: null, to_hash: null, from_time: null, to_time: null }
  return {
    ...{ source, protocol: 'test', chain, table_name: 'usage_events', from_block: from, to_block: to },
    ...{ ...ends, spec, method: 'test', rows: 0, checked: null },
  }
}

/** A usage settled in block `n`, paid in the same log. */
const usage = (n: number, fields: Parameters<typeof usageEvent>[0] = {}, leg: Parameters<typeof payment>[0] = {}) => {
  const place = { usage_id: `u${n}`, tx_hash: `0x${n}`, block_number: n, timestamp: n * 1_000 }
  return { usage_events: [usageEvent({ ...place, ...fields })], payments: [payment({ ...place, ...leg })] }
}

async function ledgerOf(source: string, facts: readonly Facts[], coverage = [covered(source, 1, 100)]) {
  const ledger = await openLedger(':memory:', { threads: 1 })
  for (const one of [...facts, { coverage }]) await ledger.append({ facts: one })
  return ledger
}

async function compare(
  used: readonly Facts[],
  against: readonly Facts[],
  coverage?: { used?: Coverage[]; against?: Coverage[] },
): Promise<Reconciliation> {
  const [one, other] = [
    await ledgerOf('rpc:eip155:1', used, coverage?.used),
    await ledgerOf('subgraph:eip155:1', against, coverage?.against),
  ]
  try {
    return await reconcile({ used: one, against: other, protocol: 'test', chain })
  } finally {
    one.close()
    other.close()
  }
}

const totals = ({ missing, extra, different }: Reconciliation) => [missing.total, extra.total, different.total]

describe('reconcile', () => {
  it('finds nothing between equal sources, and says what it compared', async () => {
    const same = [usage(1), usage(2), usage(3)]
    const result = await compare(same, same)
    expect(totals(result)).toEqual([0, 0, 0])
    expect(result).toMatchObject({
      used: 'rpc:eip155:1',
      against: 'subgraph:eip155:1',
      ranges: [{ from: 1, to: 100 }],
      compared: { usage_events: 3, payments: 3, usage: 3 },
      unknown: [],
    })
  })

  it('names every row that one side lacks', async () => {
    const result = await compare([usage(1), usage(2)], [usage(2), usage(3)])
    expect(result.missing.rows).toEqual([
      { table: 'usage_events', usageId: 'u1', kind: 'settled', block: 1, txHash: '0x1', logIndex: 0 },
      { table: 'payments', usageId: 'u1', kind: 'settled leg 0', block: 1, txHash: '0x1', logIndex: 0 },
      { table: 'usage', usageId: 'u1', kind: '', block: 1, txHash: '0x1', logIndex: 0 },
    ])
    expect(result.extra.rows.map(({ table, usageId }) => [table, usageId])).toEqual([
      ['usage_events', 'u3'],
      ['payments', 'u3'],
      ['usage', 'u3'],
    ])
    expect(result.different.total).toBe(0)
  })

  it('names both values of every column that differs, amounts to the last digit', async () => {
    const amount = 10n ** 38n - 1n
    const result = await compare([usage(1, {}, { amount })], [usage(1, { provider: '0xcc' }, { amount: amount - 1n })])
    expect(result.different.rows.map(({ table, column, used, against }) => [table, column, used, against])).toEqual([
      ['usage_events', 'provider', '0xbb', '0xcc'],
      ['payments', 'amount', `${amount}`, `${amount - 1n}`],
      ['usage', 'gross', `${amount}`, `${amount - 1n}`],
      ['usage', 'provider', '0xbb', '0xcc'],
    ])
  })

  it('takes what one side does not know for no difference, and counts it', async () => {
    const result = await compare([usage(1), usage(2)], [usage(1, { consumer: null }, { asset: null }), usage(2)])
    expect(totals(result)).toEqual([0, 0, 0])
    expect(result.unknown).toEqual([
      { table: 'usage_events', column: 'consumer', rows: 1 },
      { table: 'payments', column: 'asset', rows: 1 },
      { table: 'usage', column: 'consumer', rows: 1 },
      { table: 'usage', column: 'asset', rows: 1 },
    ])
  })

  it('compares the blocks that both cover and no others', async () => {
    const coverage = {
      used: [covered('rpc:eip155:1', 1, 20), covered('rpc:eip155:1', 41, 60)],
      against: [covered('subgraph:eip155:1', 11, 50)],
    }
    const result = await compare(
      [usage(5), usage(15), usage(45), usage(55)],
      [usage(15), usage(30), usage(45)],
      coverage,
    )
    expect(result.ranges).toEqual([
      { from: 11, to: 20 },
      { from: 41, to: 50 },
    ])
    expect(totals(result)).toEqual([0, 0, 0])
    expect(result.compared).toEqual({ usage_events: 2, payments: 2, usage: 2 })
    const apart = { used: [covered('rpc:eip155:1', 1, 10)], against: [covered('subgraph:eip155:1', 11, 50)] }
    await expect(compare([], [], apart)).rejects.toThrow(
      /no block of test on eip155:1 in common[\s\S]*1 to 10[\s\S]*11 to 50/,
    )
  })

  it('does not fold a usage of which one side has read only a part', async () => {
    const asked = { usage_events: [usageEvent({ usage_id: 'u1', kind: 'requested', block_number: 1, tx_hash: '0xa' })] }
    const coverage = { used: [covered('rpc:eip155:1', 1, 100)], against: [covered('subgraph:eip155:1', 1, 50)] }
    const result = await compare([asked, usage(60, { usage_id: 'u1' }, { usage_id: 'u1' })], [asked], coverage)
    expect(totals(result)).toEqual([0, 0, 0])
    expect(result.compared).toEqual({ usage_events: 1, payments: 0, usage: 0 })
  })

  it('goes by the widest question of a source, not by one that contracts found later have overtaken', async () => {
    const used = [covered('rpc:eip155:1', 1, 100, 'old'), covered('rpc:eip155:1', 1, 40, 'new')]
    const result = await compare([], [], { used: [...used, covered('rpc:eip155:1', 41, 120, 'new')] })
    expect(result.ranges).toEqual([{ from: 1, to: 100 }])
    const begun = [covered('rpc:eip155:1', 1, 80, 'a'), covered('rpc:eip155:1', 1, 40, 'b')]
    expect((await compare([], [], { used: begun })).ranges).toEqual([{ from: 1, to: 80 }])
  })

  it('matches rows without a place in a log by usage and kind', async () => {
    const placeless = { tx_hash: 'subgraph:QmOne:7', log_index: -1 }
    const result = await compare([usage(1, { log_index: 4 }, { log_index: 4 })], [usage(1, placeless, placeless)])
    expect(result.compared.usage_events).toBe(1)
    expect(result.missing.total + result.extra.total).toBe(0)
    expect(result.different.rows.filter(({ table }) => table !== 'usage')).toEqual([])
  })

  it('tells one usage id that was used twice from one used once', async () => {
    const again = usage(9, { usage_id: 'u1' }, { usage_id: 'u1' })
    const result = await compare([usage(1), again], [usage(1)])
    expect(result.missing.rows.map(({ table, block }) => [table, block])).toEqual([
      ['usage_events', 9],
      ['payments', 9],
    ])
  })

  it('names exactly the rows that were lost, whichever they are', async () => {
    const all = Array.from({ length: 12 }, (_, i) => usage(i + 1))
    await fc.assert(
      fc.asyncProperty(fc.subarray(all), async (kept) => {
        const result = await compare(all, kept)
        const lost = all.filter((one) => !kept.includes(one)).map((one) => one.usage_events[0]!.usage_id)
        expect(result.missing.rows.filter(({ table }) => table === 'usage_events').map((row) => row.usageId)).toEqual(
          lost,
        )
        expect(totals(result)).toEqual([lost.length * 3, 0, 0])
      }),
      { numRuns: 5 },
    )
  })

  it('prints what it found, and nothing of a text that a terminal would obey', async () => {
    const result = await compare(
      [usage(1, { service: 'a\u001b[31m' }), usage(2)],
      [usage(1, { service: 'b' }, { asset: null })],
    )
    expect(renderReconciliation(result)).toMatchInlineSnapshot(`
      "test on eip155:1: subgraph:eip155:1 compared with rpc:eip155:1, whose numbers are used
      blocks 1 to 100
      in both: 1 events, 1 payments, 1 usages
      missing in subgraph:eip155:1: 3
        usage_events u2 settled (block 2, 0x2)
        payments u2 settled leg 0 (block 2, 0x2)
        usage u2 (block 2, 0x2)
      only in subgraph:eip155:1: 0
      different: 2
        usage_events u1 settled (block 1, 0x1): service a�[31m, there b
        usage u1 (block 1, 0x1): service a�[31m, there b
      known to one of them alone: payments.asset of 1
      known to one of them alone: usage.asset of 1
      "
    `)
  })
})
