import { keccak256 } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DecodedFacts } from '../../src/protocols/decode-transaction.ts'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import type { Contract } from '../support/anvil.ts'
import { expectTopics } from '../support/expect-topics.ts'
import { type ProtocolChain, startProtocolChain } from '../support/protocol-chain.ts'

const CHAIN = 'eip155:100'
const OLAS = `0x${'01a5'.repeat(10)}`
const requester = `0x${'a1'.repeat(20)}`
const second = `0x${'a2'.repeat(20)}`
const multisig = `0x${'b1'.repeat(20)}`
const id = (value: number) => `0x${value.toString(16).padStart(64, '0')}`
const digest = (value: number) => `0x${'ee'.repeat(31)}${value.toString(16).padStart(2, '0')}`
const long = `0x${'ff'.repeat(40)}` as const

let chain: ProtocolChain
let perform: ProtocolChain['perform']
const contracts: { [name: string]: Contract } = {}

const roles: readonly (readonly [string, string, string, string?])[] = [
  ['factory', 'AgentFactory', 'agent-factory'],
  ['legacy', 'LegacyMarketplace', 'legacy-marketplace'],
  ['v1', 'MarketplaceV1', 'mech-marketplace'],
  ['v2', 'MarketplaceV2', 'mech-marketplace'],
  ['native', 'BalanceTracker', 'balance-tracker', 'native'],
  ['token', 'BalanceTracker', 'balance-tracker', OLAS],
]

beforeAll(async () => {
  chain = await startProtocolChain(olasMech, { chainId: 100 })
  perform = chain.perform
  for (const [name, contract, role, asset] of roles)
    contracts[name] = await chain.declare(role, contract, asset === undefined ? {} : { asset })
})
afterAll(() => chain.stop())

/** A clone of a factory, found by the factory's event. */
async function clone(factory: string, name: string, args: readonly unknown[]): Promise<Contract> {
  const { discovered } = await perform(contracts[factory]!, 'create', args)
  expect(discovered).toHaveLength(1)
  return { ...contracts[factory]!, name, address: discovered[0]!.address as `0x${string}` }
}

/** Rows without what is the same for all of a transaction. */
function events(facts: DecodedFacts) {
  return (facts.facts.usage_events ?? []).map(({ kind, usage_id, consumer, provider, payload_hash, sub_index }) => ({
    kind,
    usage_id,
    consumer,
    provider,
    payload_hash,
    sub_index,
  }))
}

function prices(facts: DecodedFacts) {
  return (facts.facts.payments ?? []).map(({ usage_id, from, to, asset, amount, sub_index }) => ({
    usage_id,
    from,
    to,
    asset,
    amount,
    sub_index,
  }))
}

describe('first mechs', () => {
  it('joins a request and a delivery in a later block', async () => {
    const mech = await clone('factory', 'AgentMech', [1n, 10n])
    const usage = { usage_id: `${mech.address}:${id(7)}`, provider: mech.address, sub_index: 0 }
    const requested = await perform(mech, 'request', [requester, 7n, digest(1)])
    expect(events(requested)).toEqual([{ ...usage, kind: 'requested', consumer: requester, payload_hash: digest(1) }])
    const [row] = requested.facts.usage_events!
    expect(row).toMatchObject({
      chain: CHAIN,
      protocol: 'olas-mech',
      tx_from: chain.anvil.account,
      attribution: 'event',
    })
    const delivered = { ...usage, kind: 'delivered', consumer: null, payload_hash: null }
    expect(events(await perform(mech, 'deliver0819', [7n, long]))).toEqual([delivered])
    expect(prices(requested)).toEqual([])
  })

  it('names a request with a nonce by the id that its delivery carries', async () => {
    const mech = await clone('factory', 'AgentMech', [2n, 10n])
    const usage = { usage_id: `${mech.address}:${id(8)}`, provider: mech.address, sub_index: 0 }
    expect(events(await perform(mech, 'requestWithNonce', [requester, 8n, 9n, long]))).toEqual([
      { ...usage, kind: 'requested', consumer: requester, payload_hash: keccak256(long) },
    ])
    const delivered = { ...usage, kind: 'delivered', consumer: null, payload_hash: null }
    expect(events(await perform(mech, 'deliver', [8n, long]))).toEqual([delivered])
  })
})

describe('legacy marketplace', () => {
  it('counts what mech and marketplace both log once, and goes by who delivered', async () => {
    const priority = await clone('factory', 'AgentMech', [3n, 10n])
    const actual = await clone('factory', 'AgentMech', [4n, 10n])
    const legacy = contracts.legacy!
    const usage = { usage_id: id(20), consumer: requester, sub_index: 0 }
    const requested = await perform(legacy, 'request', [priority.address, requester, 20n, digest(2)])
    expect(events(requested)).toEqual([
      { ...usage, kind: 'requested', provider: priority.address, payload_hash: digest(2) },
    ])
    expect(requested.facts.usage_events![0]!.log_index).toBe(1)
    const delivered = await perform(legacy, 'deliver', [priority.address, actual.address, requester, 20n, long])
    expect(events(delivered)).toEqual([{ ...usage, kind: 'delivered', provider: actual.address, payload_hash: null }])
  })
})

describe.each([
  ['v1', 'native', 'native'],
  ['v2', 'token', OLAS],
] as const)('marketplace %s', (version, tracker, asset) => {
  let mech: Contract
  beforeAll(async () => {
    mech = await clone(version, 'Mech', [1n])
  })
  const marketplace = () => contracts[version]!

  it('gives each request of a batch a row', async () => {
    const args = [mech.address, contracts[tracker]!.address, requester, [id(31), id(32)], [digest(3), long]]
    const rows = await perform(marketplace(), 'request', args)
    const usage = { kind: 'requested', consumer: requester, provider: mech.address }
    expect(events(rows)).toEqual([
      { ...usage, usage_id: id(31), sub_index: 0, payload_hash: digest(3) },
      { ...usage, usage_id: id(32), sub_index: 1, payload_hash: keccak256(long) },
    ])
    expect(prices(rows)).toEqual([])
  })

  it('prices what was delivered, and passes over what did not count', async () => {
    const ids = [id(31), id(32), id(33)]
    const zero = `0x${'0'.repeat(40)}`
    const args = [
      mech.address,
      contracts[tracker]!.address,
      multisig,
      [requester, zero, second],
      ids,
      [true, false, true],
      5n,
    ]
    const rows = await perform(marketplace(), 'deliver', args)
    // Version 1 leaves only a hash of the requesters; their requests name them.
    const named = (address: string) => (version === 'v1' ? null : address)
    const event = { kind: 'delivered', provider: mech.address, payload_hash: null }
    expect(events(rows)).toEqual([
      { ...event, usage_id: id(31), sub_index: 0, consumer: named(requester) },
      { ...event, usage_id: id(33), sub_index: 2, consumer: named(second) },
    ])
    const price = { to: multisig, asset, amount: 5n }
    expect(prices(rows)).toEqual([
      { ...price, usage_id: id(31), sub_index: 0, from: named(requester) },
      { ...price, usage_id: id(33), sub_index: 2, from: named(second) },
    ])
    expect(rows.facts.payments![0]).toMatchObject({
      event_kind: 'delivered',
      kind: 'price',
      leg: 0,
      expected_amount: null,
    })
  })

  it('takes requests signed off chain as requested and delivered at once', async () => {
    const args = [
      mech.address,
      contracts[tracker]!.address,
      multisig,
      second,
      [id(41), id(42)],
      [digest(4), digest(5)],
      6n,
    ]
    const rows = await perform(marketplace(), 'deliverSigned', args)
    const data = (value: number) => (version === 'v1' ? null : digest(value))
    const usage = { consumer: second, provider: mech.address }
    expect(events(rows)).toEqual([
      { ...usage, kind: 'requested', usage_id: id(41), sub_index: 0, payload_hash: data(4) },
      { ...usage, kind: 'delivered', usage_id: id(41), sub_index: 0, payload_hash: null },
      { ...usage, kind: 'requested', usage_id: id(42), sub_index: 1, payload_hash: data(5) },
      { ...usage, kind: 'delivered', usage_id: id(42), sub_index: 1, payload_hash: null },
    ])
    expect(prices(rows).map(({ from, to, amount }) => ({ from, to, amount }))).toEqual([
      { from: second, to: multisig, amount: 6n },
      { from: second, to: multisig, amount: 6n },
    ])
  })

  it('leaves the asset unknown where the balance tracker is not one of those listed', async () => {
    const stranger = await chain.anvil.deploy('BalanceTracker')
    const rows = await perform(marketplace(), 'deliver', [
      mech.address,
      stranger.address,
      multisig,
      [requester],
      [id(34)],
      [true],
      5n,
    ])
    expect(prices(rows)).toMatchObject([{ asset: null, amount: 5n }])
  })

  it('reads thousands of requests from few transactions', async () => {
    const requesters = Array.from({ length: 500 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}`)
    const shared = [mech.address, contracts[tracker]!.address]
    const requested = await perform(marketplace(), 'requestMany', [...shared, requesters, 1000n])
    expect(requested.facts.usage_events).toHaveLength(500)
    const delivered = await perform(marketplace(), 'deliverMany', [...shared, multisig, requesters, 1000n, 3n])
    expect(delivered.facts.usage_events).toHaveLength(500)
    expect(delivered.facts.payments?.map(({ amount }) => amount)).toEqual(requesters.map(() => 3n))
  })
})

describe('other contracts', () => {
  it('ignores the same logs from addresses that no factory announced', async () => {
    const marketplace = await chain.anvil.deploy('MarketplaceV2')
    const mech = await chain.anvil.deploy('Mech')
    const args = [mech.address, contracts.native!.address, requester, [id(51)], [digest(6)]]
    const rows = await perform(marketplace, 'request', args)
    expect(rows.facts).toEqual({ usage_events: [], payments: [], rewards: [], links: [], windows: [] })
    expect(events(await perform(await chain.anvil.deploy('AgentMech'), 'request', [requester, 1n, digest(1)]))).toEqual(
      [],
    )
  })
})

describe('abis', () => {
  expectTopics('olas')

  it('keeps deployments lower-case and apart by chain and address', () => {
    const keys = olasMech.deployments.map(({ chain, address }) => `${chain}:${address}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { address } of olasMech.deployments) expect(address).toMatch(/^0x[0-9a-f]{40}$/)
  })
})
