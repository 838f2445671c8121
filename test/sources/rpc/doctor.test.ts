import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diagnose } from '../../../src/sources/rpc/doctor.ts'
import { rememberedChain, startChaosNode } from '../../support/chaos-node.ts'
import { type OlasChain, startOlasChain } from '../../support/olas-chain.ts'

let chain: OlasChain
beforeAll(async () => {
  chain = await startOlasChain()
})
afterAll(() => chain.anvil.stop())

describe('diagnose', () => {
  it('finds what a node gives', async () => {
    const { anvil } = chain
    const latest = await anvil.client.getBlock()
    const now = Number(latest.timestamp) * 1000 + 42_000
    expect(await diagnose({ chain: anvil.chain, url: anvil.url }, now)).toMatchObject({
      chain: anvil.chain,
      latest: Number(latest.number),
      finalized: Number(latest.number) - 2,
      behindSeconds: 42,
      logRange: { blocks: 100, refusal: null },
      archive: { logs: true },
      blockTimestamp: true,
      batches: true,
      receipts: true,
      traces: ['trace_filter', 'debug_traceBlockByNumber'],
    })
  })

  it('finds the limits of one that has them, in its own words', async () => {
    const limits = {
      blocks: 30,
      inclusive: true,
      words: 'named',
      results: 4,
      suggests: false,
      times: false,
      batches: false,
    } as const
    const ask = rememberedChain(chain.anvil.url)
    const node = await startChaosNode(ask, ask, { limits, rate: 0, faults: [], permanent: null }, 'doctor')
    const found = await diagnose({ chain: chain.anvil.chain, url: node.url }, 0)
    expect(found.logRange).toEqual({ blocks: 30, refusal: 'eth_getLogs block range is limited to 30 blocks' })
    expect(found.batches).toBe(false)
    expect(found.blockTimestamp).not.toBe(true)
    expect(found.calls).toBeLessThan(40)
    await node.stop()
  })
})
