import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CollectOptions, collect } from '../src/collect.ts'
import { openLedger } from '../src/ledger/duckdb.ts'
import type { Ledger } from '../src/ledger/ledger.ts'
import { withDeployments } from '../src/protocols/protocol.ts'
import {
  createMech,
  deliver,
  finalHead,
  mine,
  multisig,
  type OlasChain,
  RATE,
  request,
  requestId,
  startOlasChain,
  wallet,
} from './support/olas-chain.ts'
import { startProxy } from './support/rpc-proxy.ts'

let chain: OlasChain
beforeAll(async () => {
  chain = await startOlasChain()
})
afterAll(() => chain.anvil.stop())

function optionsFor(ledger: Ledger, options: Partial<CollectOptions> = {}): CollectOptions {
  const endpoints = [{ chain: chain.anvil.chain, url: chain.anvil.url }]
  return { ledger, protocols: [chain.protocol], endpoints, to: chain.head, chunkBlocks: 20, ...options }
}

async function collected<value>(options: Partial<CollectOptions>, read: (ledger: Ledger) => Promise<value>) {
  const ledger = await openLedger(':memory:')
  const summary = await collect(optionsFor(ledger, options))
  const value = await read(ledger)
  ledger.close()
  return { summary, value }
}

describe('collect', () => {
  it('folds a request and its delivery many chunks later into one usage, with the price and its asset', async () => {
    const { summary, value } = await collected({}, (ledger) => ledger.rows('usage'))
    const usages = value.sort((a, b) => String(a.usage_id).localeCompare(String(b.usage_id)))
    expect(
      usages.map(({ usage_id, status, consumer, provider, payee, gross, asset }) => [
        usage_id,
        status,
        consumer,
        provider,
        payee,
        gross,
        asset,
      ]),
    ).toEqual(
      [1, 2, 3, 4].map((n) => [
        requestId(n),
        'delivered',
        wallet(n),
        n < 4 ? chain.first.address : chain.last.address,
        multisig,
        RATE,
        chain.token.address,
      ]),
    )
    expect(Number(usages[0]!.settled_at) - Number(usages[0]!.requested_at)).toBeGreaterThan(200 * 12_000 - 60_000)
    expect(summary).toMatchObject({ interrupted: false, unread: [] })
    expect(summary.chains).toHaveLength(1)
    expect(summary.chains[0]).toMatchObject({
      chain: chain.anvil.chain,
      protocol: 'olas-mech',
      from: Number(chain.marketplace.receipt.blockNumber),
      to: chain.head,
      rows: { usage_events: 8, payments: 4, transfers: 3, labels: 2, assets: 2, protocols: 1 },
      rejected: 0,
    })
  })

  it('covers every block wanted, once a question', async () => {
    const { value } = await collected({}, (ledger) => ledger.rows('all-coverage'))
    const { from } = { from: Number(chain.marketplace.receipt.blockNumber) }
    for (const table of ['labels', 'usage_events', 'transfers']) {
      const rows = value.filter(({ table_name }) => table_name === table)
      expect(new Set(rows.map(({ spec }) => spec)).size).toBe(1)
      expect(rows[0]!.from_block).toBe(from)
      expect(rows.at(-1)!.to_block).toBe(chain.head)
      for (let i = 1; i < rows.length; i += 1) expect(rows[i]!.from_block).toBe(Number(rows[i - 1]!.to_block) + 1)
      expect(rows.every(({ from_hash, to_hash }) => /^0x[0-9a-f]{64}$/.test(`${from_hash}`) && to_hash !== null)).toBe(
        true,
      )
    }
    expect(JSON.stringify(value)).not.toContain('127.0.0.1')
  })

  it('gives the same ledger when interrupted after each batch and run again', async () => {
    const whole = await collected({}, (ledger) => ledger.hash())
    const ledger = await openLedger(':memory:')
    let runs = 0
    for (let interrupted = true; interrupted; runs += 1) {
      const controller = new AbortController()
      let batches = 0
      const append = async (...given: Parameters<Ledger['append']>) => {
        const summary = await ledger.append(...given)
        batches += 1
        // The first two batches of a resumed run are often old news: protocol rows and what was covered.
        if (batches === 3) controller.abort()
        return summary
      }
      ;({ interrupted } = await collect(optionsFor({ ...ledger, append }, { signal: controller.signal })))
      expect(runs).toBeLessThan(60)
    }
    expect(runs).toBeGreaterThan(10)
    expect(await ledger.hash()).toBe(whole.value)
    const again = await collect(optionsFor(ledger))
    expect(again.chains[0]).toMatchObject({ batches: 1, rows: {}, rejected: 0 })
    expect(await ledger.hash()).toBe(whole.value)
    ledger.close()
  })

  it('gives the same ledger whatever the cut, the limits of the node and the lack of times in its logs', async () => {
    const whole = await collected({}, (ledger) => ledger.hash())
    expect((await collected({ chunkBlocks: 7, concurrency: 1 }, (ledger) => ledger.hash())).value).toBe(whole.value)
    for (const limits of [{ maxBlocks: 33 }, { maxLogs: 6 }, { refuseEvery: 4 }, { withoutTimes: true }]) {
      const proxy = await startProxy(chain.anvil.url, limits)
      const endpoints = [{ chain: chain.anvil.chain, url: proxy.url }]
      const limited = await collected({ endpoints, chunkBlocks: 100 }, (ledger) => ledger.hash())
      await proxy.stop()
      expect(limited.value).toBe(whole.value)
    }
  })

  it('learns the range limit of a node instead of running into it again', async () => {
    const proxy = await startProxy(chain.anvil.url, { maxBlocks: 33 })
    const endpoints = [{ chain: chain.anvil.chain, url: proxy.url }]
    const { summary } = await collected({ endpoints, chunkBlocks: 100, concurrency: 1 }, async () => null)
    await proxy.stop()
    const { from, to } = summary.chains[0]!
    // Contracts, events, and transfers from either side: four questions in pieces of at most 25 blocks.
    expect(proxy.calls.eth_getLogs).toBeLessThan(4 * (Math.ceil((to - from) / 25) + 6))
  })

  it('refuses a node of another chain and names both', async () => {
    const protocol = withDeployments(
      chain.protocol,
      chain.protocol.deployments.map((deployment) => ({ ...deployment, chain: 'eip155:100' })),
    )
    const endpoints = [{ chain: 'eip155:100', url: `${chain.anvil.url}?key=hunter22` }]
    const failing = collected({ protocols: [protocol], endpoints }, async () => null)
    await expect(failing).rejects.toThrow(/asked for eip155:100\nthe node says eip155:31337/)
    await expect(failing).rejects.not.toThrow(/hunter22/)
  })

  it('reads days and times as half-open windows, and refuses what is neither', async () => {
    const { anvil } = chain
    const middle = Math.floor(chain.head / 2)
    const { timestamp } = await anvil.client.getBlock({ blockNumber: BigInt(middle) })
    const at = new Date(Number(timestamp) * 1000).toISOString()
    const before = await collected({ to: chain.head, from: at }, async () => null)
    expect(before.summary.chains[0]).toMatchObject({ from: middle, to: chain.head })
    await expect(collected({ to: 'yesterday' }, async () => null)).rejects.toThrow(/neither a block nor a time/)
    await expect(collected({ to: '2025-01-01T12:00' }, async () => null)).rejects.toThrow(/with its zone/)
    await expect(collected({ to: chain.head + 1_000_000 }, async () => null)).rejects.toThrow(/is not final yet/)
    await expect(collected({ from: 9, to: 4 }, async () => null)).rejects.toThrow(/ends before it begins/)
  })

  it('asks for a start where a contract has none, and for endpoints that fit', async () => {
    const unknown = withDeployments(
      chain.protocol,
      chain.protocol.deployments.map((deployment) => ({ ...deployment, fromBlock: null })),
    )
    await expect(collected({ protocols: [unknown] }, async () => null)).rejects.toThrow(/Pass --from/)
    expect((await collected({ protocols: [unknown], from: 1 }, async () => null)).summary.chains[0]).toMatchObject({
      rows: { usage_events: 8 },
    })
    await expect(collected({ endpoints: [] }, async () => null)).rejects.toThrow(/No endpoint was given for olas-mech/)
    const elsewhere = { chain: 'eip155:5', url: chain.anvil.url }
    await expect(collected({ endpoints: [elsewhere] }, async () => null)).rejects.toThrow(/stands on eip155:5/)
  })

  it('keeps an amount of 2^256 − 1 in rejects and changes nothing else', async () => {
    const before = await collected({}, (ledger) => ledger.rows('all-payments'))
    await deliver(chain, await createMech(chain, 3), [5], 2n ** 256n - 1n)
    await chain.anvil.send(chain.token, 'mint', [wallet(5), 2n ** 256n - 1n - 25n])
    await mine(chain.anvil, 3)
    const to = await finalHead(chain.anvil)
    const { summary, value } = await collected({ to }, async (ledger) => ({
      payments: await ledger.rows('all-payments'),
      rejects: await ledger.rows('all-rejects'),
      usage: await ledger.rows('usage'),
    }))
    expect(value.payments).toEqual(before.value)
    expect(value.usage.find(({ usage_id }) => usage_id === requestId(5))).toMatchObject({
      status: 'delivered',
      gross: null,
    })
    expect(summary.chains[0]!.rejected).toBe(2)
    expect(value.rejects.map(({ table_name, reason }) => [table_name, reason])).toEqual([
      ['payments', 'amount above 10^38 - 1'],
      ['transfers', 'amount above 10^38 - 1'],
    ])
    expect(
      value.rejects.every(
        ({ position, raw }) => /^0x[0-9a-f]{64}:\d+$/.test(`${position}`) && JSON.parse(`${raw}`).topics.length > 0,
      ),
    ).toBe(true)
  })

  it('goes on from an earlier end and finds what a new contract logged', async () => {
    const ledger = await openLedger(':memory:')
    await collect(optionsFor(ledger))
    await request(chain, await createMech(chain, 4), [6])
    const to = await finalHead(chain.anvil)
    await collect(optionsFor(ledger, { to }))
    const usage = await ledger.rows('usage')
    const fresh = await collected({ to }, (other) => other.rows('usage'))
    const byId = (rows: typeof usage) =>
      rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).sort()
    expect(byId(usage)).toEqual(byId(fresh.value))
    ledger.close()
  })
})
