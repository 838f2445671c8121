import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { importTransactions } from '../../src/workflows/import-transactions.ts'
import {
  type AcpChain,
  client,
  evaluator,
  eventsOf,
  legsOf,
  nobody,
  provider,
  recipient,
  startAcpChain,
  treasury,
} from '../support/acp-chain.ts'

const work = `0x${'77'.repeat(32)}`
let chain: AcpChain
let token: string
let perform: AcpChain['perform']
beforeAll(async () => {
  chain = await startAcpChain()
  token = chain.token.address
  perform = chain.perform
  await perform(chain.router, 'install')
})
afterAll(() => chain.anvil.stop())

describe('third generation', () => {
  it('follows a job whose provider is named after its price', async () => {
    const { commerce } = chain
    const created = await perform(commerce, 'createJob', [1n, client, nobody, evaluator])
    expect(eventsOf(created)).toEqual([['requested', 'v3:1', { consumer: client, evaluator }]])
    const priced = await perform(commerce, 'setBudget', [1n, 200n])
    expect(legsOf(priced)).toEqual([['price', 'v3:1', null, null, token, 200n]])
    expect(eventsOf(await perform(commerce, 'setProvider', [1n, provider]))).toEqual([
      ['requested', 'v3:1', { provider }],
    ])
    const funded = await perform(commerce, 'fund', [1n])
    expect([eventsOf(funded), legsOf(funded)]).toEqual([[['funded', 'v3:1', { consumer: client }]], []])
    expect(eventsOf(await perform(commerce, 'submit', [1n, work]))).toEqual([['delivered', 'v3:1', { provider, work }]])
  })

  it('pays several jobs in one transaction, each with its own fees', async () => {
    const { commerce } = chain
    await perform(commerce, 'createJob', [2n, client, recipient, client])
    await perform(commerce, 'setBudget', [2n, 400n])
    await perform(commerce, 'fund', [2n])
    const settled = await perform(commerce, 'complete', [[1n, 2n]])
    expect(eventsOf(settled)).toEqual([
      ['settled', 'v3:1', { evaluator }],
      ['settled', 'v3:2', { evaluator: client }],
    ])
    expect(legsOf(settled)).toEqual([
      ['evaluator-fee', 'v3:1', commerce.address, evaluator, token, 10n],
      ['net', 'v3:1', commerce.address, provider, token, 180n],
      ['platform-fee', 'v3:1', commerce.address, treasury, token, 10n],
      ['evaluator-fee', 'v3:2', commerce.address, client, token, 20n],
      ['net', 'v3:2', commerce.address, recipient, token, 360n],
      ['platform-fee', 'v3:2', commerce.address, treasury, token, 20n],
    ])
    expect(legsOf(chain.decodeOwn(settled.raw)).map(([kind]) => kind)).toEqual([
      'evaluator-fee',
      'net',
      'evaluator-fee',
      'net',
    ])
  })

  it.each([
    ['reject', 'rejected'],
    ['expire', 'expired'],
  ])('gives back what was funded on %s', async (call, kind) => {
    const { commerce } = chain
    const id = call === 'reject' ? 3n : 4n
    await perform(commerce, 'createJob', [id, client, provider, evaluator])
    await perform(commerce, 'setBudget', [id, 30n])
    await perform(commerce, 'fund', [id])
    const ended = await perform(commerce, call, [id])
    expect(eventsOf(ended)).toEqual([
      [kind, `v3:${id}`, {}],
      ['refunded', `v3:${id}`, { consumer: client }],
    ])
    expect(legsOf(ended)).toEqual([['refund', `v3:${id}`, commerce.address, client, token, 30n]])
  })

  it('completes a job that costs nothing', async () => {
    await perform(chain.commerce, 'createJob', [5n, client, provider, evaluator])
    const settled = await perform(chain.commerce, 'complete', [[5n]])
    expect(eventsOf(settled)).toEqual([['settled', 'v3:5', { evaluator }]])
    expect(legsOf(settled)).toEqual([['net', 'v3:5', chain.commerce.address, provider, token, 0n]])
  })

  it('reads principal in both layouts of one topic', async () => {
    for (const hook of [chain.hook, chain.oldHook]) {
      const moved = await perform(hook, 'move', [1n, client, recipient, token, 5000n])
      expect(moved.raw.logs.at(-1)!.topics).toHaveLength(hook === chain.hook ? 3 : 4)
      expect([eventsOf(moved), legsOf(moved)]).toEqual([[], [['principal', 'v3:1', client, recipient, token, 5000n]]])
    }
  })
})

describe('in the ledger', () => {
  const job = 1_000_000_001n

  it('is one usage each, with the last price before it was funded, whatever order the transactions come in', async () => {
    const { router } = chain
    await perform(router, 'createJob', [job, client, provider, nobody, token, 900n, '{"name":"a","requirement":1}'])
    await perform(router, 'setBudget', [job, token, 500n])
    await perform(router, 'fund', [job, client, token, 500n])
    await perform(router, 'payMemo', [job, client, recipient, token, 7000n, false])
    await perform(router, 'deliver', [job, provider, 'work', false, token, 500n])
    const folder = await mkdtemp(join(tmpdir(), 'washboard-acp-'))
    const hashes: string[] = []
    try {
      for (const sent of [chain.sent, [chain.sent[0]!, ...chain.sent.slice(1).reverse()]]) {
        const ledger = await openLedger(':memory:')
        const lines = sent.map(({ hash, blockNumber, timestamp, from, logs }) =>
          JSON.stringify({ hash, blockNumber, timestamp: timestamp / 1000, from, receipt: { logs } }),
        )
        const path = join(folder, 'transactions.jsonl')
        await writeFile(path, lines.join('\n'))
        const { protocol } = chain
        await importTransactions({ ledger, files: [path], preset: 'receipts', protocol, chain: 'eip155:8453' })
        await ledger.materialize('usage')
        await ledger.materialize('usage-standing', { from_time: null, to_time: null })
        const rows = (await ledger.rows('usage')).map((row) => [String(row.usage_id), row] as const)
        const usages = rows.sort(([a], [b]) => (a < b ? -1 : 1))
        const found = Object.fromEntries(usages)
        const parties = { consumer: client, payer: client, asset: token }
        expect(found['v3:1']).toMatchObject({ ...parties, provider, status: 'settled', gross: 200n, net: 180n })
        expect(found['v3:1']).toMatchObject({ fees: 20n, principal: 10_000n, refunded: null, class: 'ordinary' })
        expect(found['v3:3']).toMatchObject({ ...parties, status: 'refunded', gross: 30n, refunded: 30n, net: null })
        expect(found['v3:4']).toMatchObject({ status: 'refunded', refunded: 30n })
        expect(found['v3:5']).toMatchObject({ status: 'settled', gross: null, net: 0n })
        expect(found[`v2:${job}`]).toMatchObject({ ...parties, provider, service: 'a', status: 'settled', gross: 500n })
        expect(found[`v2:${job}`]).toMatchObject({ net: 400n, fees: 100n, principal: 7000n })
        const settled = (await ledger.rows('settlements')).filter(({ method }) => method === 'parties')
        expect(settled.length).toBeGreaterThan(0)
        hashes.push(JSON.stringify(usages, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
        ledger.close()
      }
      expect(hashes[1]).toBe(hashes[0])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
