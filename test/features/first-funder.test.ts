import { describe, expect, it } from 'vitest'
import { firstFunders } from '../../src/features/first-funder.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

let next = 0
const native = (from: string, to: string, timestamp: number | null, fields: Partial<Transfer> = {}) =>
  transfer({ tx_hash: `0x${next++}`, log_index: -1, block_number: null, from, to, timestamp, ...fields })

const funders = (transfers: readonly Transfer[]) =>
  withLedger({ usage_events: [usageEvent()], payments: [payment()], transfers }, async ({ ledger }) =>
    Object.fromEntries(
      [...(await firstFunders(ledger, ['0xaa', '0xbb']))].map(([wallet, { funder }]) => [wallet, funder]),
    ),
  )

describe('firstFunders', () => {
  it('is the sender of the first native currency, for wallets that are asked for alone', async () => {
    const later = native('0xf2', '0xaa', 500)
    const first = native('0xf1', '0xaa', 400)
    expect(await funders([later, first, native('0xf1', '0xcc', 1)])).toEqual({ '0xaa': '0xf1' })
  })

  it('leaves out tokens, empty transfers, transfers to oneself and those without a time', async () => {
    const transfers = [
      native('0xf1', '0xaa', 1, { kind: 'erc20' }),
      native('0xf2', '0xaa', 2, { amount: 0n }),
      native('0xaa', '0xaa', 3),
      native('0xf3', '0xaa', null),
      native('0xf4', '0xaa', 4, { amount: null }),
    ]
    expect(await funders(transfers)).toEqual({ '0xaa': '0xf4' })
  })

  it('takes a transfer inside a transaction as well', async () => {
    const inside = native('0xf1', '0xbb', 1, { kind: 'internal', trace_path: '0_1' })
    expect(await funders([inside, native('0xf2', '0xbb', 2)])).toEqual({ '0xbb': '0xf1' })
  })

  it('decides equal times by the block, whatever the order of the rows', async () => {
    const late = native('0xf1', '0xaa', 10, { block_number: 6 })
    const early = native('0xf2', '0xaa', 10, { block_number: 5 })
    expect(await funders([late, early])).toEqual({ '0xaa': '0xf2' })
    expect(await funders([early, late])).toEqual({ '0xaa': '0xf2' })
  })

  it('says where it saw it', async () => {
    const funding = native('0xf1', '0xaa', 7)
    const all = await withLedger(
      { usage_events: [usageEvent()], payments: [payment()], transfers: [funding] },
      ({ ledger }) => firstFunders(ledger, ['0xaa', '0xbb']),
    )
    const expected = { funder: '0xf1', chain: 'eip155:1', transaction: funding.tx_hash, time: 7 }
    expect(all).toEqual(new Map([['0xaa', expected]]))
  })
})
