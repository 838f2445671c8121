import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serviceActor } from '../../src/protocols/olas-links.ts'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import { programmeId } from '../../src/protocols/olas-programmes.ts'
import type { Contract } from '../support/anvil.ts'
import { type ProtocolChain, pick, startProtocolChain } from '../support/protocol-chain.ts'

const CHAIN = 'eip155:100'
const OLAS = `0x${'01a5'.repeat(10)}`
const multisig = `0x${'b1'.repeat(20)}`
const owner = `0x${'d1'.repeat(20)}`
/** Expert 5 of Gnosis: 60 requests a day, 0.000694 of them a second. */
const EXPERT = '0xcdc603e0ee55aae92519f9770f214b2be4967f7d'
const RATE = 439180618975140n
/** Programmes that count deliveries, and activity other than usage. */
const DELIVERIES = '0xcabd0c941e54147d40644cf7da7e36d70df46f44'
const DAY = 86_400n

let chain: ProtocolChain
let staking: Contract
let registry: Contract

beforeAll(async () => {
  chain = await startProtocolChain(olasMech, { chainId: 100 })
  const factory = await chain.declare('staking-factory', 'StakingFactory', { asset: OLAS })
  registry = await chain.declare('service-registry', 'ServiceRegistry')
  const { discovered } = await chain.perform(factory, 'create')
  staking = { ...factory, name: 'Staking', address: discovered[0]!.address as `0x${string}` }
})
afterAll(() => chain.stop())

describe('rewards', () => {
  const reward = () => ({
    chain: CHAIN,
    protocol: 'olas-mech',
    programme: programmeId(CHAIN, staking.address),
    subject: multisig,
    asset: OLAS,
    epoch: '4',
    basis: null,
  })

  it('go to the multisig, or as version 0.3.0 splits them', async () => {
    const claimed = await chain.perform(staking, 'claim', [4n, 1n, owner, multisig, 9n])
    expect(claimed.facts.rewards).toMatchObject([{ ...reward(), recipient: multisig, amount: 9n, sub_index: 0 }])
    const split = await chain.perform(staking, 'claimSplit', [4n, 1n, owner, multisig, [multisig, owner], [7n, 2n]])
    expect(split.facts.rewards).toMatchObject([
      { ...reward(), recipient: multisig, amount: 7n, sub_index: 0 },
      { ...reward(), recipient: owner, amount: 2n, sub_index: 1 },
    ])
  })

  it('are paid when a service leaves, once', async () => {
    const left = await chain.perform(staking, 'leave', [registry.address, 1n, owner, multisig, 3n, false])
    expect(left.facts.rewards).toMatchObject([{ ...reward(), recipient: multisig, amount: 3n }])
    const args = [registry.address, 1n, owner, multisig, [owner], [3n]]
    const leftV3 = await chain.perform(staking, 'leaveV3', args)
    expect(leftV3.facts.rewards).toMatchObject([{ ...reward(), recipient: owner, amount: 3n }])
  })

  it('are none where there is nothing, or the service was forced out', async () => {
    const empty = await chain.perform(staking, 'leave', [registry.address, 1n, owner, multisig, 0n, false])
    expect(empty.facts.rewards).toEqual([])
    const forced = await chain.perform(staking, 'leave', [registry.address, 1n, owner, multisig, 3n, true])
    expect(forced.facts.rewards).toEqual([])
    const stranger = await chain.anvil.deploy('Staking')
    expect((await chain.perform(stranger, 'claim', [4n, 1n, owner, multisig, 9n])).facts.rewards).toEqual([])
  })
})

describe('windows', () => {
  const windows = async (contract: Contract, args: readonly unknown[]) => {
    const { facts, time } = await chain.perform(contract, 'checkpoint', args)
    for (const window of facts.windows ?? []) {
      expect(window).toMatchObject({ protocol: 'olas-mech', programme: programmeId(CHAIN, contract.address) })
      expect(window).toMatchObject({ to_time: time, counted: null })
    }
    return (facts.windows ?? []).map(({ subject, from_time, to_time, target, reward }) => ({
      subject,
      seconds: (to_time - from_time) / 1000,
      target,
      reward,
    }))
  }
  const service = (id: bigint) => serviceActor(CHAIN, id)

  it('end for every staked service: passed, warned or evicted', async () => {
    const expert = await chain.declare('staking', 'Staking', { asset: OLAS, address: EXPERT })
    const full = RATE * DAY
    const rows = await windows(expert, [[1n, 2n], [full, full], [3n], [4n], DAY])
    expect(rows).toEqual([
      { subject: service(1n), seconds: 86_400, target: 60n, reward: full },
      { subject: service(2n), seconds: 86_400, target: 60n, reward: full },
      { subject: service(3n), seconds: 86_400, target: 60n, reward: 0n },
      { subject: service(4n), seconds: 86_400, target: 60n, reward: 0n },
    ])
  })

  it('have a higher target where the checkpoint came late', async () => {
    const expert = { ...staking, address: EXPERT as `0x${string}` }
    const rows = await windows(expert, [[1n], [RATE * (DAY + 3600n)], [2n], [], DAY + 3600n])
    expect(rows).toMatchObject([
      { seconds: 90_000, target: 63n },
      { seconds: 90_000, target: 63n },
    ])
  })

  it('are shorter for a service that was staked within them, as its reward says', async () => {
    const expert = { ...staking, address: EXPERT as `0x${string}` }
    const rows = await windows(expert, [[1n, 2n], [RATE * DAY, RATE * 43_200n], [], [], DAY])
    expect(rows).toEqual([
      { subject: service(1n), seconds: 86_400, target: 60n, reward: RATE * DAY },
      { subject: service(2n), seconds: 43_200, target: 30n, reward: RATE * 43_200n },
    ])
    // The pot did not suffice, so that all get less.
    const [scaled] = await windows(expert, [[1n], [RATE * 43_200n + 1n], [], [], DAY])
    expect(scaled).toMatchObject({ seconds: 86_400, target: 60n })
  })

  it('have no target where the terms are not known, and one where deliveries are counted', async () => {
    expect(await windows(staking, [[1n], [5n], [], [], DAY])).toEqual([
      { subject: service(1n), seconds: 86_400, target: null, reward: 5n },
    ])
    const mechs = await chain.declare('staking', 'Staking', { asset: OLAS, address: DELIVERIES })
    expect(await windows(mechs, [[], [], [1n], [], DAY])).toMatchObject([{ target: 20n, reward: 0n }])
  })

  it('begin no earlier than time itself', async () => {
    const { facts } = await chain.perform(staking, 'checkpoint', [[1n], [5n], [], [], 2n ** 200n])
    expect(pick(facts.windows, ['from_time'])).toEqual([{ from_time: 0 }])
  })

  it('are read beside the stake that caused them, and apart by contract', async () => {
    const { facts } = await chain.perform(staking, 'stake', [registry.address, 9n, owner, multisig])
    expect(facts.windows).toEqual([])
    expect(facts.links).toHaveLength(2)
  })
})
