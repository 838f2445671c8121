import { custom, toEventSelector } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyProtocol, Deployment } from '../../../src/protocols/protocol.ts'
import type { Batch, TableName } from '../../../src/records/index.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { collectProtocol } from '../../../src/sources/rpc/collect-protocol.ts'
import { contractOf } from '../../../src/sources/rpc/protocol-contracts.ts'
import type { Reading } from '../../../src/sources/rpc/reading.ts'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import type { Contract } from '../../support/anvil.ts'
import { finalHead, mine, type OlasChain, RATE, requestId, startOlasChain, wallet } from '../../support/olas-chain.ts'
import { readingOf } from '../../support/reading.ts'

const DELIVERY = toEventSelector('MarketplaceDelivery(address,address[],uint256,bytes32[],bool[])')

let chain: OlasChain
let early: Contract
let lateProtocol: AnyProtocol
let head: number

beforeAll(async () => {
  chain = await startOlasChain()
  const { anvil, tracker, protocol } = chain
  // A contract that logs long before the event that announces it.
  early = await anvil.deploy('AgentMech')
  await anvil.send(early, 'request', [wallet(7), 77n, '0x07'])
  await mine(anvil, 100)
  await anvil.send(tracker, 'finalize', [early.address, 1n])
  head = await finalHead(anvil)
  lateProtocol = {
    ...protocol,
    discoveries: [{ role: 'balance-tracker', event: 'MechBalanceAdjusted', argument: 'mech', as: 'agent-mech' }],
  }
})
afterAll(() => chain.anvil.stop())

type Options = Partial<Reading> & { readonly protocol?: AnyProtocol; readonly known?: readonly Deployment[] }

async function batches({ protocol = chain.protocol, known = [], ...options }: Options = {}): Promise<Batch[]> {
  const client = rpcClient({ chain: chain.anvil.chain, url: chain.anvil.url })
  const reading = readingOf(options.client ?? client, { range: { from: 0, to: head }, mostBlocks: 25, ...options })
  const found: Batch[] = []
  for await (const batch of collectProtocol(reading, protocol, known)) found.push(batch)
  return found
}

function rows<table extends TableName>(found: readonly Batch[], table: table) {
  return found.flatMap(({ facts }) => [...(facts[table] ?? [])]) as NonNullable<Batch['facts'][table]>[number][]
}

describe('collectProtocol', () => {
  it('reads the full history of a contract that is announced in the last chunk', async () => {
    const found = await batches({ protocol: lateProtocol })
    const usage = rows(found, 'usage_events').find(({ consumer }) => consumer === wallet(7))
    expect(usage).toMatchObject({
      kind: 'requested',
      provider: early.address,
      usage_id: `${early.address}:${requestId(77)}`,
    })
    expect(head - usage!.block_number!).toBeGreaterThanOrEqual(100)
    expect(rows(found, 'labels').map(({ address, name }) => [address, name])).toContainEqual([
      early.address,
      `olas-mech:agent-mech:${chain.token.address}`,
    ])
  })

  it('takes contracts found by an earlier run instead of reading their announcements again', async () => {
    const first = await batches()
    const known = rows(first, 'labels').map(
      ({ address, name }) => contractOf('olas-mech', chain.anvil.chain, address, name!)!,
    )
    const specs = new Set<string>()
    const covered: Reading['covered'] = async ({ table, spec }) => {
      specs.add(`${table} ${spec}`)
      return table === 'labels' ? [{ from: 0, to: head }] : []
    }
    const second = await batches({ known, covered })
    expect(rows(second, 'labels')).toEqual([])
    expect(rows(second, 'usage_events')).toEqual(rows(first, 'usage_events'))
    expect(specs).toEqual(new Set(rows(first, 'coverage').map(({ table_name, spec }) => `${table_name} ${spec}`)))
    expect(known.every(({ role }) => role === 'mech')).toBe(true)
  })

  it('remembers what a discovered contract counts in', () => {
    const found = contractOf('p', 'eip155:1', '0x01', 'p:staking:nvm-credits:0x02') as Deployment
    expect(found).toMatchObject({ role: 'staking', asset: 'nvm-credits:0x02', fromBlock: null })
    expect(contractOf('p', 'eip155:1', '0x01', 'p:mech')).not.toHaveProperty('asset')
    expect(contractOf('p', 'eip155:1', '0x01', 'q:mech')).toBeNull()
  })

  it('joins the logs that several contracts leave in one transaction', async () => {
    const found = await batches()
    expect(rows(found, 'payments').map(({ amount, asset, to }) => [amount, asset, to !== null])).toEqual(
      [1, 2, 3, 4].map(() => [RATE, chain.token.address, true]),
    )
    expect(new Set(rows(found, 'payments').map(({ source }) => source))).toEqual(new Set([`rpc:${chain.anvil.chain}`]))
    expect(found[0]!.facts.assets).toContainEqual({
      chain: chain.anvil.chain,
      asset: chain.token.address,
      symbol: 'T',
      decimals: 18,
      declared: true,
      peg: 'USD',
      source: 'protocol:olas-mech',
    })
    expect(found[0]!.facts.protocols).toMatchObject([{ protocol: 'olas-mech', metric_time: 'requested_at' }])
  })

  it('keeps a log that does not hold what its event declares, and goes on', async () => {
    const cut = await withChangedLogs((log) =>
      log.topics[0] === DELIVERY ? { ...log, data: log.data.slice(0, 66) } : log,
    )
    const rejects = rows(cut, 'rejects')
    expect(rejects).toHaveLength(2)
    expect(rejects[0]).toMatchObject({ table_name: 'usage_events', source: `rpc:${chain.anvil.chain}` })
    expect(rejects[0]!.reason).toMatch(/mech-marketplace MarketplaceDelivery/)
    expect(JSON.parse(rejects[0]!.raw)).toMatchObject({ address: chain.marketplace.address })
    expect(rows(cut, 'usage_events')).toHaveLength(4)
  })

  it('stops where a header and a log disagree about one block', async () => {
    const otherHash = (log: RawAnswer) => ({ ...log, blockHash: requestId(1) })
    await expect(withChangedLogs(otherHash, { mostBlocks: 1 })).rejects.toThrow(InconsistentSourceError)
    const otherTime = (log: RawAnswer) => ({ ...log, blockTimestamp: '0x1' })
    await expect(withChangedLogs(otherTime, { mostBlocks: 1 })).rejects.toThrow(/two times for block/)
  })

  it('says how far it is', async () => {
    const said: { stage: string; done: number; total: number }[] = []
    await batches({ progress: (event) => said.push(event) })
    for (const stage of ['contracts', 'events']) {
      const of = said.filter((event) => event.stage === `olas-mech on ${chain.anvil.chain}: ${stage}`)
      expect(of.at(-1)!.done).toBe(of.at(-1)!.total)
      expect(of.map(({ done }) => done)).toEqual(of.map(({ done }) => done).sort((a, b) => a - b))
    }
  })
})

type Receipt = { readonly logs: readonly RawAnswer[] }
type RawAnswer = { readonly topics: readonly string[]; readonly data: string }

/** The same chain through a node that changes logs on their way. */
async function withChangedLogs(change: (log: RawAnswer) => object, options: Options = {}) {
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    const answer = await chain.anvil.client.request({ method, params } as never)
    if (method === 'eth_getBlockReceipts')
      return (answer as Receipt[]).map((one) => ({ ...one, logs: one.logs.map(change) }))
    return method === 'eth_getLogs' ? (answer as RawAnswer[]).map(change) : answer
  }
  const client = rpcClient({ chain: chain.anvil.chain, transport: custom({ request }) })
  return batches({ client, ...options })
}
