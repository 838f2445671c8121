import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectSubgraph } from '../../src/collect/subgraph.ts'
import { collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { InconsistentSourceError, SourceError } from '../../src/sources/source.ts'
import { reconcile } from '../../src/workflows/reconcile.ts'
import { renderReconciliation } from '../../src/workflows/render-reconciliation.ts'
import { type GraphNode, hasGraphNode, startGraphNode } from '../support/graph-node.ts'
import {
  deliver,
  finalHead,
  headOf,
  multisig,
  type OlasChain,
  request,
  requestId,
  startOlasChain,
  wallet,
} from '../support/olas-chain.ts'
import { startProxy } from '../support/rpc-proxy.ts'

let chain: OlasChain
let node: GraphNode
let proxy: Awaited<ReturnType<typeof startProxy>>
/** What stands between graph-node and the chain. */
const limits: { refuseEvery?: number } = {}
let chainLedger: Ledger
let from: number

async function pinOf(block?: number) {
  const number = block ?? (await headOf(chain.anvil))
  const { hash } = await chain.anvil.client.getBlock({ blockNumber: BigInt(number) })
  return { number, hash: hash as string }
}

/** Everything the subgraph holds up to the head of the chain, in a ledger of its own. */
async function fromSubgraph(options: Partial<Parameters<typeof collectSubgraph>[0]> = {}) {
  const pin = await pinOf()
  const ledger = await openLedger(':memory:')
  const summary = await collectSubgraph({
    ...{ ledger, protocol: chain.protocol, chain: chain.anvil.chain, url: node.url, waitMs: 200 },
    ...{ range: { from, to: pin.number }, pin, windowBlocks: 50, ...options },
  })
  return { ledger: options.ledger ?? ledger, summary, pin }
}

const compareWith = (against: Ledger) =>
  reconcile({ used: chainLedger, against, protocol: 'olas-mech', chain: chain.anvil.chain })

/** Rows without what names their source, amounts as text. */
async function rowsOf(ledger: Ledger, query: string) {
  await ledger.materialize('usage')
  const rows = await ledger.rows(query)
  return rows.map(({ source, ...row }) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
  )
}

describe.skipIf(!hasGraphNode)('a subgraph of a real graph-node', () => {
  beforeAll(async () => {
    chain = await startOlasChain()
    const { anvil, marketplace, tracker, first, last } = chain
    // Beside the plain life of a request: two in one log, one delivered by another mech, one of two refused, two signed
    // off chain, two transactions in one block, one that is never delivered and one paid more than the ledger holds.
    const both = [requestId(11), requestId(12)]
    await anvil.send(marketplace, 'request', [
      first.address,
      tracker.address,
      wallet(11),
      both,
      [requestId(1), '0xabcdef'],
    ])
    const common = [tracker.address, multisig, [wallet(11), wallet(11)], both]
    await anvil.send(marketplace, 'deliver', [last.address, ...common, [true, false], 7n])
    const signed = [requestId(21), requestId(22)]
    const datas = [requestId(2100), requestId(2200)]
    await anvil.send(marketplace, 'deliverSigned', [
      first.address,
      tracker.address,
      multisig,
      wallet(21),
      signed,
      datas,
      3n,
    ])
    await anvil.client.setAutomine(false)
    const sent: Promise<void>[] = []
    for (const id of [31, 32]) {
      sent.push(request(chain, first, [id]))
      await sleep(150)
    }
    await anvil.client.setAutomine(true)
    await anvil.client.mine({ blocks: 1 })
    await Promise.all(sent)
    await deliver(chain, first, [31], 2n ** 127n)
    from = Number(marketplace.receipt.blockNumber)
    proxy = await startProxy(anvil.url, limits)
    node = await startGraphNode({ rpc: proxy.url, marketplace: marketplace.address, startBlock: from })
    chainLedger = await openLedger(':memory:')
    await collect({
      ledger: chainLedger,
      protocols: [chain.protocol],
      endpoints: [{ chain: anvil.chain, url: anvil.url }],
      to: await finalHead(anvil),
    })
  })
  afterAll(async () => {
    chainLedger?.close()
    await node?.stop()
    await proxy?.stop()
    await chain?.anvil.stop()
  })

  it('gives the rows that the chain gives, each under the key of its log', async () => {
    const { ledger, summary } = await fromSubgraph()
    expect(summary.rows).toMatchObject({ usage_events: 18, payments: 7 })
    expect(summary.rejected).toBe(1)
    const reasons = async (of: Ledger) =>
      (await of.rows('all-rejects')).map(({ position, reason }) => [position, reason])
    expect(await reasons(ledger)).toEqual(await reasons(chainLedger))
    for (const query of ['all-payments', 'usage-rows']) {
      const [read, wanted] = [await rowsOf(ledger, query), await rowsOf(chainLedger, query)]
      expect(read).toHaveLength(wanted.length)
      // Signed off chain: no request entity tells what it is priced in.
      const signed = [requestId(21), requestId(22)]
      expect(read).toEqual(wanted.map((row) => (signed.includes(`${row.usage_id}`) ? { ...row, asset: null } : row)))
    }
    expect(await compareWith(ledger)).toMatchObject({
      used: 'rpc:eip155:31337',
      against: 'subgraph:eip155:31337',
      compared: { usage_events: 18, payments: 7, usage: 10 },
      missing: { total: 0 },
      extra: { total: 0 },
      different: { total: 0 },
      unknown: [
        { table: 'usage_events', column: 'payload_hash', rows: 3 },
        { table: 'payments', column: 'asset', rows: 2 },
        { table: 'usage', column: 'asset', rows: 2 },
      ],
    })
    ledger.close()
  })

  it('covers every block once, up to the hash of the pinned one, and keeps its address to itself', async () => {
    const { ledger, pin } = await fromSubgraph()
    const rows = await ledger.rows('all-coverage')
    expect(rows.map(({ from_block, to_block }) => [from_block, to_block])).toEqual(
      Array.from({ length: Math.ceil((pin.number - from + 1) / 50) }, (_, i) => [
        from + i * 50,
        Math.min(from + i * 50 + 49, pin.number),
      ]),
    )
    expect(new Set(rows.map(({ source, method }) => `${source} ${method}`))).toEqual(
      new Set(['subgraph:eip155:31337 subgraph']),
    )
    expect(rows.at(-1)?.to_hash).toBe(pin.hash)
    expect(rows.reduce((sum, row) => sum + Number(row.rows), 0)).toBe(18)
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|http|tmp/)
    ledger.close()
  })

  it('reads at an earlier block than its newest', async () => {
    await chain.anvil.client.mine({ blocks: 3, interval: 12 })
    const head = await headOf(chain.anvil)
    await node.indexed(head)
    const pin = await pinOf(head - 2)
    const { ledger } = await fromSubgraph({ pin, range: { from, to: pin.number } })
    expect((await ledger.rows('all-coverage')).at(-1)).toMatchObject({ to_block: pin.number, to_hash: pin.hash })
    expect(await compareWith(ledger)).toMatchObject({
      missing: { total: 0 },
      extra: { total: 0 },
      different: { total: 0 },
    })
    ledger.close()
  })

  it('gives the same ledger when interrupted after each batch and run again', async () => {
    const whole = await fromSubgraph()
    const ledger = await openLedger(':memory:')
    let batches = 0
    for (let runs = 0; runs < 8; runs += 1) {
      const controller = new AbortController()
      let appended = 0
      const append = async (...given: Parameters<Ledger['append']>) => {
        appended += 1
        if (appended === 2) controller.abort()
        return ledger.append(...given)
      }
      const { summary } = await fromSubgraph({ ledger: { ...ledger, append }, signal: controller.signal })
      batches += summary.batches - 1
    }
    // One window a run; after that nothing is read again.
    expect(batches).toBe(Math.ceil((whole.pin.number - from + 1) / 50))
    expect(await ledger.hash()).toBe(await whole.ledger.hash())
    whole.ledger.close()
    ledger.close()
  })

  it('names the one row that its database has lost', async () => {
    const word = (id: number) => `\\x${requestId(id).slice(2)}`
    const lost = await node.query(
      'delete from sgd1.marketplace_request where request_ids = array[$1::bytea] returning id',
      [word(4)],
    )
    expect(lost).toHaveLength(1)
    const request = await fromSubgraph()
    const one = await compareWith(request.ledger)
    expect(one.missing).toMatchObject({
      total: 1,
      rows: [{ table: 'usage_events', usageId: requestId(4), kind: 'requested' }],
    })
    expect([one.extra.total, one.different.total]).toEqual([0, 0])
    expect(renderReconciliation(one)).toContain(
      `usage_events ${requestId(4)} requested (block ${one.missing.rows[0]?.block}, 0x`,
    )

    await node.query('delete from sgd1.marketplace_delivery where request_ids @> array[$1::bytea]', [word(11)])
    const delivery = await fromSubgraph()
    const two = await compareWith(delivery.ledger)
    expect(two.missing.rows.map(({ table, usageId, kind }) => [table, usageId, kind])).toEqual([
      ['usage_events', requestId(4), 'requested'],
      ['usage_events', requestId(11), 'delivered'],
      ['payments', requestId(11), 'delivered leg 0'],
    ])
    expect(two.different.rows).toContainEqual(
      expect.objectContaining({ usageId: requestId(11), column: 'status', used: 'delivered', against: 'requested' }),
    )
    expect(new Set(two.different.rows.map(({ usageId }) => usageId))).toEqual(new Set([requestId(11)]))
    request.ledger.close()
    delivery.ledger.close()
  })

  it('refuses a pin of a reorganisation that it has not seen, and reads on when it has', async () => {
    const { anvil } = chain
    const snapshot = await anvil.client.snapshot()
    await anvil.client.mine({ blocks: 2, interval: 12 })
    const head = await headOf(anvil)
    await node.indexed(head)
    const orphaned = await pinOf(head)
    limits.refuseEvery = 1
    await anvil.client.revert({ id: snapshot })
    await anvil.client.mine({ blocks: 2, interval: 24 })
    const pin = await pinOf(head)
    expect(pin.hash).not.toBe(orphaned.hash)
    const refused = await fromSubgraph().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InconsistentSourceError)
    expect((refused as Error).message).toContain(`asked for ${pin.hash}`)
    expect((refused as Error).message).toContain(`it stands at block ${head}, ${orphaned.hash}`)
    delete limits.refuseEvery
    await anvil.client.mine({ blocks: 1, interval: 12 })
    const { ledger } = await fromSubgraph()
    expect((await rowsOf(ledger, 'usage-rows')).length).toBe(10)
    ledger.close()
  })

  it('is refused when it has stopped at a mistake, at whatever block it is asked', async () => {
    const sound = await pinOf()
    await request(chain, chain.first, [0xdead])
    const stopped = await pinOf()
    await node.indexed(stopped.number)
    for (const pin of [stopped, sound]) {
      const refused = await fromSubgraph({ pin, range: { from, to: pin.number } }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(SourceError)
      expect((refused as Error).message).toMatch(/has indexing errors/)
    }
  })
})
