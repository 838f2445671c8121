import { custom } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterContradiction } from '../../src/collect/finality.ts'
import { type CollectOptions, collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { chunkRange } from '../../src/records/block-range.ts'
import type { Coverage } from '../../src/records/coverage.ts'
import { rpcClient } from '../../src/sources/rpc/client.ts'
import { InconsistentSourceError } from '../../src/sources/source.ts'
import { type OlasChain, request, startOlasChain } from '../support/olas-chain.ts'
import { usageEvent } from '../support/records.ts'

/** Anvil calls all but the last two epochs final: with four slots an epoch, all but eight blocks. */
const FINAL_DEPTH = 8
const DEPTHS = Array.from({ length: 14 }, (_, i) => i + 1)
const NEW_BLOCKS = 16
const BLOCKS_A_CHUNK = 4

let chain: OlasChain
let requested = 100
/** Where the runs of a test begin: early enough for every depth, late enough to be quick. */
let from: number
beforeAll(async () => {
  chain = await startOlasChain({ slotsInAnEpoch: 4 })
})
afterAll(() => chain.anvil.stop())

/** A request a block, so that every block that leaves the chain takes rows with it. Gives the head. */
async function grown(): Promise<number> {
  const ids = Array.from({ length: NEW_BLOCKS }, (_, i) => requested + i)
  requested += NEW_BLOCKS
  await request(chain, chain.last, ids)
  const head = Number(await chain.anvil.client.getBlockNumber({ cacheTime: 0 }))
  from = head - 2 * NEW_BLOCKS
  return head
}

/** The last blocks leave the chain, and as many empty ones take their place. */
async function reorganise(depth: number): Promise<void> {
  await chain.anvil.client.request({ method: 'anvil_reorg', params: [depth, []] } as never)
}

function optionsFor(ledger: Ledger, options: Partial<CollectOptions> = {}): CollectOptions {
  const endpoints = [{ chain: chain.anvil.chain, url: chain.anvil.url }]
  const small = { chunkBlocks: BLOCKS_A_CHUNK, concurrency: 1, backoffMs: 1 }
  // Nothing is announced in these blocks, and looking for it from the start would be most of the time.
  const protocol = { ...chain.protocol, discoveries: [] }
  return { ledger, protocols: [protocol], endpoints, from, ...small, ...options }
}

/** The ledger, which calls `act` once the events up to a block have landed. */
function actingAt(ledger: Ledger, block: number, act: () => Promise<void>): Ledger {
  let done = false
  return {
    ...ledger,
    async append(batch) {
      const summary = await ledger.append(batch)
      const reached = batch.facts.coverage?.some(
        ({ table_name, to_block }) => table_name === 'usage_events' && Number(to_block) >= block,
      )
      if (reached && !done) {
        done = true
        await act()
      }
      return summary
    },
  }
}

/** Rows of tables whose transaction the chain does not know. */
async function orphans(ledger: Ledger): Promise<unknown[]> {
  const rows = [...(await ledger.rows('all-payments')), ...(await ledger.rows('all-usage-events'))]
  const hashes = [...new Set(rows.map(({ tx_hash }) => String(tx_hash)))]
  const known = await Promise.all(
    hashes.map((hash) => chain.anvil.client.request({ method: 'eth_getTransactionReceipt', params: [hash] } as never)),
  )
  return hashes.filter((_, i) => known[i] === null)
}

const facts = async (ledger: Ledger) => ledger.rows('all-usage-events')

async function fresh() {
  const ledger = await openLedger(':memory:')
  await collect(optionsFor(ledger))
  const usage = await facts(ledger)
  ledger.close()
  return usage
}

describe('a reorganisation between two chunks', () => {
  it.each(DEPTHS)('of depth %i leaves no row of an orphaned block', async (depth) => {
    const head = await grown()
    const final = head - FINAL_DEPTH
    const ledger = await openLedger(':memory:')
    const acting = actingAt(ledger, final - 4, () => reorganise(depth))
    const run = collect(optionsFor(acting))
    if (head - depth >= final) {
      const { chains } = await run
      expect(chains[0]!.to).toBe(final)
      expect(await facts(ledger)).toEqual(await fresh())
    } else {
      await expect(run).rejects.toThrow(InconsistentSourceError)
    }
    expect(await orphans(ledger)).toEqual([])
    ledger.close()
  })
})

describe('two questions read before and after a reorganisation', () => {
  const CHAIN = 'eip155:100'
  const BLOCKS = 60
  const before = (block: number) => `0x${block.toString(16).padStart(64, 'a')}`
  const after = (block: number) => `0x${block.toString(16).padStart(64, 'b')}`

  /** The ends of a question in pieces of some blocks. */
  const pieces = (table_name: string, first: number, size: number, hash: (block: number) => string): Coverage[] =>
    [...chunkRange({ from: first, to: BLOCKS }, size)].map(({ from: from_block, to: to_block }) => ({
      ...{ source: `rpc:${CHAIN}`, protocol: 'p', chain: CHAIN, table_name, spec: 's', method: 'eth_getLogs' },
      ...{ from_block, to_block, from_hash: hash(from_block), to_hash: hash(to_block), from_time: 1, to_time: 1 },
      ...{ rows: 1, checked: 0 },
    }))

  it('leave no row of the blocks that are gone, wherever the ends of their pieces lie', async () => {
    for (const fork of [7, 18, 29, 31, 44, 58]) {
      const now = (block: number) => (block <= fork ? before(block) : after(block))
      const request = async ({ method, params }: { readonly method: string; readonly params?: unknown }) => {
        if (method === 'eth_chainId') return '0x64'
        const block = Number((params as [string])[0])
        return { number: `0x${block.toString(16)}`, hash: now(block), timestamp: '0x1' }
      }
      const client = rpcClient({ chain: CHAIN, transport: custom({ request }) })
      const ledger = await openLedger(':memory:')
      const usage_events = Array.from({ length: BLOCKS }, (_, i) =>
        usageEvent({ chain: CHAIN, source: `rpc:${CHAIN}`, tx_hash: before(i + 1), block_number: i + 1 }),
      )
      const coverage = [...pieces('usage_events', 1, 4, before), ...pieces('transfers', 2, 3, now)]
      await ledger.append({ facts: { usage_events, coverage } })
      const contradiction = new InconsistentSourceError('Two hashes.', { fix: 'Look.' })
      const told = await afterContradiction(client, ledger, contradiction)
      const left = (await ledger.rows('all-usage-events')).map(({ block_number }) => Number(block_number))
      expect(Math.max(0, ...left)).toBeLessThanOrEqual(fork)
      expect(Math.max(0, ...left)).toBeGreaterThan(fork - 4)
      expect(String(told)).toContain(`${BLOCKS - left.length} rows from above were moved to rejects`)
      ledger.close()
    }
  })
})

describe('a reorganisation before a run is resumed', () => {
  it.each(DEPTHS)('of depth %i stops it where read blocks have left the chain', async (depth) => {
    const head = await grown()
    const final = head - FINAL_DEPTH
    const ledger = await openLedger(':memory:')
    const controller = new AbortController()
    const stopping = actingAt(ledger, final - 2, async () => controller.abort())
    const { interrupted } = await collect(optionsFor(stopping, { signal: controller.signal }))
    expect(interrupted).toBe(true)
    const read = Math.max(
      ...(await ledger.rows('all-coverage')).flatMap(({ table_name, to_block }) =>
        table_name === 'usage_events' ? [Number(to_block)] : [],
      ),
    )
    await reorganise(depth)
    const resumed = collect(optionsFor(ledger))
    if (head - depth >= read) {
      await resumed
    } else {
      await expect(resumed).rejects.toThrow(/before: 0x[0-9a-f]{64}\nnow: 0x[0-9a-f]{64}/)
      expect(await orphans(ledger)).toEqual([])
      // Nothing was lost, and the same command goes on from what is still true.
      const rejects = await ledger.rows('all-rejects')
      expect(rejects.every(({ reason }) => /no longer part of the chain/.test(String(reason)))).toBe(true)
      await collect(optionsFor(ledger))
    }
    expect(await orphans(ledger)).toEqual([])
    expect(await facts(ledger)).toEqual(await fresh())
    ledger.close()
  })

  it('says what it moved, and keeps it whole', async () => {
    const head = await grown()
    const ledger = await openLedger(':memory:')
    await collect(optionsFor(ledger))
    const before = (await ledger.rows('all-usage-events')).length
    await reorganise(13)
    const error = await collect(optionsFor(ledger)).catch((failure: unknown) => failure)
    expect(String(error)).toMatch(
      /has changed below its finalized block[\s\S]*\d+ rows from above were moved to rejects/,
    )
    const left = (await ledger.rows('all-usage-events')).length
    const rejects = (await ledger.rows('all-rejects')).filter(({ table_name }) => table_name === 'usage_events')
    expect(left + rejects.length).toBe(before)
    expect(rejects.length).toBeGreaterThanOrEqual(13 - FINAL_DEPTH)
    for (const { raw } of rejects) expect(JSON.parse(String(raw))).toMatchObject({ kind: 'requested' })
    expect(
      Math.max(...(await ledger.rows('all-coverage')).map(({ to_block }) => Number(to_block))),
    ).toBeLessThanOrEqual(head - 13)
    ledger.close()
  })
})

describe('what is final', () => {
  it('refuses blocks that may still change, by number and by tag', async () => {
    const head = await grown()
    const ledger = await openLedger(':memory:')
    await expect(collect(optionsFor(ledger, { to: head }))).rejects.toThrow(/is not final yet/)
    await expect(collect(optionsFor(ledger, { to: 'latest' }))).rejects.toThrow(/may still leave the chain/)
    const { chains } = await collect(optionsFor(ledger, { confirmations: 3 }))
    expect(chains[0]!.to).toBe(head - 3)
    ledger.close()
  })
})
