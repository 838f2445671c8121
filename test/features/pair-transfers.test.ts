import { describe, expect, it } from 'vitest'
import { returnCounts, returnFlows } from '../../src/features/return-flows.ts'
import { labelKinds, serviceKinds } from '../../src/records/context.ts'
import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import { markPayments } from '../../src/signals/value-return.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

const paid = (...legs: Partial<Payment>[]): Facts => {
  const keyed = legs.map((leg, i) => ({ usage_id: `u${i}`, tx_hash: `0x0${i}`, log_index: 5, ...leg }))
  return {
    usage_events: keyed.map(({ usage_id, tx_hash, log_index, block_number, timestamp, from, to }) =>
      usageEvent({
        usage_id,
        tx_hash,
        log_index,
        ...(block_number === undefined ? {} : { block_number }),
        ...(timestamp === undefined ? {} : { timestamp }),
        ...(from === undefined ? {} : { consumer: from }),
        ...(to === undefined ? {} : { provider: to }),
      }),
    ),
    payments: keyed.map((leg) => payment(leg)),
  }
}
/** A transfer from the payee 0xbb to the payer 0xaa, a second after the payment. */
const back = (fields: Partial<Transfer> = {}): Transfer => transfer({ tx_hash: '0xf0', ...fields })

const look = (facts: Facts, ...transfers: Transfer[]) =>
  withLedger({ ...facts, transfers }, async ({ ledger, context }) => {
    const flows = await context.get(returnFlows)
    return {
      counts: await context.get(returnCounts),
      later: (await ledger.rows('pair-transfers')).map((row) => row.is_later),
      payers: flows.parties.map(({ payer }) => payer),
      matched: markPayments(flows, 30, 0.9).map(({ mark }) => ({ usage: mark.usage, returned: mark.returned })),
    }
  })

const NONE = { anyTime: 0, afterPayment: 0, excludingSettlements: 0, sameAsset: 0 }
const whole = [{ usage: 0, returned: 100n }]

describe('pair transfers', () => {
  it('tells transfers before a payment from those after it', async () => {
    const found = await look(paid({}), back(), back({ tx_hash: '0xf1', timestamp: 500, block_number: 0 }))
    expect(found.counts).toEqual({ anyTime: 2, afterPayment: 1, excludingSettlements: 1, sameAsset: 1 })
    expect(found.matched).toEqual(whole)
  })

  it('goes by the log inside one block', async () => {
    const at = (log_index: number) => back({ timestamp: 1_000, block_number: 1, log_index })
    expect(await look(paid({}), at(6))).toMatchObject({ later: [true], matched: whole })
    expect(await look(paid({}), at(4))).toMatchObject({ later: [false], matched: [] })
  })

  it('goes by the block where two have one time', async () => {
    const at = (block_number: number) => back({ timestamp: 1_000, block_number, log_index: 0 })
    expect(await look(paid({}), at(2))).toMatchObject({ later: [true], matched: whole })
    expect(await look(paid({ block_number: 3 }), at(2))).toMatchObject({ later: [false], matched: [] })
  })

  it('takes rows of a file with one time for not later, whatever their numbers', async () => {
    const fileRow = back({ tx_hash: 'file:b', block_number: null, timestamp: 1_000, log_index: 9 })
    const found = await look(paid({ tx_hash: 'file:a', block_number: null, log_index: 1 }), fileRow)
    expect(found).toMatchObject({ later: [false], matched: [] })
    expect(found.counts).toMatchObject({ anyTime: 1, afterPayment: 0 })
  })

  it('lets a return of one time repay earlier payments only, where either has no block', async () => {
    const earlier = { timestamp: 10, block_number: null, amount: 60n }
    for (const [payment, move] of [
      [null, null],
      [null, 1],
      [1, null],
    ] as const) {
      const facts = paid(earlier, { timestamp: 1_000, block_number: payment })
      const found = await look(facts, back({ timestamp: 1_000, block_number: move, log_index: 9 }))
      expect(found.matched).toEqual([{ usage: 0, returned: 60n }])
    }
  })

  it('lets a native return inside the block of a payment repay earlier payments only', async () => {
    const facts = paid({ timestamp: 10, block_number: 0, amount: 60n }, {})
    const found = await look(facts, back({ timestamp: 1_000, block_number: 1, log_index: -1 }))
    expect(found.matched).toEqual([{ usage: 0, returned: 60n }])
    const unlogged = paid({ timestamp: 10, block_number: 0, amount: 60n }, { log_index: -1 })
    const logged = await look(unlogged, back({ timestamp: 1_000, block_number: 1, log_index: 3 }))
    expect(logged.matched).toEqual([{ usage: 0, returned: 60n }])
  })

  it('takes a transfer without a time for not later', async () => {
    expect(await look(paid({}), back({ timestamp: null, block_number: null }))).toMatchObject({ later: [false] })
  })

  it('lets value through a labelled service come back to nobody, and no other label hides any', async () => {
    const labelled = labelKinds.flatMap((kind) => [
      { kind, payer: `0x${kind}`, payee: '0xbb' },
      { kind, payer: `0xof${kind}`, payee: `0x${kind}` },
    ])
    const labels = labelKinds.map((kind) => {
      return { address: `0x${kind}`, chain: null, kind, name: null, source: 'test', as_of: null }
    })
    const found = await look(
      { ...paid(...labelled.map(({ payer, payee }) => ({ from: payer, to: payee }))), labels },
      ...labelled.map(({ payer, payee }, i) => back({ tx_hash: `0xf${i}`, from: payee, to: payer })),
    )
    const isService = (kind: string) => (serviceKinds as readonly string[]).includes(kind)
    const open = labelled.filter(({ kind }) => !isService(kind)).map(({ payer }) => payer)
    expect(found.payers.sort()).toEqual(open.sort())
  })

  it('leaves out transfers to oneself and to strangers', async () => {
    expect((await look(paid({}), back({ from: '0xaa' }), back({ tx_hash: '0xf1', to: '0xcc' }))).counts).toEqual(NONE)
    expect((await look(paid({ to: '0xaa' }), back({ from: '0xaa' }))).counts).toEqual(NONE)
  })

  it('takes no settlement of a usage for a return', async () => {
    const facts = paid({}, { from: '0xbb', to: '0xaa', timestamp: 3_000, block_number: 3 })
    const settling = back({ tx_hash: '0x01', log_index: 4, timestamp: 3_000, block_number: 3 })
    const found = await look(facts, settling)
    expect(found.counts).toMatchObject({ afterPayment: 1, excludingSettlements: 0 })
    expect(found.matched).toEqual([])
  })

  it('counts a return in another asset, and matches none of it', async () => {
    const found = await look(paid({}), back({ asset: '0xt' }))
    expect(found.counts).toEqual({ anyTime: 1, afterPayment: 1, excludingSettlements: 1, sameAsset: 0 })
    expect(found.matched).toEqual([])
  })

  it('keeps chains apart by value', async () => {
    expect((await look(paid({}), back({ chain: 'eip155:2' }))).matched).toEqual([])
  })

  it('holds the window to its last moment', async () => {
    const last = 1_000 + 30 * 86_400_000
    expect((await look(paid({}), back({ timestamp: last }))).matched).toEqual(whole)
    expect((await look(paid({}), back({ timestamp: last + 1 }))).matched).toEqual([])
  })
})
