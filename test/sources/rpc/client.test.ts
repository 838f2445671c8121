import { custom } from 'viem'
import { describe, expect, it } from 'vitest'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { InconsistentSourceError, SourceError } from '../../../src/sources/source.ts'

const CHAIN = 'eip155:100'
const address = `0x${'0c'.repeat(20)}`
const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
const hex = (n: number) => `0x${n.toString(16)}`
const filter = { addresses: [address], topics: [[word(1)]] }

function rawLog(block: number, index: number, fields: object = {}) {
  return {
    address,
    topics: [word(1)],
    data: '0x',
    blockNumber: hex(block),
    blockHash: word(block),
    blockTimestamp: hex(1_000 + block),
    transactionHash: word(block * 100),
    logIndex: hex(index),
    removed: false,
    ...fields,
  }
}

type Handlers = { readonly [method: string]: (params: readonly unknown[]) => unknown }

/** A node of chain 100 that answers as told. `calls` counts what it was asked. */
function node(handlers: Handlers, chainId: unknown = '0x64') {
  const calls: { [method: string]: number } = {}
  const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
    calls[method] = (calls[method] ?? 0) + 1
    return method === 'eth_chainId' ? chainId : handlers[method]!(params ?? [])
  }
  return { client: rpcClient({ chain: CHAIN, transport: custom({ request }) }, { backoffMs: 1 }), calls }
}

const logsOf = (answer: unknown) => node({ eth_getLogs: () => answer }).client.getLogs({ ...filter, from: 1, to: 9 })

describe('rpcClient', () => {
  it('checks the chain once, before anything else', async () => {
    const right = node({ eth_getLogs: () => [] })
    await right.client.getLogs({ ...filter, from: 1, to: 9 })
    await right.client.getLogs({ ...filter, from: 1, to: 9 })
    expect(right.calls).toEqual({ eth_chainId: 1, eth_getLogs: 2 })
    const wrong = node({ eth_getLogs: () => [] }, '0x1')
    await expect(wrong.client.getLogs({ ...filter, from: 1, to: 9 })).rejects.toThrow(/eip155:100[\s\S]*eip155:1\b/)
    expect(wrong.calls).toEqual({ eth_chainId: 1 })
    expect(() => rpcClient({ chain: 'gnosis', url: 'http://127.0.0.1:1' })).toThrow(/eip155:<chain id>/)
  })

  it('gives logs in the order of the chain, lower-case, with time in ms', async () => {
    const answer = [rawLog(5, 1), rawLog(5, 0, { blockTimestamp: undefined }), rawLog(2, 7, { data: '0xABCD' })]
    const logs = await logsOf(answer)
    expect(logs.map(({ blockNumber, logIndex, timestamp }) => [blockNumber, logIndex, timestamp])).toEqual([
      [2, 7, 1_002_000],
      [5, 0, null],
      [5, 1, 1_005_000],
    ])
    expect(logs[0]!.data).toBe('0xabcd')
  })

  it.each([
    ['no list', { logs: [] }],
    ['null', null],
    ['a log without a hash', [rawLog(2, 0, { transactionHash: null })]],
    ['a short topic', [rawLog(2, 0, { topics: ['0x01'] })]],
    ['half a byte of data', [rawLog(2, 0, { data: '0xabc' })]],
    ['a number that is none', [rawLog(2, 0, { logIndex: 3 })]],
    ['a time that is none', [rawLog(2, 0, { blockTimestamp: 'now' })]],
  ])('refuses %s', async (_, answer) => {
    await expect(logsOf(answer)).rejects.toThrow(SourceError)
    await expect(logsOf(answer)).rejects.toThrow(/something else than/)
  })

  it.each([
    ['a removed log', [rawLog(2, 0, { removed: true })]],
    ['a log beyond the range', [rawLog(10, 0)]],
    ['a log of another contract', [rawLog(2, 0, { address: `0x${'0d'.repeat(20)}` })]],
    ['one log twice', [rawLog(2, 0), rawLog(2, 0)]],
    ['two hashes of one block', [rawLog(2, 0), rawLog(2, 1, { blockHash: word(77) })]],
  ])('calls %s a contradiction, and does not ask again', async (_, answer) => {
    const { client, calls } = node({ eth_getLogs: () => answer })
    await expect(client.getLogs({ ...filter, from: 1, to: 9 })).rejects.toThrow(InconsistentSourceError)
    expect(calls.eth_getLogs).toBe(1)
  })

  it('halves a range until the node answers, into [a, mid] and [mid + 1, b]', async () => {
    const asked: [number, number][] = []
    const { client } = node({
      eth_getLogs: ([params]) => {
        const { fromBlock, toBlock } = params as { fromBlock: string; toBlock: string }
        const [from, to] = [Number(fromBlock), Number(toBlock)]
        asked.push([from, to])
        if (to - from + 1 > 3) throw { code: -32000, message: 'query returned more than 3 results' }
        return Array.from({ length: to - from + 1 }, (_, i) => rawLog(from + i, 0))
      },
    })
    const logs = await client.getLogs({ ...filter, from: 1, to: 9 })
    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(asked).toEqual([
      [1, 9],
      [1, 5],
      [1, 3],
      [4, 5],
      [6, 9],
      [6, 7],
      [8, 9],
    ])
  })

  it('is patient with a busy node, and gives up in its words', async () => {
    let busy = 3
    const patient = node({
      eth_getLogs: () => {
        busy -= 1
        if (busy >= 0) throw { code: 429, message: 'Too many requests' }
        return []
      },
    })
    expect(await patient.client.getLogs({ ...filter, from: 1, to: 9 })).toEqual([])
    expect(patient.calls.eth_getLogs).toBe(4)
    const broken = node({
      eth_getLogs: () => {
        throw { code: -32000, message: 'missing trie node' }
      },
    })
    await expect(broken.client.getLogs({ ...filter, from: 1, to: 9 })).rejects.toThrow(
      /The provider says: missing trie/,
    )
    expect(broken.calls.eth_getLogs).toBe(1)
  })

  it('checks headers against the number asked for, and says which block is missing', async () => {
    const header = (n: number) => ({ number: hex(n), hash: word(n), timestamp: hex(50 + n) })
    const honest = node({ eth_getBlockByNumber: ([at]) => header(Number(at)) })
    expect(await honest.client.getBlocks([4, 2])).toEqual([
      { number: 4, hash: word(4), parentHash: null, timestamp: 54_000, bloom: null },
      { number: 2, hash: word(2), parentHash: null, timestamp: 52_000, bloom: null },
    ])
    const other = node({ eth_getBlockByNumber: () => header(3) })
    await expect(other.client.getBlock(4)).rejects.toThrow(InconsistentSourceError)
    expect(await other.client.getBlock('finalized')).toMatchObject({ number: 3 })
    await expect(node({ eth_getBlockByNumber: () => null }).client.getBlock(8)).rejects.toThrow(/has no block 8/)
  })

  it('never prints the URL of an endpoint that is down', async () => {
    const url = 'http://user:s3cretword@127.0.0.1:9/rpc/aaaabbbbccccddddeeee?k=v4lue5'
    const client = rpcClient({ chain: CHAIN, url }, { backoffMs: 1 })
    const error = await client.chainId().catch((failure: unknown) => failure as SourceError)
    expect(error).toBeInstanceOf(SourceError)
    const all = `${error} ${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`
    expect(all).not.toMatch(/s3cretword|aaaabbbbccccddddeeee|v4lue5/)
  })
})
