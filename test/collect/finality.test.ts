import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CollectOptions, collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { InconsistentSourceError } from '../../src/sources/source.ts'
import { type OlasChain, request, startOlasChain } from '../support/olas-chain.ts'

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
