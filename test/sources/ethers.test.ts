import { type AbstractProvider, FallbackProvider, FetchRequest, JsonRpcProvider, Network } from 'ethers'
import { createClient, type Transport } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { ethersTransport } from '../../src/sources/ethers.ts'
import { rpcClient } from '../../src/sources/rpc/client.ts'
import { RpcError } from '../../src/sources/rpc/failure.ts'
import type { Endpoint } from '../../src/sources/rpc/node.ts'
import { type OlasChain, startOlasChain } from '../support/olas-chain.ts'
import { startProxy } from '../support/rpc-proxy.ts'

let chain: OlasChain
const opened: AbstractProvider[] = []
beforeAll(async () => {
  chain = await startOlasChain()
})
afterAll(async () => {
  for (const provider of opened) provider.destroy()
  await chain.anvil.stop()
})

/** Throttled once and then left to us: by itself ethers repeats a throttled request for minutes. */
function single(url: string): JsonRpcProvider {
  const request = new FetchRequest(url)
  request.setThrottleParams({ maxAttempts: 1 })
  const staticNetwork = Network.from(chain.anvil.chainId)
  const provider = new JsonRpcProvider(request, staticNetwork, { staticNetwork })
  opened.push(provider)
  return provider
}

function fallback(url: string): FallbackProvider {
  const provider = new FallbackProvider([single(url)], chain.anvil.chainId, { quorum: 1 })
  opened.push(provider)
  return provider
}

async function collected(endpoint: Endpoint) {
  const ledger = await openLedger(':memory:')
  const { calls } = await collect({ ledger, protocols: [chain.protocol], endpoints: [endpoint], to: chain.head })
  const result = { hash: await ledger.hash(), usage: (await ledger.rows('usage')).length, calls }
  ledger.close()
  return result
}

const kinds = [
  ['JsonRpcProvider', single],
  ['FallbackProvider', fallback],
] as const

describe.each(kinds)('%s as an endpoint', (_, open) => {
  it('gives the same ledger as the URL', async () => {
    const { chain: name, url } = chain.anvil
    const byUrl = await collected({ chain: name, url })
    expect(byUrl.usage).toBe(4)
    const byProvider = await collected({ chain: name, transport: ethersTransport(open(url)) })
    expect(byProvider).toMatchObject({ hash: byUrl.hash, usage: 4 })
  })

  it('says the same of a range that is refused', async () => {
    const proxy = await startProxy(chain.anvil.url, { maxBlocks: 5 })
    const failure = async (transport: Transport) => {
      const range = { fromBlock: '0x0', toBlock: '0x20' } as const
      return createClient({ transport })
        .request({ method: 'eth_getLogs', params: [range] } as never)
        .then(
          () => null,
          (error: unknown) => error as { readonly details: string; readonly code: number },
        )
    }
    expect(await failure(ethersTransport(open(proxy.url)))).toMatchObject({
      details: 'eth_getLogs block range is limited to 5 blocks',
      code: -32600,
    })
    await proxy.stop()
  })
})

describe('errors of ethers', () => {
  const refused = async (endpoint: Endpoint, method: string, params: readonly unknown[]) => {
    const client = rpcClient(endpoint, { backoffMs: 1 })
    const error = await client.ask(method, [params]).catch((failed: unknown) => failed)
    expect(error).toBeInstanceOf(RpcError)
    return (error as RpcError).failure
  }

  it.each([
    ['eth_nonsense', []],
    ['eth_getLogs', [{ fromBlock: 'soon' }]],
    ['eth_getBlockByNumber', ['soon', false]],
  ])('are classified as by URL: %s', async (method, params) => {
    const { chain: name, url } = chain.anvil
    const transport = ethersTransport(single(url))
    expect(await refused({ chain: name, transport }, method, params)).toEqual(
      await refused({ chain: name, url }, method, params),
    )
  })

  it('carry the HTTP status', async () => {
    const proxy = await startProxy(chain.anvil.url, { refuseEvery: 1 })
    const transport = ethersTransport(single(proxy.url))
    const byProvider = await refused({ chain: chain.anvil.chain, transport }, 'eth_chainId', [])
    const byUrl = await refused({ chain: chain.anvil.chain, url: proxy.url }, 'eth_chainId', [])
    await proxy.stop()
    expect(byUrl).toMatchObject({ kind: 'rate', status: 429 })
    expect(byProvider).toEqual(byUrl)
  })

  it('name a method that a provider without raw JSON-RPC cannot serve', async () => {
    const { chain: name, url } = chain.anvil
    const transport = ethersTransport(fallback(url))
    expect(await refused({ chain: name, transport }, 'eth_getBlockReceipts', ['0x1'])).toMatchObject({
      kind: 'unsupported',
      words: 'the method eth_getBlockReceipts does not exist/is not available',
    })
  })
})
