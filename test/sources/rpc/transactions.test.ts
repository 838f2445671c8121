import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeFacts } from '../../../src/protocols/decode-transaction.ts'
import type { AnyProtocol, RawTransaction } from '../../../src/protocols/protocol.ts'
import { x402, x402With } from '../../../src/protocols/x402.ts'
import type { Batch, TableName } from '../../../src/records/index.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { collectProtocol } from '../../../src/sources/rpc/collect-protocol.ts'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import { finalHead } from '../../support/olas-chain.ts'
import { readingOf } from '../../support/reading.ts'
import { type Call, type ProxyOptions, startProxy } from '../../support/rpc-proxy.ts'
import { CHAIN, nonce, other, payer, second, seller, startX402Chain, type X402Chain } from '../../support/x402-chain.ts'

let chain: X402Chain
let head: number
const sent: RawTransaction[] = []
const transfersOnly: string[] = []

beforeAll(async () => {
  chain = await startX402Chain()
  const { perform, settle, token, foreign, batch, proxy, anvil } = chain
  for (const [i, amount] of [100n, 200n, 300n].entries()) sent.push(await settle(i, amount))
  sent.push(await settle(3, 50n, anvil.account))
  const args = [token.address, [payer, other], [seller, second], [7n, 8n], [nonce(4), nonce(5)]]
  sent.push(await perform(batch, 'settle', args))
  sent.push(await perform(proxy, 'settle', [token.address, other, second, 9n], anvil.account))
  for (const amount of [1n, 2n])
    transfersOnly.push((await perform(token, 'transferFrom', [payer, seller, amount])).hash)
  await perform(foreign, 'transferWithAuthorization', [payer, seller, 5n, nonce(6)])
  head = await finalHead(anvil)
})
afterAll(() => chain.anvil.stop())

async function collected(protocol: AnyProtocol, url = chain.anvil.url): Promise<Batch[]> {
  const client = rpcClient({ chain: CHAIN, url }, { backoffMs: 1 })
  const found: Batch[] = []
  for await (const batch of collectProtocol(readingOf(client, { range: { from: 0, to: head } }), protocol))
    found.push(batch)
  return found
}

async function through(options: ProxyOptions) {
  const proxy = await startProxy(chain.anvil.url, options)
  return collected(chain.on(x402), proxy.url).finally(() => proxy.stop())
}

function rows<table extends TableName>(found: readonly Batch[], table: table) {
  return found.flatMap(({ facts }) => [...(facts[table] ?? [])]) as NonNullable<Batch['facts'][table]>[number][]
}

const source = `rpc:${CHAIN}`

describe('transactions read whole', () => {
  it('give the same rows by a node as by their receipts', async () => {
    const found = await collected(chain.on(x402))
    for (const table of ['usage_events', 'payments', 'rejects'] as const) {
      const expected = sent.flatMap((raw): object[] => [...(decodeFacts(chain.on(x402), raw).facts[table] ?? [])])
      expect(rows(found, table)).toEqual(expected.map((row) => ({ ...row, source })))
    }
    expect(rows(found, 'usage_events')).toHaveLength(6)
    expect(rows(found, 'rejects').map(({ reason }) => reason)).toEqual(['the sender is no listed facilitator'])
  })

  it('are those with an anchor and no others', async () => {
    const asked: Call[] = []
    const seen = (call: Call, result: unknown) => {
      asked.push(call)
      return result
    }
    await through({ change: seen })
    const receipts = asked.filter(({ method }) => method === 'eth_getTransactionReceipt').map(({ params }) => params[0])
    expect(receipts.sort()).toEqual(sent.map(({ hash }) => hash).sort())
    for (const hash of transfersOnly) expect(receipts).not.toContain(hash)
  })

  it('can be picked by an argument, and then are read with all that pays for them', async () => {
    const found = await collected(chain.on(x402With({ sellers: [second] })))
    expect(rows(found, 'usage_events').map(({ provider }) => provider)).toEqual([second, second])
    expect(rows(found, 'payments').map(({ amount }) => amount)).toEqual([8n, 9n])
  })

  it('are another question where other facilitators count', async () => {
    const specs = async (protocol: typeof x402) => rows(await collected(chain.on(protocol)), 'coverage')[0]!.spec
    const mine = { chain: CHAIN, address: chain.anvil.account, name: 'mine', source: 'test' }
    const all = await Promise.all(
      [x402, x402With({ facilitators: [mine] }), x402With({ sellers: [second] })].map(specs),
    )
    expect(new Set(all).size).toBe(3)
    expect(await specs(x402)).toBe(all[0])
  })
})

type Receipt = { readonly logs: readonly object[]; readonly blockHash: string }
const ofReceipts = (change: (receipt: Receipt) => unknown): ProxyOptions => ({
  change: ({ method }, result) => (method === 'eth_getTransactionReceipt' ? change(result as Receipt) : result),
})

describe('receipts that cannot be right', () => {
  it.each<[string, (receipt: Receipt) => unknown, RegExp]>([
    ['a log less', (one) => ({ ...one, logs: one.logs.slice(1) }), /does not hold|do not hold/],
    ['another block', (one) => ({ ...one, blockHash: nonce(99) }), /two hashes for block/],
  ])('%s than eth_getLogs ends the collection', async (_, change, words) => {
    const failure = through(ofReceipts(change))
    await expect(failure).rejects.toThrow(InconsistentSourceError)
    await expect(failure).rejects.toThrow(words)
  })

  it('one of another transaction is an error', async () => {
    const other = ofReceipts((one) => ({ ...one, transactionHash: nonce(98), logs: [] }))
    await expect(through(other)).rejects.toThrow(/something else than the receipt of 0x/)
  })

  it.each<[string, (receipt: Receipt) => unknown]>([
    ['without a sender', (one) => ({ ...one, from: null })],
    ['without logs', (one) => ({ ...one, logs: null })],
    ['never', () => null],
  ])('one %s is asked for again and then an error', async (_, change) => {
    let asked = 0
    const counted = ofReceipts((receipt) => {
      asked += 1
      return change(receipt)
    })
    await expect(through(counted)).rejects.toThrow(/eth_getTransactionReceipt|receipt/)
    expect(asked).toBeGreaterThan(sent.length)
  })

  it.each([null, { logs: 7 }])('one that is %j at first is waited for', async (first) => {
    let times = 0
    const found = await through(ofReceipts((receipt) => (times++ < 3 ? first : receipt)))
    expect(times).toBeGreaterThan(6)
    expect(rows(found, 'usage_events')).toHaveLength(6)
  })

  it('an answer of eth_getLogs with an anchor less is seen by the receipt of its transaction', async () => {
    const { hash } = sent[4]!
    type Log = { readonly transactionHash: string }
    const change = ({ method }: Call, result: unknown) => {
      if (method !== 'eth_getLogs') return result
      const first = (result as Log[]).findIndex(({ transactionHash }) => transactionHash === hash)
      return (result as Log[]).filter((_, i) => i !== first)
    }
    await expect(through({ change, refuseMethods: ['eth_getBlockReceipts'] })).rejects.toThrow(/left a log out/)
  })
})

describe('anchors', () => {
  it.each([
    [{ role: 'token', event: 'Minted' }, /Minted of token/],
    [{ role: 'token', event: 'Transfer', where: { argument: 'value', among: ['0x01'] } }, /value indexed/],
    [{ role: 'nobody', event: 'Transfer' }, /Transfer of nobody/],
  ])('that no event bears are an error: %j', async (anchor, words) => {
    const protocol = { ...chain.on(x402), anchors: [anchor] }
    const failure = (await collected(protocol).catch((error: unknown) => error)) as Error & { details: string[] }
    expect(failure.message).toMatch(/an event that it does not declare/)
    expect(failure.details.join()).toMatch(words)
  })
})
