import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bloomAdmits, bloomHolds, isEmptyBloom } from '../../../src/sources/rpc/bloom.ts'
import { type Anvil, type Contract, startAnvil } from '../../support/anvil.ts'
import { wallet } from '../../support/olas-chain.ts'

let anvil: Anvil
let token: Contract
beforeAll(async () => {
  anvil = await startAnvil()
  token = await anvil.deploy('Erc20')
})
afterAll(() => anvil.stop())

describe('bloomAdmits', () => {
  it('never rules out a log of the block, and rules out almost all others', async () => {
    const receipt = await anvil.send(token, 'mint', [wallet(1), 5n])
    const { logsBloom } = await anvil.client.getBlock({ blockNumber: receipt.blockNumber })
    const [log] = receipt.logs
    for (const value of [log!.address, ...log!.topics]) expect(bloomHolds(logsBloom!, value.toLowerCase())).toBe(true)
    const question = { addresses: [token.address], topics: [[log!.topics[0]!], null, [log!.topics[2]!]] }
    expect(bloomAdmits(logsBloom!, question)).toBe(true)
    const others = Array.from({ length: 1_000 }, (_, i) => wallet(0x5000 + i))
    const admitted = others.filter((address) => bloomAdmits(logsBloom!, { addresses: [address], topics: [] }))
    expect(admitted.length).toBeLessThan(3)
  })

  it('knows an empty block', async () => {
    await anvil.client.mine({ blocks: 1 })
    const { logsBloom } = await anvil.client.getBlock()
    expect(isEmptyBloom(logsBloom!)).toBe(true)
    expect(bloomAdmits(logsBloom!, { addresses: [token.address], topics: [] })).toBe(false)
  })
})
