import { encodeFunctionData, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../../src/records/index.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { type CollectNative, collectNative, type NativeOutcome } from '../../../src/sources/rpc/collect-native.ts'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import { type Anvil, artifacts, type Contract, startAnvil } from '../../support/anvil.ts'
import { withLedger } from '../../support/ledger-with.ts'
import { headOf, mine, wallet } from '../../support/olas-chain.ts'
import { type ProxyOptions, startProxy } from '../../support/rpc-proxy.ts'

const NO_FILTER = ['trace_filter']
const NO_TRACES = ['trace_filter', 'debug_traceBlockByNumber']
const NOTHING = [...NO_TRACES, 'eth_getBlockByNumber']

let anvil: Anvil
let one: Contract
let two: Contract
let created: string
let to: number

beforeAll(async () => {
  anvil = await startAnvil({ states: 2_000 })
  one = await anvil.deploy('Forwarder')
  two = await anvil.deploy('Forwarder')
  await sendFrom(wallet(1), wallet(2), 11n)
  await sendFrom(wallet(8), wallet(9), 12n)
  await anvil.send(one, 'forward', [wallet(1)], 21n)
  await anvil.send(
    one,
    'split',
    [
      [wallet(1), wallet(9), wallet(2)],
      [1n, 2n, 3n],
    ],
    31n,
  )
  await anvil.send(one, 'through', [two.address, wallet(2)], 41n)
  await anvil.send(one, 'half', [wallet(1), wallet(2)], 100n)
  await mine(anvil, 130)
  await anvil.send(one, 'afterHash', [wallet(1)], 51n)
  await anvil.send(one, 'byDelegate', [two.address, wallet(1)], 61n)
  await anvil.send(one, 'createAndEnd', [wallet(2)], 71n)
  await failing(one, wallet(1))
  created = await spawnFrom(wallet(1), 81n)
  await sendFrom(wallet(2), wallet(2), 91n)
  to = await headOf(anvil)
}, 60_000)
afterAll(() => anvil.stop())

/** A transfer by an account of the test's choice. */
async function sendFrom(from: string, receiver: string | null, value: bigint, data?: string) {
  const { client } = anvil
  await client.setBalance({ address: from as Hex, value: 10n ** 18n })
  await client.impersonateAccount({ address: from as Hex })
  const hash = await client.request({
    method: 'eth_sendTransaction',
    params: [{ from, ...(receiver === null ? { data } : { to: receiver }), value: `0x${value.toString(16)}` }],
  } as never)
  return client.waitForTransactionReceipt({ hash })
}

async function spawnFrom(from: string, value: bigint): Promise<string> {
  const { contractAddress } = await sendFrom(from, null, value, '0x00')
  return contractAddress!.toLowerCase()
}

/** A transaction that is mined and undone: with its gas given, nothing is estimated beforehand. */
async function failing({ name, address }: Contract, receiver: string) {
  const { client, account } = anvil
  const data = encodeFunctionData({ abi: artifacts[name]!.abi, functionName: 'fail', args: [receiver] })
  const sent = { account: account as Hex, chain: null, to: address, data, value: 5n, gas: 200_000n }
  const { status } = await client.waitForTransactionReceipt({ hash: await client.sendTransaction(sent) })
  expect(status).toBe('reverted')
}

async function collected(options: Partial<CollectNative> = {}, proxied: ProxyOptions = {}) {
  const proxy = await startProxy(anvil.url, proxied)
  const client = rpcClient({ chain: anvil.chain, url: proxy.url }, { backoffMs: 1 })
  const outcomes: NativeOutcome[] = []
  const batches: Batch[] = []
  const given = {
    client,
    protocol: 'p',
    wallets: [wallet(1), wallet(2)],
    range: { from: 0, to },
    covered: async () => [],
  }
  try {
    const outcome = (one: NativeOutcome) => outcomes.push(one)
    for await (const batch of collectNative({ ...given, outcome, ...options })) batches.push(batch)
  } finally {
    await proxy.stop()
  }
  return {
    batches,
    transfers: batches.flatMap(({ facts }) => facts.transfers ?? []),
    rejects: batches.flatMap(({ facts }) => facts.rejects ?? []),
    coverage: batches.flatMap(({ facts }) => facts.coverage ?? []),
    outcome: outcomes[0],
    calls: proxy.calls,
  }
}

const short = ({ transfers }: Awaited<ReturnType<typeof collected>>) =>
  transfers.map(({ kind, trace_path, from, to: receiver, amount }) => [kind, trace_path, from, receiver, amount])

describe('collectNative', () => {
  it('reads value that transactions and calls moved, and none that was undone', async () => {
    const found = await collected()
    const mortal = found.transfers.find(({ amount }) => amount === 71n)!.from
    expect(short(found)).toEqual([
      ['native', '', wallet(1), wallet(2), 11n],
      ['internal', '1', one.address, wallet(1), 21n],
      ['internal', '1', one.address, wallet(1), 1n],
      ['internal', '3', one.address, wallet(2), 3n],
      ['internal', '2', two.address, wallet(2), 41n],
      ['internal', '1', one.address, wallet(2), 50n],
      ['internal', '1', one.address, wallet(1), 51n],
      ['internal', '1', one.address, wallet(1), 61n],
      ['internal', '2', mortal, wallet(2), 71n],
      ['native', '', wallet(1), created, 81n],
      ['native', '', wallet(2), wallet(2), 91n],
    ])
    const block = await anvil.client.getBlock({ blockNumber: BigInt(to) })
    expect(found.transfers.at(-1)).toMatchObject({
      asset: 'native',
      log_index: -1,
      block_number: to,
      timestamp: Number(block.timestamp) * 1000,
      source: `rpc:${anvil.chain}`,
    })
    expect(found.coverage).toMatchObject([{ method: 'trace_filter', from_block: 0, to_block: to, rows: 11 }])
    expect(found.outcome).toMatchObject({ status: 'read', method: 'trace_filter', depth: 'calls', refused: [] })
  })

  it('gives the same rows by tracing blocks, for the same question', async () => {
    const [filtered, traced] = [await collected(), await collected({}, { refuseMethods: NO_FILTER })]
    expect(traced.transfers).toEqual(filtered.transfers)
    expect(new Set(traced.coverage.map(({ method }) => method))).toEqual(new Set(['debug_traceBlock']))
    expect(new Set(traced.coverage.map(({ spec }) => spec))).toEqual(new Set([filtered.coverage[0]!.spec]))
    expect(traced.outcome).toMatchObject({ status: 'read', depth: 'calls' })
    expect(traced.outcome!.refused).toEqual(['trace_filter: the method trace_filter does not exist'])
    expect(traced.calls.trace_filter).toBe(1)
  })

  it('reads the value of transactions alone from whole blocks, and says so under a question of its own', async () => {
    const [full, top] = [await collected(), await collected({}, { refuseMethods: NO_TRACES })]
    expect(top.transfers).toEqual(full.transfers.filter(({ kind }) => kind === 'native'))
    expect(top.coverage[0]).toMatchObject({ method: 'eth_getBlockByNumber', to_block: 99 })
    expect(top.coverage[0]!.spec).not.toBe(full.coverage[0]!.spec)
    expect(top.outcome).toMatchObject({ depth: 'top-level', refused: [{}, {}].map(() => expect.any(String)) })
    expect(top.outcome!.sentence).toContain('value that moves inside calls is not seen')
    const mined = await collected({ wallets: [created] }, { refuseMethods: NO_TRACES })
    expect(short(mined)).toEqual([['native', '', wallet(1), created, 81n]])
  })

  it('goes on to the next way where the node has dropped the state that tracing needs', async () => {
    const pruned = await startAnvil({ states: 1 })
    try {
      const hash = await pruned.client.sendTransaction({
        account: pruned.account as Hex,
        chain: null,
        to: wallet(1) as Hex,
        value: 7n,
      })
      await pruned.client.waitForTransactionReceipt({ hash })
      await pruned.client.mine({ blocks: 3 })
      const proxy = await startProxy(pruned.url, { refuseMethods: NO_FILTER })
      const client = rpcClient({ chain: pruned.chain, url: proxy.url })
      const found = await collected({ client, range: { from: 0, to: 1 } })
      await proxy.stop()
      expect(found.transfers).toMatchObject([{ amount: 7n, tx_hash: hash, kind: 'native' }])
      expect(found.outcome).toMatchObject({ depth: 'top-level' })
      expect(found.outcome!.refused[1]).toMatch(/^debug_traceBlock: block 1: /)
    } finally {
      await pruned.stop()
    }
  })

  it('says in words what could not be looked at', async () => {
    const nothing = await collected({}, { refuseMethods: [...NOTHING, 'trace_transaction'] })
    expect(nothing.batches).toEqual([])
    expect(nothing.outcome).toMatchObject({ status: 'unavailable' })
    expect(nothing.outcome!.refused).toHaveLength(3)
    const above = await collected({ nativeBlocks: 100 }, { refuseMethods: NO_FILTER })
    expect(above.batches).toEqual([])
    expect(above.outcome!.sentence).toBe(
      `${anvil.chain}: native transfers are unavailable: ${to + 1} blocks would need ${to + 1} calls, above 100; raise --native-blocks.`,
    )
    expect(above.calls).not.toHaveProperty('debug_traceBlockByNumber')
    expect((await collected({ nativeBlocks: 100 })).transfers).toHaveLength(11)
    expect((await collected({ wallets: ['an employee'] })).calls).toEqual({})
  })

  it('asks for nothing that the ledger holds, whatever way read it', async () => {
    await withLedger([], async ({ ledger }) => {
      const first = await collected({ range: { from: 0, to: 40 } }, { refuseMethods: NO_FILTER })
      for (const batch of first.batches) await ledger.append(batch)
      const second = await collected({ covered: ledger.covered })
      expect(second.coverage).toMatchObject([{ from_block: 41, to_block: to, method: 'trace_filter' }])
      for (const batch of second.batches) await ledger.append(batch)
      const third = await collected({ covered: ledger.covered })
      expect(third.batches).toEqual([])
      expect(third.calls).toEqual({})
      expect(await ledger.rows('all-transfers')).toHaveLength(11)
    })
  })

  it('finds the same through a node that limits ranges and refuses at times', async () => {
    const plain = await collected()
    const narrow = await collected({}, { maxTraceBlocks: 30, refuseEvery: 4 })
    expect(narrow.transfers).toEqual(plain.transfers)
    expect(narrow.calls.trace_filter).toBeGreaterThan(10)
  })

  it('does not take an answer of a round thousand for a whole one', async () => {
    const sent = Array.from({ length: 400 }, () => wallet(3))
    for (const _ of [1, 2, 3]) await anvil.send(one, 'split', [sent, sent.map(() => 1n)], 400n)
    const change = ({ method }: { readonly method: string }, result: unknown) =>
      method === 'trace_filter' ? (result as object[]).slice(0, 1_000) : result
    const range = { from: to + 1, to: await headOf(anvil) }
    expect((await collected({ range, wallets: [wallet(3)] }, { change })).transfers).toHaveLength(1_200)
  })

  it('asks for many wallets in groups', async () => {
    const extra = Array.from({ length: 450 }, (_, i) => wallet(0x1000 + i))
    const found = await collected({ wallets: [wallet(1), wallet(2), ...extra] })
    expect(found.transfers).toEqual((await collected()).transfers)
    expect(found.calls.trace_filter).toBe(6)
  })

  it.each([
    ['trace_filter', [], /two hashes for block/, 'blockHash'],
    ['trace_transaction', [], /a call that its transaction does not hold/, 'blockHash'],
    ['debug_traceBlockByNumber', NO_FILTER, /block and its traces with different transactions/, 'txHash'],
    ['eth_getTransactionReceipt', NO_TRACES, /two hashes for block/, 'blockHash'],
  ] as const)('stops where %s contradicts the headers', async (method, refuseMethods, words, field) => {
    const other = `0x${'12'.repeat(32)}`
    const change = (call: { readonly method: string }, result: unknown) => {
      if (call.method !== method) return result
      return Array.isArray(result)
        ? result.map((item) => ({ ...item, [field]: other }))
        : { ...(result as object), [field]: other }
    }
    const failed = collected({}, { refuseMethods, change })
    await expect(failed).rejects.toThrow(InconsistentSourceError)
    await expect(failed).rejects.toThrow(words)
  })

  it('stops where a node does not filter as asked', async () => {
    const all = await anvil.client.request({
      method: 'trace_filter',
      params: [{ fromBlock: '0x0', toBlock: '0x3' }],
    } as never)
    const change = ({ method }: { readonly method: string }, result: unknown) =>
      method === 'trace_filter' ? all : result
    await expect(collected({}, { change })).rejects.toThrow(/a trace that was not asked for/)
  })

  it('keeps a transaction whose receipt has no status in rejects', async () => {
    const change = ({ method }: { readonly method: string }, result: unknown) =>
      method === 'eth_getTransactionReceipt' ? { ...(result as object), status: undefined } : result
    const found = await collected({}, { refuseMethods: NO_TRACES, change })
    expect(found.transfers).toEqual([])
    expect(found.rejects.map(({ reason }) => reason)).toEqual(
      [1, 2, 3].map(() => 'the receipt does not say whether the transaction succeeded'),
    )
  })

  it('keeps a value that the ledger cannot hold in rejects', async () => {
    const huge = (item: { action: object }) => ({ ...item, action: { ...item.action, value: `0x${'f'.repeat(64)}` } })
    const change = ({ method }: { readonly method: string }, result: unknown) =>
      method === 'trace_filter' ? (result as { action: object }[]).map(huge) : result
    const found = await collected({ range: { from: 0, to: 3 } }, { change })
    expect(found.transfers).toEqual([])
    expect(found.rejects).toMatchObject([{ table_name: 'transfers', reason: 'amount above 10^38 - 1' }])
    expect(found.coverage).toMatchObject([{ rows: 0 }])
  })
})
