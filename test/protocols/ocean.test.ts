import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { ocean } from '../../src/protocols/ocean.ts'
import type { Contract } from '../support/anvil.ts'
import { expectTopics } from '../support/expect-topics.ts'
import { OCEAN, type OceanChain, startOceanChain } from '../support/ocean-chain.ts'
import { finalHead } from '../support/olas-chain.ts'
import { pick } from '../support/protocol-chain.ts'

const publisher = `0x${'d1'.repeat(20)}`
const buyer = `0x${'d2'.repeat(20)}`
const node = `0x${'b1'.repeat(20)}`
const payer = `0x${'a1'.repeat(20)}`
const predictoors = [`0x${'c1'.repeat(20)}`, `0x${'c2'.repeat(20)}`]

let chain: OceanChain

beforeAll(async () => {
  chain = await startOceanChain()
})
afterAll(() => chain.stop())

describe('publishing', () => {
  it('announces data NFT and datatoken, and links one to the other and to its holder', async () => {
    const { facts, discovered, block } = await chain.publish({ owner: publisher })
    expect(pick(discovered, ['role'])).toEqual([{ role: 'data-nft' }, { role: 'datatoken' }])
    const [nft, datatoken] = discovered.map(({ address }) => address)
    const link = { chain: chain.anvil.chain, kind: 'owner', from_block: block, to_block: null }
    expect(facts.links).toEqual([
      { ...link, subject: nft, object: publisher },
      { ...link, subject: datatoken, object: nft },
    ])
    const sold = await chain.perform(chain.at('OceanDataNft', nft!), 'transferFrom', [publisher, buyer])
    expect(sold.facts.links).toEqual([
      { ...link, subject: nft, object: publisher, from_block: null, to_block: sold.block },
      { ...link, subject: nft, object: buyer, from_block: sold.block },
    ])
    expect(sold.facts.usage_events).toEqual([])
  })

  it('is that of the factory only: what a copy of it makes is nobody’s', async () => {
    const copy = await chain.anvil.deploy('OceanFactory')
    const { facts, discovered } = await chain.publish({ owner: publisher, factory: copy })
    expect(discovered).toEqual([])
    expect(facts.links).toEqual([])
    const stray = await chain.anvil.deploy('OceanDatatoken')
    const none = { to: node, token: OCEAN, amount: 5n }
    const ordered = await chain.perform(stray, 'startOrder', [payer, none, none])
    expect(ordered.facts).toEqual({ usage_events: [], payments: [], rewards: [], links: [] })
  })
})

describe('predictions', () => {
  it('reward what was won, not the stake that came back', async () => {
    const feed = await chain.datatoken({ owner: publisher, period: 86_400n })
    const won = await chain.perform(feed, 'payout', [predictoors[0], 1_700_000_100n, 10n, 17n])
    expect(won.facts.rewards).toMatchObject([
      {
        programme: 'predictoor',
        recipient: predictoors[0],
        subject: predictoors[0],
        asset: OCEAN,
        amount: 7n,
        epoch: '1700000100',
        basis: 'payout less stake',
      },
    ])
    for (const amount of [0n, 10n]) {
      const { facts } = await chain.perform(feed, 'payout', [predictoors[1], 1_700_000_100n, 10n, amount])
      expect(facts.rewards).toEqual([])
    }
  })
})

describe('data farming', () => {
  it('rewards what is allocated, and not once more what is claimed', async () => {
    const { facts } = await chain.perform(chain.rewards, 'allocate', [[publisher, buyer, node], [5n, 0n, 7n], OCEAN])
    const shared = { programme: 'data-farming', asset: OCEAN, epoch: null, basis: 'allocated' }
    expect(facts.rewards).toMatchObject([
      { ...shared, recipient: publisher, subject: publisher, amount: 5n, sub_index: 0 },
      { ...shared, recipient: node, subject: node, amount: 7n, sub_index: 2 },
    ])
    expect((await chain.perform(chain.rewards, 'claim', [publisher, 5n, OCEAN])).facts.rewards).toEqual([])
  })

  it('has a multiplier with dates, without a gap', () => {
    const [farming] = ocean.programmes!
    const market = farming!.rates!.filter(({ metric }) => !metric.endsWith('prediction feeds'))
    expect(market.map(({ from }) => from).slice(1)).toEqual(market.map(({ to }) => to).slice(0, -1))
    expect(market[0]).toMatchObject({ value: null, from: '2022-09-29' })
    expect(market[1]).toMatchObject({ value: '1.0000', from: '2022-10-27' })
    expect(market[20]).toMatchObject({ value: '0.0785', from: '2023-03-09' })
    expect(market[21]).toMatchObject({ value: '0.001', from: '2023-03-16', to: null })
    expect(farming!.rates!.at(-1)).toMatchObject({ value: '1.005', from: '2024-03-21', to: null })
  })
})

describe('compute jobs', () => {
  const job = async (contract: Contract, name: string, args: readonly unknown[]) => {
    const { facts } = await chain.perform(contract, name, args)
    return {
      events: pick(facts.usage_events, ['kind', 'usage_id', 'consumer', 'provider', 'service']),
      legs: pick(facts.payments, ['event_kind', 'leg', 'kind', 'from', 'to', 'asset', 'amount']),
    }
  }
  const id = (jobId: number) => `${chain.escrow.address}:${payer}:${node}:${jobId}`
  const parties = { consumer: payer, provider: node, service: null }

  it('are funded when a node locks what they may cost, several at once', async () => {
    const { events, legs } = await job(chain.escrow, 'lock', [payer, node, [1n, 2n, 3n], 10n, OCEAN])
    expect(events).toEqual([1, 2, 3].map((n) => ({ ...parties, kind: 'funded', usage_id: id(n) })))
    const leg = { event_kind: 'funded', leg: 0, kind: 'principal', from: payer, to: chain.escrow.address }
    expect(legs).toEqual([1, 2, 3].map(() => ({ ...leg, asset: OCEAN, amount: 10n })))
  })

  it('cost what is claimed, which may be less', async () => {
    const { events, legs } = await job(chain.escrow, 'claim', [payer, node, 1n, 6n, OCEAN])
    expect(events).toEqual([{ ...parties, kind: 'settled', usage_id: id(1) }])
    const leg = { event_kind: 'settled', leg: 0, kind: 'price', from: payer, to: node }
    expect(legs).toEqual([{ ...leg, asset: OCEAN, amount: 6n }])
  })

  it('are refunded when the claim came too late', async () => {
    const { events, legs } = await job(chain.escrow, 'cancel', [payer, node, 2n, 10n, OCEAN])
    expect(events).toEqual([{ ...parties, kind: 'refunded', usage_id: id(2) }])
    const leg = { event_kind: 'refunded', leg: 0, kind: 'refund', from: chain.escrow.address, to: payer }
    expect(legs).toEqual([{ ...leg, asset: OCEAN, amount: 10n }])
  })
})

describe('collected from a node', () => {
  it('folds orders, reuses and jobs as the network has them', async () => {
    const { anvil, exchange, escrow } = chain
    const datatoken = await chain.datatoken({ owner: publisher })
    const none = { to: node, token: OCEAN, amount: 0n }
    const fee = { to: node, token: OCEAN, amount: 7n }
    const consume = { to: buyer, token: OCEAN, amount: 5n }
    const swap = {
      exchangeId: `0x${'ef'.repeat(32)}`,
      base: OCEAN,
      gross: 1_000n,
      marketFee: 10n,
      oceanFee: 2n,
      consume,
    }
    const order = [payer, exchange.address, swap, publisher, none, fee]
    // Announced long before the blocks that are wanted.
    await chain.perform(exchange, 'create', [swap.exchangeId, OCEAN, datatoken.address])
    const { hash, block } = await chain.perform(datatoken, 'buyFromFreAndOrder', order)
    await chain.perform(datatoken, 'reuseOrder', [hash, fee])
    await chain.perform(escrow, 'lock', [payer, node, [8n, 9n], 10n, OCEAN])
    await chain.perform(escrow, 'claim', [payer, node, 8n, 6n, OCEAN])
    await chain.perform(escrow, 'cancel', [payer, node, 9n, 10n, OCEAN])
    const to = await finalHead(anvil)

    const ledger = await openLedger(':memory:')
    const endpoints = [{ chain: anvil.chain, url: anvil.url }]
    const summary = await collect({ ledger, protocols: [chain.protocol()], endpoints, from: block, to })
    expect(summary.chains[0]!.rejected).toBe(0)
    const usage = pick(await ledger.rows('usage'), [
      'usage_id',
      'status',
      'consumer',
      'payer',
      'payee',
      'asset',
      'gross',
      'net',
      'fees',
      'refunded',
      'principal',
    ])
    ledger.close()
    const job = { consumer: payer, payer, payee: node, asset: OCEAN, net: null, fees: null, principal: 10n }
    const jobId = (n: number) => `${escrow.address}:${payer}:${node}:${n}`
    expect(new Map(usage.map((row) => [row.usage_id, row]))).toEqual(
      new Map<unknown, unknown>([
        [
          `${hash}:${datatoken.address}`,
          {
            usage_id: `${hash}:${datatoken.address}`,
            status: 'settled',
            consumer: payer,
            payer: anvil.account,
            payee: publisher,
            asset: OCEAN,
            gross: 1_000n,
            net: 983n,
            // Of the swap 17, and the provider's twice.
            fees: 31n,
            refunded: null,
            principal: null,
          },
        ],
        [jobId(8), { ...job, usage_id: jobId(8), status: 'settled', gross: 6n, refunded: null }],
        [jobId(9), { ...job, usage_id: jobId(9), status: 'refunded', gross: null, refunded: 10n }],
      ]),
    )
  })
})

describe('abis', () => {
  expectTopics('ocean')

  it('keeps deployments lower-case and apart by chain and address, each with its start', () => {
    const keys = ocean.deployments.map(({ chain, address }) => `${chain}:${address}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { address, fromBlock, source } of ocean.deployments) {
      expect(address).toMatch(/^0x[0-9a-f]{40}$/)
      expect(fromBlock).toBeGreaterThan(0)
      expect(source).toContain('address.json')
    }
  })
})
