import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { type DecodedFacts, decodeFacts } from '../../src/protocols/decode-transaction.ts'
import { type RawLog, withDeployments } from '../../src/protocols/protocol.ts'
import { x402, x402With } from '../../src/protocols/x402.ts'
import { x402Facilitators } from '../../src/protocols/x402-facilitators.ts'
import { contextRows } from '../../src/sources/protocol-rows.ts'
import { importTransactions } from '../../src/workflows/import-transactions.ts'
import type { Contract } from '../support/anvil.ts'
import { expectTopics } from '../support/expect-topics.ts'
import {
  CHAIN,
  facilitator,
  nonce,
  other,
  payer,
  second,
  seller,
  startX402Chain,
  type X402Chain,
} from '../support/x402-chain.ts'

let chain: X402Chain
let anvil: X402Chain['anvil']
let token: Contract
let batch: Contract
let proxy: Contract
let foreign: Contract
let protocol: typeof x402
const on = (network: typeof x402) => chain.on(network)
const perform = (...args: Parameters<X402Chain['perform']>) => chain.perform(...args)
const settle = (...args: Parameters<X402Chain['settle']>) => chain.settle(...args)

beforeAll(async () => {
  chain = await startX402Chain()
  ;({ anvil, token, batch, proxy, foreign } = chain)
  protocol = on(x402)
})
afterAll(() => anvil.stop())

const usesOf = ({ facts }: DecodedFacts) =>
  (facts.usage_events ?? []).map(({ log_index, consumer, provider }) => [log_index, consumer, provider])
const pricesOf = ({ facts }: DecodedFacts) =>
  (facts.payments ?? []).map(({ log_index, from, to, asset, amount }) => [log_index, from, to, asset, amount])
const reasonsOf = ({ facts }: DecodedFacts) => (facts.rejects ?? []).map(({ position, reason }) => [position, reason])

describe('one settlement', () => {
  it('joins an authorization with its transfer, for whoever signed it', async () => {
    const raw = await settle(1, 10_000n)
    const decoded = decodeFacts(protocol, raw)
    const place = {
      chain: CHAIN,
      tx_hash: raw.hash,
      log_index: 0,
      sub_index: 0,
      protocol: 'x402',
      usage_id: `${raw.hash}:0`,
      block_number: raw.blockNumber,
      timestamp: raw.timestamp,
    }
    const parties = { consumer: payer, provider: seller, evaluator: null, tx_from: facilitator }
    const unknown = { service: null, units: null, expected_units: null, unit_kind: null, payload_hash: null }
    const money = {
      from: payer,
      to: seller,
      asset: token.address,
      amount: 10_000n,
      expected_amount: null,
      kind: 'price',
    }
    expect(decoded.facts).toEqual({
      usage_events: [{ ...place, kind: 'settled', ...parties, ...unknown, attribution: 'same-tx', class: 'ordinary' }],
      payments: [{ ...place, event_kind: 'settled', leg: 0, ...money }],
      rejects: [],
    })
  })

  it('is none where the sender is not listed or not known, and says so', async () => {
    const raw = await settle(2, 10_000n, anvil.account)
    const unlisted = decodeFacts(protocol, raw)
    expect(unlisted.facts).toMatchObject({ usage_events: [], payments: [] })
    expect(reasonsOf(unlisted)).toEqual([[`${raw.hash}:0`, 'the sender is no listed facilitator']])
    expect(JSON.parse(unlisted.facts.rejects![0]!.raw)).toMatchObject({ from: anvil.account, authorizer: payer })
    const unknown = decodeFacts(protocol, { ...raw, from: null })
    expect(reasonsOf(unknown)[0]![1]).toBe('the sender is not known, and so not whether it was a facilitator')
    const mine = on(
      x402With({
        facilitators: [
          { chain: CHAIN, address: anvil.account.toUpperCase().replace('X', 'x'), name: 'mine', source: 'test' },
        ],
      }),
    )
    expect(usesOf(decodeFacts(mine, raw))).toEqual([[0, payer, seller]])
  })

  it('is none on a chain where the facilitator is not listed', async () => {
    const raw = { ...(await settle(3, 1n)), chain: 'eip155:137' }
    const polygon = withDeployments(x402, [
      { chain: 'eip155:137', role: 'token', address: token.address, fromBlock: 0, verified: true, source: 'test' },
    ])
    expect(reasonsOf(decodeFacts(polygon, raw))).toEqual([[`${raw.hash}:0`, 'the sender is no listed facilitator']])
  })

  it('ignores the same logs of other tokens, and transfers without an authorization', async () => {
    const args = [payer, seller, 5n, nonce(4)]
    const elsewhere = decodeFacts(protocol, await perform(foreign, 'transferWithAuthorization', args))
    expect(elsewhere.facts).toEqual({ usage_events: [], payments: [], rejects: [] })
    const plain = decodeFacts(protocol, await perform(token, 'transferFrom', [payer, seller, 5n]))
    expect(plain.facts).toEqual({ usage_events: [], payments: [], rejects: [] })
  })

  it('takes no transfer but the one right after it, of the same token and signer', async () => {
    const raw = await settle(5, 10_000n)
    const [authorization, moved] = raw.logs as [RawLog, RawLog]
    const [topic, , to] = moved.topics as [string, string, string]
    const instead = [
      [],
      [{ ...moved, logIndex: 2 }],
      [{ ...moved, address: second }],
      [{ ...moved, topics: [topic, nonce(0xa2), to] }],
    ]
    const both = withDeployments(protocol, [
      ...protocol.deployments,
      { chain: CHAIN, role: 'token', address: second, fromBlock: 0, verified: true, source: 'test' },
    ])
    for (const logs of instead) {
      const decoded = decodeFacts(both, { ...raw, logs: [authorization, ...logs] })
      expect(decoded.facts.usage_events).toEqual([])
      expect(reasonsOf(decoded)).toEqual([[`${raw.hash}:0`, 'no transfer of a declared token belongs to it']])
    }
    expect(usesOf(decodeFacts(both, raw))).toHaveLength(1)
  })
})

describe('several in one transaction', () => {
  it('gives each authorization of a batch the transfer of its own signer', async () => {
    const sellers = [seller, second, seller, seller]
    const payers = [payer, other, payer, payer]
    const args = [token.address, payers, sellers, [7n, 8n, 9n, 9n], [10, 11, 12, 13].map(nonce)]
    const decoded = decodeFacts(protocol, await perform(batch, 'settle', args))
    expect(usesOf(decoded)).toEqual([
      [0, payer, seller],
      [2, other, second],
      [4, payer, seller],
      [6, payer, seller],
    ])
    expect(pricesOf(decoded).map(([index, , , , amount]) => [index, amount])).toEqual([
      [0, 7n],
      [2, 8n],
      [4, 9n],
      [6, 9n],
    ])
  })

  it('names the router that was paid, not who it pays in turn', async () => {
    const args = [token.address, payer, second, 6n, nonce(14)]
    const decoded = decodeFacts(protocol, await perform(batch, 'settleAndForward', args))
    expect(usesOf(decoded)).toEqual([[0, payer, batch.address]])
    expect(pricesOf(decoded)).toEqual([[0, payer, batch.address, token.address, 6n]])
  })
})

describe('Permit2 proxies', () => {
  it.each(['settle', 'settleWithPermit'])('takes the transfer before %s, whoever sent it', async (functionName) => {
    const raw = await perform(proxy, functionName, [token.address, payer, seller, 3n], anvil.account)
    const decoded = decodeFacts(protocol, raw)
    expect(usesOf(decoded)).toEqual([[1, payer, seller]])
    expect(pricesOf(decoded)).toEqual([[1, payer, seller, token.address, 3n]])
    expect(decoded.facts.usage_events![0]).toMatchObject({ tx_from: anvil.account, attribution: 'same-tx' })
  })

  it('rejects a settlement in a token that nobody vouches for, and ignores other proxies', async () => {
    const raw = await perform(proxy, 'settle', [foreign.address, payer, seller, 3n])
    expect(reasonsOf(decodeFacts(protocol, raw))).toEqual([
      [`${raw.hash}:1`, 'no transfer of a declared token belongs to it'],
    ])
    const stranger = await anvil.deploy('X402PermitProxy')
    const elsewhere = decodeFacts(protocol, await perform(stranger, 'settle', [token.address, payer, seller, 3n]))
    expect(elsewhere.facts).toEqual({ usage_events: [], payments: [], rejects: [] })
  })
})

describe('x402With', () => {
  const services = [
    { chain: CHAIN, seller: seller.toUpperCase().replace('X', 'x'), price: 100n, name: 'GET /weather' },
    { chain: CHAIN, seller, price: 200n, name: 'GET /news' },
    { chain: CHAIN, seller, price: 200n, name: 'GET /quotes' },
    { chain: CHAIN, seller: second, price: 300n, name: 'GET /other' },
  ]

  it('ties seller, chain and price to a resource, unless two have that price', async () => {
    const priced = on(x402With({ services }))
    const rows = []
    for (const [i, amount] of [100n, 200n, 300n].entries()) {
      const { facts } = decodeFacts(priced, await settle(20 + i, amount))
      rows.push(...facts.usage_events!.map(({ service, attribution }) => [service, attribution]))
    }
    expect(rows).toEqual([
      ['GET /weather', 'price-match'],
      [null, 'same-tx'],
      [null, 'same-tx'],
    ])
  })

  it('reads what some sellers were paid and nothing else', async () => {
    const one = x402With({ sellers: [second] })
    expect(one.anchors).toEqual([{ role: 'token', event: 'Transfer', where: { argument: 'to', among: [second] } }])
    const args = [token.address, [payer, other], [seller, second], [7n, 8n], [30, 31].map(nonce)]
    const raw = await perform(batch, 'settle', args)
    expect(usesOf(decodeFacts(on(one), raw))).toEqual([[2, other, second]])
    expect(decodeFacts(on(one), { ...raw, from: anvil.account }).facts.rejects).toHaveLength(1)
  })

  it('is another question to a source wherever the same logs would give other rows', () => {
    const facilitators = [{ chain: CHAIN, address: payer, name: 'mine', source: 'test' }]
    const all = [x402, x402With({ services }), x402With({ facilitators }), x402With({ sellers: [seller] })]
    expect(new Set(all.map(({ configuration }) => configuration)).size).toBe(4)
    expect(x402With({ services: [...services].reverse() }).configuration).toBe(all[1]!.configuration)
  })
})

describe('through files', () => {
  it('stores settlements, who the facilitators are, and how many senders are not listed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'washboard-x402-'))
    const ledger = await openLedger(':memory:')
    try {
      const sent = [await settle(40, 100n), await settle(41, 200n), await settle(42, 300n, anvil.account)]
      const lines = sent.map(({ hash, blockNumber, timestamp, from, logs }) =>
        JSON.stringify({ hash, blockNumber, timestamp: timestamp / 1000, from, receipt: { logs } }),
      )
      const path = join(folder, 'transactions.jsonl')
      await writeFile(path, `${lines.join('\n')}\n`)
      const [imported] = await importTransactions({ ledger, files: [path], preset: 'receipts', protocol, chain: CHAIN })
      expect(imported).toMatchObject({ transactions: 3, rejected: 1, added: { usage_events: 2, transfers: 3 } })
      await ledger.materialize('usage')
      await ledger.materialize('usage-standing', { from_time: null, to_time: null })
      expect(await ledger.rows('usage')).toMatchObject(
        sent.slice(0, 2).map(() => ({ consumer: payer, provider: seller, payer, payee: seller, status: 'settled' })),
      )
      expect((await ledger.rows('settlements')).map(({ usage_id, method }) => [usage_id, method]).sort()).toEqual(
        sent
          .slice(0, 2)
          .map(({ hash }) => [`${hash}:0`, 'parties'])
          .sort(),
      )
      expect(await ledger.rows('reject-counts')).toMatchObject([{ reason: 'the sender is no listed facilitator' }])
      expect((await ledger.rows('filled-tables')).map((row) => row.table_name)).toContain('labels')
      const { labels = [] } = contextRows(protocol, CHAIN)
      expect(labels.map(({ kind, chain }) => [kind, chain])).toEqual(labels.map(() => ['facilitator', CHAIN]))
      expect(labels).toHaveLength(x402Facilitators.filter(({ chain }) => chain === CHAIN).length)
    } finally {
      ledger.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('declarations', () => {
  expectTopics('x402')
})
