import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../../src/records/index.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { collectTransfers, type TransferQuestion } from '../../../src/sources/rpc/collect-transfers.ts'
import type { Reading } from '../../../src/sources/rpc/reading.ts'
import { type Anvil, type Contract, startAnvil } from '../../support/anvil.ts'
import { finalHead, mine, wallet } from '../../support/olas-chain.ts'
import { readingOf } from '../../support/reading.ts'
import { startProxy } from '../../support/rpc-proxy.ts'

const HUGE = 2n ** 256n - 1n
const ours = [wallet(1), wallet(2)]

let anvil: Anvil
let token: Contract
let other: Contract
let collectible: Contract
let to: number

beforeAll(async () => {
  anvil = await startAnvil()
  token = await anvil.deploy('Erc20')
  other = await anvil.deploy('Erc20')
  collectible = await anvil.deploy('Erc721')
  await anvil.send(token, 'mint', [wallet(1), 100n])
  await anvil.send(token, 'mint', [wallet(9), 100n])
  await mine(anvil, 60)
  // From one of ours to the other, from ours to a stranger, from a stranger to ours, and among strangers.
  const from = [wallet(1), wallet(1), wallet(9), wallet(9)]
  const receivers = [wallet(2), wallet(8), wallet(2), wallet(8)]
  await anvil.send(token, 'moveMany', [from, receivers, [1n, 2n, 3n, 4n]])
  await anvil.send(other, 'mint', [wallet(1), HUGE])
  await anvil.send(collectible, 'mint', [wallet(2), HUGE])
  to = await finalHead(anvil)
})
afterAll(() => anvil.stop())

async function collected(options: Partial<TransferQuestion & Reading> = {}) {
  const client = options.client ?? rpcClient({ chain: anvil.chain, url: anvil.url })
  const { wallets = ours, assets = [token.address, 'native'] } = options
  const reading = readingOf(client, { range: { from: 0, to }, mostBlocks: 20, ...options })
  const batches: Batch[] = []
  for await (const batch of collectTransfers(reading, { protocol: 'p', wallets, assets })) batches.push(batch)
  return {
    transfers: batches.flatMap(({ facts }) => facts.transfers ?? []),
    rejects: batches.flatMap(({ facts }) => facts.rejects ?? []),
    coverage: batches.flatMap(({ facts }) => facts.coverage ?? []),
  }
}

describe('collectTransfers', () => {
  it('reads what the wallets sent and received, each transfer once', async () => {
    const { transfers, coverage } = await collected()
    const zero = `0x${'0'.repeat(40)}`
    expect(transfers.map(({ from, to: receiver, amount }) => [from, receiver, amount])).toEqual([
      [zero, wallet(1), 100n],
      [wallet(1), wallet(2), 1n],
      [wallet(1), wallet(8), 2n],
      [wallet(9), wallet(2), 3n],
    ])
    expect(transfers[1]).toMatchObject({ asset: token.address, kind: 'erc20', source: `rpc:${anvil.chain}`, n: 1 })
    expect(coverage.reduce((sum, { rows }) => sum + rows, 0)).toBe(4)
    expect(coverage[0]).toMatchObject({ table_name: 'transfers', protocol: 'p', method: 'eth_getLogs', from_block: 0 })
  })

  it('finds the same for many wallets, in groups and by reading all', async () => {
    const plain = (await collected()).transfers
    const extra = (n: number) => [...ours, ...Array.from({ length: n }, (_, i) => wallet(0x1000 + i))]
    expect((await collected({ wallets: extra(450) })).transfers).toEqual(plain)
    const proxy = await startProxy(anvil.url, {})
    const client = rpcClient({ chain: anvil.chain, url: proxy.url })
    const all = await collected({ client, wallets: extra(1200), mostBlocks: 1_000 })
    await proxy.stop()
    expect(all.transfers).toEqual(plain)
    // One look at how busy the token is, then one question for all of its transfers.
    expect(proxy.calls.eth_getLogs).toBe(2)
  })

  it('asks another question for other wallets or assets, and none without either', async () => {
    const spec = async (options: Partial<TransferQuestion>) => (await collected(options)).coverage[0]?.spec
    const plain = await spec({})
    expect(await spec({ wallets: [...ours].reverse() })).toBe(plain)
    expect(await spec({ wallets: ours.slice(1) })).not.toBe(plain)
    expect(await spec({ assets: [token.address, other.address] })).not.toBe(plain)
    expect(await spec({ assets: ['native'] })).toBeUndefined()
    expect(await spec({ wallets: ['an employee'] })).toBeUndefined()
  })

  it('keeps an amount that does not fit in rejects, and the id of an ERC-721 token as it is', async () => {
    const { transfers, rejects } = await collected({ assets: [other.address, collectible.address] })
    expect(transfers).toMatchObject([{ kind: 'erc721', token_id: HUGE.toString(), amount: null, to: wallet(2) }])
    expect(rejects).toMatchObject([{ table_name: 'transfers', reason: 'amount above 10^38 - 1' }])
    expect(JSON.parse(rejects[0]!.raw)).toMatchObject({ address: other.address, data: `0x${'f'.repeat(64)}` })
  })

  it('reads only what is not covered', async () => {
    const { coverage } = await collected({ covered: async () => [{ from: 10, to: to - 5 }] })
    expect(coverage.map(({ from_block, to_block }) => [from_block, to_block])).toEqual([
      [0, 9],
      [to - 4, to],
    ])
  })
})
