import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifacts, type Contract } from '../support/anvil.ts'
import { NOBODY, OCEAN, type OceanChain, startOceanChain } from '../support/ocean-chain.ts'
import { pick } from '../support/protocol-chain.ts'

const ONE = 10n ** 18n
const publisher = `0x${'d1'.repeat(20)}`
const consumer = `0x${'a1'.repeat(20)}`
const market = `0x${'e1'.repeat(20)}`
const provider = `0x${'b1'.repeat(20)}`
const USDC = `0x${'5d'.repeat(20)}`
const COMMUNITY = `0x${'0'.repeat(37)}fee`
const none = { to: NOBODY, token: NOBODY, amount: 0n }
const fee = (to: string, amount: bigint) => ({ to, token: USDC, amount })
const EXCHANGE = `0x${'ab'.repeat(32)}`
const swap = (gross: bigint, fees: { market?: bigint; ocean?: bigint; consume?: bigint } = {}) => ({
  exchangeId: EXCHANGE,
  base: OCEAN,
  gross,
  marketFee: fees.market ?? 0n,
  oceanFee: fees.ocean ?? 0n,
  consume: { to: market, token: OCEAN, amount: fees.consume ?? 0n },
})

let chain: OceanChain
let safe: Contract
let account: string

beforeAll(async () => {
  chain = await startOceanChain()
  safe = await chain.anvil.deploy('OceanSafe')
  account = chain.anvil.account
  await chain.perform(chain.exchange, 'create', [EXCHANGE, OCEAN, publisher])
})
afterAll(() => chain.stop())

async function perform(contract: Contract, name: string, args: readonly unknown[]) {
  const { facts, hash } = await chain.perform(contract, name, args)
  return {
    hash,
    events: pick(facts.usage_events, ['kind', 'usage_id', 'consumer', 'provider', 'service', 'class']),
    legs: (facts.payments ?? []).map(({ kind, from, to, asset, amount }) => [kind, from, to, asset, amount]),
    facts,
  }
}

/** Calls that a multisig makes in one transaction. */
function batch(calls: readonly (readonly [Contract, string, readonly unknown[]])[]) {
  const datas = calls.map(([{ name }, functionName, args]) =>
    encodeFunctionData({ abi: artifacts[name]!.abi, functionName, args }),
  )
  return perform(safe, 'execute', [calls.map(([{ address }]) => address), datas])
}

describe('an order', () => {
  it('costs a datatoken where nothing was bought for it, and names who is sent it', async () => {
    const datatoken = await chain.datatoken({ owner: publisher, collector: publisher })
    const { hash, events, legs, facts } = await perform(datatoken, 'startOrder', [consumer, none, none])
    const { address } = datatoken
    expect(events).toEqual([
      {
        kind: 'settled',
        usage_id: `${hash}:${address}`,
        consumer,
        provider: address,
        service: address,
        class: 'ordinary',
      },
    ])
    expect(legs).toEqual([['price', account, publisher, address, ONE]])
    expect(facts.usage_events![0]).toMatchObject({ tx_from: account, units: null, unit_kind: null })
  })

  it('costs what its swap took, with each fee a leg, and the fees of the order beside', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    await chain.anvil.send(datatoken, 'setPublishFee', [fee(market, 3n)])
    const bought = swap(1_000n, { market: 10n, ocean: 2n, consume: 5n })
    const args = [consumer, chain.exchange.address, bought, publisher, fee(market, 4n), fee(provider, 7n)]
    const { events, legs } = await perform(datatoken, 'buyFromFreAndOrder', args)
    expect(events).toHaveLength(1)
    expect(legs).toEqual([
      ['price', account, publisher, OCEAN, 1_000n],
      ['net', account, publisher, OCEAN, 983n],
      ['platform-fee', account, null, OCEAN, 2n],
      ['platform-fee', account, null, OCEAN, 10n],
      ['platform-fee', account, market, OCEAN, 5n],
      ['platform-fee', account, market, USDC, 3n],
      ['platform-fee', account, market, USDC, 4n],
      ['provider-fee', account, provider, USDC, 7n],
    ])
  })

  it('is priced by the token of its exchange, also while the money stays there', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    const args = [consumer, chain.exchange.address, swap(1_000n), NOBODY, none, none]
    expect((await perform(datatoken, 'buyFromFreAndOrder', args)).legs).toEqual([
      ['price', account, null, OCEAN, 1_000n],
      ['net', account, null, OCEAN, 1_000n],
    ])
  })

  it('costs a datatoken where its exchange was never announced', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    const stray = { ...swap(1_000n), exchangeId: `0x${'cd'.repeat(32)}` }
    const args = [consumer, chain.exchange.address, stray, publisher, none, none]
    expect((await perform(datatoken, 'buyFromFreAndOrder', args)).legs).toEqual([
      ['price', account, null, datatoken.address, ONE],
    ])
  })

  it('is free where its datatoken was dispensed', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    const args = [consumer, chain.dispenser.address, fee(provider, 2n)]
    expect((await perform(datatoken, 'buyFromDispenserAndOrder', args)).legs).toEqual([
      ['price', account, null, datatoken.address, ONE],
      ['subsidy', chain.dispenser.address, account, datatoken.address, ONE],
      ['provider-fee', account, provider, USDC, 2n],
    ])
  })

  it('takes no price from an exchange or a dispenser that is not the network’s', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    const copy = await chain.anvil.deploy('OceanFixedRate')
    const args = [consumer, copy.address, swap(1_000n), publisher, none, none]
    expect((await perform(datatoken, 'buyFromFreAndOrder', args)).legs).toEqual([
      ['price', account, null, datatoken.address, ONE],
    ])
  })
})

describe('many orders in one transaction', () => {
  it('share a swap by their datatokens, in the order of the logs', async () => {
    const datatoken = await chain.datatoken({ owner: publisher, collector: publisher })
    const order = [datatoken, 'startOrder', [consumer, none, none]] as const
    const bought = swap(9n, { consume: 3n })
    const { hash, events, legs } = await batch([
      order,
      [chain.exchange, 'buyDT', [datatoken.address, 2n * ONE, bought]],
      order,
      order,
      order,
    ])
    const id = `${hash}:${datatoken.address}`
    expect(events.map(({ usage_id }) => usage_id)).toEqual([id, `${id}:1`, `${id}:2`, `${id}:3`])
    const half = [
      ['price', safe.address, publisher, OCEAN, 4n],
      ['net', safe.address, publisher, OCEAN, 3n],
      ['platform-fee', safe.address, market, OCEAN, 1n],
    ]
    const unpriced = ['price', safe.address, publisher, datatoken.address, ONE]
    expect(legs).toEqual([unpriced, ...half, ...half, unpriced])
  })

  it('are not paid by a sale of datatokens', async () => {
    const datatoken = await chain.datatoken({ owner: publisher, collector: publisher })
    const { legs } = await batch([
      [chain.exchange, 'sellDT', [ONE, swap(50n, { consume: 1n })]],
      [datatoken, 'startOrder', [consumer, none, none]],
    ])
    expect(legs).toEqual([['price', safe.address, publisher, datatoken.address, ONE]])
  })

  it('keep their own fees', async () => {
    const [one, two] = [
      await chain.datatoken({ owner: publisher }),
      await chain.datatoken({ owner: publisher, collector: publisher }),
    ]
    const { legs } = await batch([
      [one, 'startOrder', [consumer, none, fee(provider, 1n)]],
      [two, 'startOrder', [consumer, fee(market, 2n), none]],
      [one, 'startOrder', [consumer, none, fee(provider, 3n)]],
    ])
    expect(legs).toEqual([
      ['price', safe.address, null, one.address, ONE],
      ['provider-fee', safe.address, provider, USDC, 1n],
      ['price', safe.address, publisher, two.address, ONE],
      ['platform-fee', safe.address, market, USDC, 2n],
      ['price', safe.address, null, one.address, ONE],
      ['provider-fee', safe.address, provider, USDC, 3n],
    ])
  })

  it('are paid by whose datatokens the factory took, and not by the factory', async () => {
    const [one, two] = [
      await chain.datatoken({ owner: publisher, collector: publisher }),
      await chain.datatoken({ owner: publisher }),
    ]
    const args = [[one.address, two.address, one.address], consumer]
    const { events, legs } = await perform(chain.factory, 'startMultipleTokenOrder', args)
    expect(new Set(events.map(({ usage_id }) => usage_id)).size).toBe(3)
    expect(legs).toEqual([
      ['price', account, publisher, one.address, ONE],
      ['price', account, null, two.address, ONE],
      ['price', account, publisher, one.address, ONE],
    ])
    expect(legs.flat()).not.toContain(COMMUNITY)
  })
})

describe('a reuse', () => {
  it('is an event of the order it names, and pays the provider at most', async () => {
    const datatoken = await chain.datatoken({ owner: publisher })
    const { events: ordered, hash } = await perform(datatoken, 'startOrder', [consumer, none, none])
    const { events, legs, facts } = await perform(datatoken, 'reuseOrder', [hash, none])
    const { address } = datatoken
    const reused = { kind: 'reused', consumer: null, provider: address, service: address, class: 'ordinary' }
    expect(events).toEqual([{ ...reused, usage_id: ordered[0]!.usage_id }])
    expect(legs).toEqual([])
    expect(facts.usage_events![0]).toMatchObject({ tx_from: account })
    const paid = await perform(datatoken, 'reuseOrder', [hash, fee(provider, 7n)])
    expect(paid.legs).toEqual([['provider-fee', account, provider, USDC, 7n]])
    const args = [datatoken.address, hash, fee(provider, 7n)]
    const through = await perform(chain.factory, 'reuseMultipleTokenOrder', args)
    expect(through.legs).toEqual([['provider-fee', null, provider, USDC, 7n]])
  })
})

describe('a subscription to a feed', () => {
  it('lasts as long as the feed says, and pays the feed', async () => {
    const feed = await chain.datatoken({ owner: publisher, period: 86_400n })
    const args = [consumer, chain.exchange.address, swap(300n), feed.address, none, none]
    const { events, legs, facts } = await perform(feed, 'buyFromFreAndOrder', args)
    expect(events).toHaveLength(1)
    expect(facts.usage_events![0]).toMatchObject({ units: 86_400n, unit_kind: 'subscription-second' })
    expect(legs).toEqual([
      ['price', account, feed.address, OCEAN, 300n],
      ['net', account, feed.address, OCEAN, 300n],
    ])
  })

  it('is paid by its consumer where the helper of feeds buys several', async () => {
    const feed = await chain.datatoken({ owner: publisher, period: 86_400n })
    const args = [feed.address, 3n, chain.exchange.address, swap(300n)]
    const { hash, events, legs } = await perform(chain.helper, 'consumeMultiple', args)
    const id = `${hash}:${feed.address}`
    expect(events.map(({ usage_id, consumer }) => [usage_id, consumer])).toEqual([
      [id, account],
      [`${id}:1`, account],
      [`${id}:2`, account],
    ])
    expect(legs.filter(([kind]) => kind === 'price')).toEqual(
      [1, 2, 3].map(() => ['price', account, feed.address, OCEAN, 300n]),
    )
  })

  it('is told apart where the foundation itself subscribes', async () => {
    const feed = await chain.datatoken({ owner: publisher, period: 86_400n })
    const foundation = '0x2433e002ed10b5d6a3d8d1e0c5d2083be9e37f1d'
    const { events } = await perform(feed, 'startOrder', [foundation, none, none])
    expect(events).toMatchObject([{ consumer: foundation, class: 'operator-test' }])
  })
})
