import { type Hex, keccak256, parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineProtocol, type KnownUsage, type Protocol } from '../../../src/protocols/protocol.ts'
import type { Batch } from '../../../src/records/index.ts'
import type { Block } from '../../../src/sources/rpc/answers.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { collectProtocol } from '../../../src/sources/rpc/collect-protocol.ts'
import { type CollectReads, collectReads } from '../../../src/sources/rpc/collect-reads.ts'
import { MULTICALL_ADDRESS, MULTICALL_HASH } from '../../../src/sources/rpc/reads/pin-block.ts'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import { type Anvil, artifacts, type Contract, startAnvil } from '../../support/anvil.ts'
import { withLedger } from '../../support/ledger-with.ts'
import { headOf, mine, requestId, wallet } from '../../support/olas-chain.ts'
import { readingOf } from '../../support/reading.ts'
import { type ProxyOptions, startProxy } from '../../support/rpc-proxy.ts'

const jobsAbi = parseAbi([
  'event JobDone(bytes32 indexed id)',
  'error Sealed(bytes32 id)',
  'struct Job { address client; address worker; address token; uint256 budget; }',
  'function getJob(bytes32 id) view returns (Job)',
])
const HUGE = 2n ** 200n

let anvil: Anvil
let jobs: Contract
let block: Block
let multicallHash: string

const FULL = [1, 2, 3, 7]
/** Each leaves its successors a sixty-fourth of the gas. */
const COSTLY = [4, 5, 6]
const [HIDDEN, OVER, UNKNOWN] = [8, 9, 10]
const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

beforeAll(async () => {
  anvil = await startAnvil({ states: 1_000 })
  jobs = await anvil.deploy('Jobs')
  const job = (n: number, budget = BigInt(n)) => [wallet(n), wallet(100 + n), wallet(0x70), budget]
  for (const n of [...FULL, ...COSTLY, HIDDEN]) await finish(n, job(n))
  await finish(OVER, job(OVER, HUGE))
  await anvil.send(jobs, 'hide', [requestId(HIDDEN)])
  for (const n of COSTLY) await anvil.send(jobs, 'makeCostly', [requestId(n)])
  await anvil.send(jobs, 'announce', [requestId(UNKNOWN)])
  const multicall = await anvil.deploy('Multicall')
  const bytecode = (await anvil.client.getCode({ address: multicall.address }))!
  multicallHash = keccak256(bytecode)
  await anvil.client.setCode({ address: MULTICALL_ADDRESS, bytecode })
  await mine(anvil, 1)
  block = await blockAt(await headOf(anvil))
  // After the block at which everything is asked.
  await anvil.send(jobs, 'change', [requestId(1), 99n])
}, 60_000)
afterAll(() => anvil.stop())

const finish = (n: number, { 0: client, 1: worker, 2: token, 3: budget }: readonly unknown[]) =>
  anvil.send(jobs, 'finish', [requestId(n), { client, worker, token, budget }])

async function blockAt(number: number): Promise<Block> {
  const { hash, timestamp } = await anvil.client.getBlock({ blockNumber: BigInt(number) })
  return { number, hash, timestamp: Number(timestamp) * 1_000, parentHash: null, bloom: null }
}

/** Jobs whose logs hold an id alone; their view tells the rest. */
function protocolOf(changes: Partial<Protocol> = {}) {
  const { chain } = anvil
  return {
    ...defineProtocol({
      id: 'jobs',
      title: 'Jobs',
      version: 1,
      contracts: { jobs: jobsAbi },
      deployments: [{ chain, role: 'jobs', address: jobs.address, fromBlock: 0, verified: true, source: 'test' }],
      assets: [{ chain, asset: wallet(0x70), symbol: 'T', decimals: 18, peg: 'USD' }],
      metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
      about: { row: '', consumer: '', provider: '', price: '', unavailable: [], traps: [], references: [] },
      reads: [
        {
          role: 'jobs',
          view: 'getJob',
          args: ({ usage_id }) => [usage_id as Hex],
          decode: ({ client, worker, token, budget }) => ({
            consumer: client,
            provider: worker,
            payments: [{ kind: 'price', from: client, to: worker, asset: token, amount: budget }],
          }),
        },
      ],
      decode: ({ hash, blockNumber, timestamp, logs }) => ({
        usage_events: logs.map(({ logIndex, args }) => ({
          ...{ chain, tx_hash: hash, log_index: logIndex, sub_index: 0, kind: 'settled', protocol: 'jobs' },
          ...{ usage_id: args.id, block_number: blockNumber, timestamp, consumer: null, provider: null },
          ...{ evaluator: null, tx_from: null, service: null, units: null, expected_units: null, unit_kind: null },
          ...{ payload_hash: null, attribution: 'event', class: 'ordinary' },
        })),
      }),
    }),
    ...changes,
  }
}

const known = (n: number): KnownUsage => ({
  usage_id: requestId(n),
  ...{ consumer: null, provider: null, payer: null, payee: null, service: null, asset: null, status: 'settled' },
})

async function collected(options: Partial<CollectReads> = {}, proxied: ProxyOptions = {}) {
  const proxy = await startProxy(anvil.url, proxied)
  const client = rpcClient({ chain: anvil.chain, url: proxy.url }, { backoffMs: 1 })
  const usages = ALL.map(known)
  const given = { client, protocol: protocolOf(), usages, block, covered: async () => [], multicallHash, ...options }
  const batches: Batch[] = []
  try {
    for await (const batch of collectReads(given)) batches.push(batch)
  } finally {
    await proxy.stop()
  }
  return {
    batches,
    events: batches.flatMap(({ facts }) => facts.usage_events ?? []),
    payments: batches.flatMap(({ facts }) => facts.payments ?? []),
    rejects: batches.flatMap(({ facts }) => facts.rejects ?? []),
    coverage: batches.flatMap(({ facts }) => facts.coverage ?? []),
    calls: proxy.calls,
  }
}

describe('collectReads', () => {
  it('tells of each usage what its contract held at the pinned block', async () => {
    const { events, payments, coverage } = await collected()
    expect(payments.map(({ usage_id, amount }) => [usage_id, amount])).toEqual(
      FULL.map((n) => [requestId(n), BigInt(n)]),
    )
    expect(events.map(({ usage_id }) => usage_id)).toEqual([...FULL, OVER].map(requestId))
    const place = { chain: anvil.chain, tx_hash: `read:${block.hash}:${requestId(1)}`, log_index: -1, sub_index: 0 }
    const at = { block_number: block.number, timestamp: block.timestamp, source: `rpc:${anvil.chain}` }
    const parties = { consumer: wallet(1), provider: wallet(101) }
    expect(events[0]).toMatchObject({ ...place, ...at, ...parties, kind: 'read', attribution: 'view-call' })
    expect(payments[0]).toMatchObject({ ...place, ...at, event_kind: 'read', from: wallet(1), asset: wallet(0x70) })
    expect(coverage).toMatchObject([
      { table_name: 'usage_events', method: 'eth_call', from_block: block.number, from_hash: block.hash, rows: 5 },
    ])
  })

  it('gives equal rows in one call for many and in calls of their own', async () => {
    const together = await collected()
    const apart = await collected({ multicallHash: MULTICALL_HASH })
    expect(apart.batches).toEqual(together.batches)
    expect(together.calls.eth_call).toBeLessThan(apart.calls.eth_call!)
    const whole = { usages: FULL.map(known) }
    expect((await collected(whole)).calls).toEqual({ eth_chainId: 1, eth_getCode: 1, eth_call: 1 })
    expect((await collected({ ...whole, multicallHash: MULTICALL_HASH })).calls.eth_call).toBe(1)
  })

  it('keeps a reverted call with its reason, also one that burns the gas of its neighbours', async () => {
    const { rejects } = await collected()
    const reasonOf = (n: number) => rejects.find(({ position }) => position.endsWith(requestId(n)))!.reason
    expect(rejects).toHaveLength(6)
    expect(reasonOf(HIDDEN)).toMatch(/^jobs getJob: .*revert/)
    for (const n of COSTLY) expect(reasonOf(n)).toMatch(/^jobs getJob: .*(invalid|gas)/i)
    expect(reasonOf(UNKNOWN)).toMatch(/^jobs getJob: .*no such job/)
    const raw = JSON.parse(rejects.find(({ position }) => position.endsWith(requestId(UNKNOWN)))!.raw)
    expect(raw).toMatchObject({ to: jobs.address, block: block.hash })
    expect(rejects.at(-1)).toMatchObject({ table_name: 'payments', reason: 'amount above 10^38 - 1' })
  })

  it('calls by number where the node takes no hash, and stops where another block has taken its place', async () => {
    const refuse = (call: { readonly params: readonly unknown[] }) => typeof call.params[1] === 'object'
    const byNumber = await collected({}, { refuseCalls: refuse })
    expect(byNumber.batches).toEqual((await collected()).batches)
    expect(byNumber.calls.eth_getBlockByNumber).toBeGreaterThan(1)
    let headers = 0
    const moved = (call: { readonly method: string }, result: unknown) => {
      if (call.method !== 'eth_getBlockByNumber') return result
      headers += 1
      return headers === 1 ? result : { ...(result as object), hash: requestId(0xbad) }
    }
    await expect(collected({}, { refuseCalls: refuse, change: moved })).rejects.toThrow(InconsistentSourceError)
    await expect(collected({ block: { ...block, hash: requestId(0xbad) } })).rejects.toThrow(/two hashes for block/)
  })

  it('does not ask again at the same block, and goes on where it was ended', async () => {
    await withLedger([], async ({ ledger }) => {
      const ending = new AbortController()
      const options = { usagesABatch: 3, covered: ledger.covered }
      const first = await collected({ ...options, progress: () => ending.abort(), signal: ending.signal })
      expect(first.batches).toHaveLength(1)
      for (const batch of first.batches) await ledger.append(batch)
      const second = await collected(options)
      expect(second.batches).toHaveLength(3)
      for (const batch of second.batches) await ledger.append(batch)
      expect((await collected(options)).calls).toEqual({})
      const later = { ...options, block: await blockAt(block.number + 1) }
      expect((await collected(later)).payments[0]!.amount).toBe(99n)
    })
  })

  it('fills the usage of which the logs hold an id alone', async () => {
    await withLedger([], async ({ ledger }) => {
      const client = rpcClient({ chain: anvil.chain, url: anvil.url })
      const range = { from: 0, to: block.number }
      const reading = readingOf(client, { range, covered: ledger.covered })
      for await (const batch of collectProtocol(reading, protocolOf())) await ledger.append(batch)
      await ledger.materialize('usage')
      const asked = { protocol: 'jobs', chain: anvil.chain }
      const usages = (await ledger.rows('usages-to-read', asked)) as unknown as KnownUsage[]
      expect(usages).toEqual(ALL.map(known))
      for (const batch of (await collected({ usages })).batches) await ledger.append(batch)
      await ledger.materialize('usage')
      const filled = await ledger.rows('usages-to-read', asked)
      expect(filled[0]).toMatchObject({ payer: wallet(1), payee: wallet(101), asset: wallet(0x70), status: 'settled' })
      expect(filled[3]).toMatchObject({ payer: null, payee: null })
      expect(await ledger.rows('wallets-of-protocol', asked)).toContainEqual({ wallet: wallet(101) })
    })
  })

  it('asks the contract that the view names, only one of its role, and nothing where there is nothing to ask', async () => {
    const read = protocolOf().reads![0]!
    const second = { ...protocolOf().deployments[0]!, address: wallet(0x55) }
    const deployments = [...protocolOf().deployments, second]
    await expect(collected({ protocol: protocolOf({ deployments }) })).rejects.toThrow(/does not say which contract/)
    const asking = (to: string | null) => ({
      usages: [known(1)],
      protocol: protocolOf({ deployments, reads: [{ ...read, contract: () => to }] as never }),
    })
    expect((await collected(asking(jobs.address))).payments).toMatchObject([{ amount: 1n }])
    expect((await collected(asking(wallet(0x55)))).rejects).toMatchObject([
      { reason: 'jobs getJob: the contract answered nothing' },
    ])
    expect((await collected(asking(wallet(0x56)))).rejects).toMatchObject([
      { reason: `jobs getJob: ${wallet(0x56)} is no such contract of jobs` },
    ])
    expect((await collected(asking(null))).calls).toEqual({})
    expect((await collected({ protocol: protocolOf({ reads: [] }) })).calls).toEqual({})
    const silent = protocolOf({ reads: [{ ...read, decode: () => null }] as never })
    expect((await collected({ usages: [known(1)], protocol: silent })).rejects).toMatchObject([
      { reason: 'jobs getJob: the contract knows nothing of this usage' },
    ])
  })

  it('fails where the node does, and takes no contract of another code for Multicall3', async () => {
    const refuseCalls = ({ method }: { readonly method: string }) => method === 'eth_call'
    await expect(collected({ usages: FULL.map(known) }, { refuseCalls })).rejects.toThrow(/did not answer eth_call/)
    const code = (await anvil.client.getCode({ address: MULTICALL_ADDRESS }))!
    expect(keccak256(code)).not.toBe(MULTICALL_HASH)
    expect(artifacts.Multicall!.abi.some((item) => 'name' in item && item.name === 'aggregate3')).toBe(true)
  })
})
