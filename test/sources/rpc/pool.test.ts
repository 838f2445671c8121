import { custom } from 'viem'
import { describe, expect, it } from 'vitest'
import { rpcClient } from '../../../src/sources/rpc/client.ts'

const CHAIN = 'eip155:100'
const filter = { addresses: [`0x${'0c'.repeat(20)}`], topics: [] }

type Answer = (method: string) => unknown

/** A client over two nodes. `calls` lists what each was asked, in order. */
function twoNodes(first: Answer, second: Answer) {
  const calls: [string[], string[]] = [[], []]
  const endpoints = [first, second].map((answer, i) => ({
    chain: CHAIN,
    transport: custom({
      request: async ({ method }: { readonly method: string }) => {
        calls[i]!.push(method)
        return method === 'eth_chainId' ? '0x64' : answer(method)
      },
    }),
  }))
  return { client: rpcClient(endpoints, { backoffMs: 0 }), calls }
}

const silent: Answer = () => {
  throw { status: 503, details: 'out of service' }
}
const honest: Answer = (method) => (method === 'eth_getLogs' ? [] : `from ${method}`)

describe('several nodes', () => {
  it('take over where the first fails, and leave it alone while it rests', async () => {
    const { client, calls } = twoNodes(silent, honest)
    expect(await client.getLogs({ ...filter, from: 1, to: 9 })).toEqual([])
    const asked = calls[0].length
    expect(await client.getLogs({ ...filter, from: 10, to: 19 })).toEqual([])
    expect(calls[0]).toHaveLength(asked)
    expect(calls[1].filter((method) => method === 'eth_getLogs')).toHaveLength(2)
  })

  it('ask the other one for a second opinion, but not while it rests', async () => {
    const well = twoNodes(honest, honest)
    await well.client.askWitness('eth_getBlockReceipts', [['0x1']], (answer) => answer)
    expect(well.calls).toEqual([[], ['eth_chainId', 'eth_getBlockReceipts']])
    const { client, calls } = twoNodes(honest, silent)
    const witness = () => client.askWitness('eth_getBlockReceipts', [['0x1']], (answer) => answer)
    expect(await witness()).toEqual(['from eth_getBlockReceipts'])
    const asked = calls[1].length
    expect(await witness()).toEqual(['from eth_getBlockReceipts'])
    expect(calls[1]).toHaveLength(asked)
  })

  it('say what each of them said where none answers', async () => {
    const { client } = twoNodes(silent, () => {
      throw { status: 401, details: 'unauthorized' }
    })
    await expect(client.getLogs({ ...filter, from: 1, to: 1 })).rejects.toThrow(
      /endpoint 1: out of service; endpoint 2: unauthorized/,
    )
  })

  it('are not asked in turn for what is too wide: the question is cut', async () => {
    let refused = 0
    const { client, calls } = twoNodes((method) => {
      if (method !== 'eth_getLogs') return null
      refused += 1
      if (refused === 1) throw { code: -32600, message: 'block range is too wide' }
      return []
    }, honest)
    await client.getLogs({ ...filter, from: 1, to: 8 })
    expect(calls[0].filter((method) => method === 'eth_getLogs')).toHaveLength(3)
    expect(calls[1]).toEqual([])
  })
})
