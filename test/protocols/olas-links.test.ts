import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { serviceActor } from '../../src/protocols/olas-links.ts'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import { stakingContracts } from '../../src/protocols/olas-programmes.ts'
import type { Contract } from '../support/anvil.ts'
import { finalHead } from '../support/olas-chain.ts'
import { type ProtocolChain, startProtocolChain } from '../support/protocol-chain.ts'

const CHAIN = 'eip155:100'
const owner = `0x${'d1'.repeat(20)}`
const buyer = `0x${'d2'.repeat(20)}`
const operator = `0x${'c1'.repeat(20)}`
const agents = [`0x${'a1'.repeat(20)}`, `0x${'a2'.repeat(20)}`]
const safe = `0x${'b1'.repeat(20)}`
const service = serviceActor(CHAIN, 7n)

let chain: ProtocolChain
let registry: Contract
let staking: Contract

beforeAll(async () => {
  chain = await startProtocolChain(olasMech, { chainId: 100 })
  registry = await chain.declare('service-registry', 'ServiceRegistry')
  const factory = await chain.declare('staking-factory', 'StakingFactory')
  const { discovered } = await chain.perform(factory, 'create')
  staking = { ...factory, name: 'Staking', address: discovered[0]!.address as `0x${string}` }
})
afterAll(() => chain.stop())

/** The links of one transaction, each with the block it begins at unless it says otherwise. */
async function links(contract: Contract, functionName: string, args: readonly unknown[]) {
  const { facts, block } = await chain.perform(contract, functionName, args)
  return (facts.links ?? []).map(({ chain: on, from_block, to_block, ...link }) => {
    expect(on).toBe(CHAIN)
    expect([from_block, to_block]).toContain(block)
    expect([from_block, to_block]).toContain(null)
    return to_block === null ? link : { ...link, ends: true }
  })
}

describe('service registry', () => {
  it('names the holder of a new service', async () => {
    expect(await links(registry, 'create', [owner, 7n])).toEqual([{ subject: service, object: owner, kind: 'owner' }])
  })

  it('names operator and signers of its agents', async () => {
    expect(await links(registry, 'register', [operator, 7n, agents])).toEqual([
      { subject: service, object: operator, kind: 'operator' },
      { subject: service, object: agents[0], kind: 'signer' },
      { subject: service, object: operator, kind: 'operator' },
      { subject: service, object: agents[1], kind: 'signer' },
    ])
  })

  it('gives a deployed multisig to its service, whatever the multisig logs of itself', async () => {
    const [link, ...rest] = await links(registry, 'deploy', [7n, agents])
    expect(rest).toEqual([])
    expect(link).toMatchObject({ object: service, kind: 'owner' })
    expect(link!.subject).toMatch(/^0x[0-9a-f]{40}$/)
  })

  it('ends what is sold or unbound in a row of its own', async () => {
    expect(await links(registry, 'move', [owner, buyer, 7n])).toEqual([
      { subject: service, object: owner, kind: 'owner', ends: true },
      { subject: service, object: buyer, kind: 'owner' },
    ])
    expect(await links(registry, 'unbond', [operator, 7n])).toEqual([
      { subject: service, object: operator, kind: 'operator', ends: true },
    ])
  })

  it('passes over the same logs from a registry that is not the one', async () => {
    expect(await links(await chain.anvil.deploy('ServiceRegistry'), 'create', [owner, 8n])).toEqual([])
  })
})

describe('staking', () => {
  const staked = [
    { subject: safe, object: service, kind: 'owner' },
    { subject: service, object: owner, kind: 'owner' },
  ]

  it.each(['stake', 'stakeV3'])('takes the staker for the owner, and never the staking contract (%s)', async (name) => {
    expect(await links(staking, name, [registry.address, 7n, owner, safe])).toEqual(staked)
  })

  it.each([
    ['of its own', 'leave', [3n, false]],
    ['by force', 'leave', [3n, true]],
    ['in version 0.3.0', 'leaveV3', [[safe], [3n]]],
  ] as const)('leaves the owner what it was when the service leaves %s', async (_, name, rest) => {
    expect(await links(staking, name, [registry.address, 7n, owner, safe, ...rest])).toEqual([])
  })

  it('knows the staking contracts that no factory announced', async () => {
    for (const id of stakingContracts) {
      if (!id.startsWith(`${CHAIN}:`)) continue
      expect(await links(registry, 'move', [owner, id.slice(CHAIN.length + 1), 7n])).toEqual([])
    }
  })
})

describe('marketplace', () => {
  it('gives a mech to the service that made it', async () => {
    const marketplace = await chain.declare('mech-marketplace', 'MarketplaceV2')
    const { facts, discovered, block } = await chain.perform(marketplace, 'create', [7n])
    const subject = discovered[0]!.address
    expect(facts.links).toEqual([
      { chain: CHAIN, subject, object: service, kind: 'owner', from_block: block, to_block: null },
    ])
  })
})

describe('collected from a node', () => {
  it('holds a link once, however often a transaction says it', async () => {
    const { block: from } = await chain.perform(registry, 'register', [operator, 7n, agents])
    await chain.perform(staking, 'checkpoint', [[7n], [5n], [8n], [9n], 86_400n])
    await chain.perform(staking, 'stake', [registry.address, 7n, owner, safe])
    const to = await finalHead(chain.anvil)
    const ledger = await openLedger(':memory:')
    const endpoints = [{ chain: CHAIN, url: chain.anvil.url }]
    const { chains } = await collect({ ledger, protocols: [chain.protocol()], endpoints, from, to })
    ledger.close()
    expect(chains[0]).toMatchObject({ rejected: 0, rows: { links: 5, windows: 3 } })
  })
})
