import { describe, expect, it } from 'vitest'
import { type CollectOptions, collect, planCollection } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { AnyProtocol } from '../../src/protocols/protocol.ts'
import { x402 } from '../../src/protocols/x402.ts'
import type { Anvil } from '../support/anvil.ts'
import { rememberedChain, startChaosNode } from '../support/chaos-node.ts'
import { createMech, finalHead, mine, requestId, startMarket, wallet } from '../support/olas-chain.ts'
import { startX402Chain } from '../support/x402-chain.ts'

/** A request and a transfer every so many blocks, several requests in one transaction where blocks are dense. */
const chains = [
  { name: 'a quiet chain', requests: 6, gap: 300, each: 1 },
  { name: 'a calm chain', requests: 30, gap: 60, each: 1 },
  { name: 'a lively chain', requests: 150, gap: 9, each: 1 },
  { name: 'a busy chain', requests: 250, gap: 1, each: 4 },
  { name: 'a crowded chain', requests: 250, gap: 0, each: 20 },
] as const

const LIMITS = { inclusive: true, words: 'named', results: null, suggests: false, times: true, batches: true } as const

async function emitted({ requests, gap, each }: (typeof chains)[number]) {
  const market = await startMarket()
  const { anvil, marketplace, tracker, token, protocol } = market
  const mech = await createMech(market, 1)
  await anvil.send(token, 'mint', [wallet(1), 10n ** 6n])
  for (let i = 0; i < requests; i += 1) {
    const ids = Array.from({ length: each }, (_, n) => requestId(1 + i * each + n))
    const common = [mech.address, tracker.address, wallet(1 + (i % 25)), ids, ids]
    await anvil.send(marketplace, 'request', common)
    await anvil.send(token, 'moveMany', [[wallet(1)], [wallet(1 + (i % 25))], [1n]])
    if (gap > 0) await mine(anvil, gap)
  }
  return { anvil, protocol, head: await finalHead(anvil) }
}

/** Settlements of x402, each in a transaction that is read whole. */
async function settled() {
  const { anvil, on, settle } = await startX402Chain()
  for (let i = 0; i < 60; i += 1) {
    await settle(i, 100n)
    await mine(anvil, 20)
  }
  return { anvil, protocol: on(x402), head: await finalHead(anvil) }
}

type Emitted = { readonly anvil: Anvil; readonly protocol: AnyProtocol; readonly head: number }

describe('a dry run', () => {
  const all = [
    ...chains.map((chain) => ({ name: chain.name, start: (): Promise<Emitted> => emitted(chain) })),
    { name: 'a chain whose transactions are read whole', start: settled },
  ]
  it.each(all)('tells what $name will take, in at most 20 calls', async (chain) => {
    const { anvil, protocol, head } = await chain.start()
    const plan = { limits: { ...LIMITS, blocks: 100 }, rate: 0, faults: [], permanent: null }
    const ask = rememberedChain(anvil.url)
    const open = () => startChaosNode(ask, ask, plan, chain.name)
    const [looking, reading] = [await open(), await open()]
    const ledger = await openLedger(':memory:')
    const shared = (url: string): CollectOptions => ({
      ledger,
      protocols: [protocol],
      endpoints: [{ chain: anvil.chain, url }],
      to: head,
    })
    const [planned] = await planCollection(shared(looking.url))
    expect(looking.calls()).toBeLessThanOrEqual(20)
    expect(planned!.probes).toBe(looking.calls())
    expect(await ledger.rows('all-coverage')).toEqual([])
    const { calls } = await collect(shared(reading.url))
    expect(calls).toBe(reading.calls())
    console.log(
      `${chain.name}: ${planned!.calls} calls planned, ${calls} made; ${planned!.bytes} bytes planned, ${reading.bytes()} read; ${looking.calls()} probes`,
    )
    expect(planned!.calls / calls).toBeGreaterThan(0.8)
    expect(planned!.calls / calls).toBeLessThan(1.2)
    expect(planned!.bytes / reading.bytes()).toBeGreaterThan(0.5)
    expect(planned!.bytes / reading.bytes()).toBeLessThan(1.5)
    // What has been read is not planned again.
    const [again] = await planCollection(shared(looking.url))
    expect(again!.calls).toBeLessThan(planned!.calls)
    ledger.close()
    await Promise.all([looking.stop(), reading.stop(), anvil.stop()])
  })
})
