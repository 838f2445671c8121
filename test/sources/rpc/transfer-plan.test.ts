import fc from 'fast-check'
import type { Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import type { Transfer } from '../../../src/records/transfer.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import {
  boundSentence,
  type Counterparty,
  firstStep,
  nextStep,
  sentCounts,
} from '../../../src/sources/rpc/transfer-plan.ts'
import { startAnvil } from '../../support/anvil.ts'
import { withLedger } from '../../support/ledger-with.ts'
import { wallet } from '../../support/olas-chain.ts'
import { payment, transfer, usageEvent } from '../../support/records.ts'

const range = { from: 100, to: 900 }
const met = (counterparty: string, fields: Partial<Counterparty> = {}): Counterparty => ({
  ...{ counterparty, wallets: 1, is_service: false, sent: null },
  ...fields,
})

describe('a plan of transfers', () => {
  it('reads the wallets over the range, and as far back as asked', () => {
    const wallets = ['0xb', '0xa', '0xb']
    expect(firstStep(wallets, range)).toEqual({ hop: 1, wallets: ['0xa', '0xb'], range })
    expect(firstStep(wallets, range, { lookback: 40 }).range).toEqual({ from: 60, to: 900 })
    expect(firstStep(wallets, range, { lookback: 101 }).range).toEqual({ from: 0, to: 900 })
  })

  it('follows counterparties by the second hop, but no service and nobody busy', () => {
    const first = firstStep(['0xa'], range, { lookback: 10 })
    const found = [
      met('0xd'),
      met('0xc', { wallets: 3, sent: 7 }),
      met('0xe', { is_service: true, wallets: 99 }),
      met('0xf', { wallets: 4 }),
      met('0x1', { sent: 8 }),
    ]
    const bounds = { hops: 2, maxDealings: 3, maxSent: 7 } as const
    expect(nextStep(first, found)).toBeNull()
    expect(nextStep(first, found, bounds)).toEqual({
      step: { hop: 2, wallets: ['0xc', '0xd'], range: { from: 90, to: 900 } },
      leftOut: { services: 1, busy: 2 },
    })
  })

  it('neither reads a wallet twice nor loses one without a word, whatever the bounds', () => {
    const address = fc.integer({ min: 0, max: 30 }).map((n) => `0x${n}`)
    const candidate = fc.record({
      counterparty: address,
      wallets: fc.integer({ min: 1, max: 100 }),
      is_service: fc.boolean(),
      sent: fc.option(fc.nat(20_000)),
    })
    const bounds = fc.record({ lookback: fc.nat(2_000), maxDealings: fc.nat(100), maxSent: fc.nat(20_000) })
    const candidates = fc.uniqueArray(candidate, { selector: ({ counterparty }) => counterparty })
    fc.assert(
      fc.property(fc.array(address), candidates, bounds, (wallets, found, limits) => {
        const first = firstStep(wallets, range, limits)
        const { step, leftOut } = nextStep(first, found, { ...limits, hops: 2 })!
        const all = [...first.wallets, ...step.wallets]
        expect(new Set(all).size).toBe(all.length)
        const others = found.filter(({ counterparty }) => !wallets.includes(counterparty))
        expect(step.wallets.length + leftOut.services + leftOut.busy).toBe(others.length)
        expect(first.range.from).toBe(Math.max(0, 100 - limits.lookback))
        expect(step.range).toEqual(first.range)
        for (const one of others.filter(({ counterparty }) => step.wallets.includes(counterparty)))
          expect(one.is_service || one.wallets > limits.maxDealings || (one.sent ?? 0) > limits.maxSent).toBe(false)
      }),
    )
  })

  it('follows no fewer where a bound is wider', () => {
    const limit = fc.nat(100)
    const found = fc.array(fc.nat(100).map((wallets) => met(`0x${wallets}`, { wallets })))
    fc.assert(
      fc.property(found, limit, limit, (candidates, a, b) => {
        const followed = (maxDealings: number) =>
          nextStep(firstStep([], range), candidates, { hops: 2, maxDealings })!.step.wallets
        const wide = new Set(followed(Math.max(a, b)))
        expect(followed(Math.min(a, b)).filter((one) => !wide.has(one))).toEqual([])
      }),
    )
  })

  it('says its bounds in one sentence', () => {
    const first = firstStep(
      Array.from({ length: 1_412 }, (_, i) => `0x${i}`),
      range,
    )
    expect(boundSentence(first, null)).toBe(
      'Transfers: 1,412 wallets, blocks 100–900, 1 hop; what came before block 100 or through a third wallet is not seen.',
    )
    expect(boundSentence(firstStep(['0xa'], range, { lookback: 100 }), null)).toBe(
      'Transfers: 1 wallet, blocks 0–900, 1 hop; through a third wallet is not seen.',
    )
    const found = [
      met('0xb1'),
      met('0xb2', { is_service: true }),
      met('0xb3', { wallets: 51 }),
      met('0xb4', { sent: 10_001 }),
    ]
    expect(boundSentence(first, nextStep(first, found, { hops: 2 }))).toBe(
      'Transfers: 1,412 wallets and 1 counterparty, blocks 100–900, 2 hops; 1 labelled service and 2 busy addresses are not followed; what came before block 100 or through a fourth wallet is not seen.',
    )
  })
})

describe('counterparties of a protocol', () => {
  const [payer, payee, stranger, exchange, token] = [1, 2, 3, 4, 5].map(wallet) as [
    string,
    string,
    string,
    string,
    string,
  ]
  let place = 0
  const move = (from: string, to: string, fields: Partial<Transfer> = {}) => {
    place += 1
    return transfer({ chain: 'eip155:1', from, to, tx_hash: `0x${place}`, ...fields })
  }

  it('are whom its wallets dealt with on that chain, services told apart', async () => {
    const label = (address: string, chain: string | null, kind: 'exchange' | 'team') => ({
      ...{ address, chain, kind, name: null, source: 'test', as_of: null },
    })
    const facts = {
      usage_events: [usageEvent({ consumer: payer, provider: payee })],
      payments: [payment({ from: payer, to: payee })],
      transfers: [
        move(payer, payee),
        move(payer, stranger, { n: 2 }),
        move(stranger, payee),
        move(exchange, payer),
        move(stranger, exchange),
        move(payer, wallet(9), { chain: 'eip155:2' }),
        move(payer, wallet(0), { to: `0x${'0'.repeat(40)}` }),
        move(payer, token, { token_id: '7', amount: null, kind: 'erc721' }),
      ],
      labels: [
        label(exchange, null, 'exchange'),
        label(stranger, 'eip155:2', 'exchange'),
        label(stranger, null, 'team'),
      ],
    }
    await withLedger(facts, async ({ ledger }) => {
      expect(await ledger.rows('transfer-counterparties', { protocol: 'test', chain: 'eip155:1' })).toEqual([
        { counterparty: stranger, wallets: 2, transfers: 3, is_service: false },
        { counterparty: exchange, wallets: 1, transfers: 1, is_service: true },
      ])
    })
  })

  it('are counted by what they sent', async () => {
    const anvil = await startAnvil({ states: 100 })
    try {
      const to = wallet(1) as Hex
      for (const value of [1n, 2n, 3n]) {
        const hash = await anvil.client.sendTransaction({ account: anvil.account as Hex, chain: null, to, value })
        await anvil.client.waitForTransactionReceipt({ hash })
      }
      const client = rpcClient({ chain: anvil.chain, url: anvil.url })
      expect(await sentCounts(client, [anvil.account, wallet(1)], 3)).toEqual([3, 0])
      expect(await sentCounts(client, [anvil.account], 1)).toEqual([1])
    } finally {
      await anvil.stop()
    }
  })
})
