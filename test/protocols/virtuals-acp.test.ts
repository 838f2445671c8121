import { keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { virtualsAcp } from '../../src/protocols/virtuals-acp.ts'
import { contextRows } from '../../src/sources/protocol-rows.ts'
import {
  type AcpChain,
  client,
  evaluator,
  eventsOf,
  graduationEvaluator,
  nobody,
  provider,
  startAcpChain,
  treasury,
} from '../support/acp-chain.ts'
import type { Contract } from '../support/anvil.ts'
import { expectTopics } from '../support/expect-topics.ts'

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

const hash = (text: string) => keccak256(toHex(text))
const asks = (name: string) => JSON.stringify({ name, requirement: { topic: 'weather' } })

describe('usage that the rules demand', () => {
  it('is told apart: entry to a contest by its name, graduation by its evaluator', async () => {
    const args = [1_000_000_050n, client, provider, evaluator, token, 10_000n, asks('join_leaderboard')]
    const joined = await perform(chain.router, 'createJob', args)
    expect(eventsOf(joined).map((row) => row[3])).toEqual([undefined, undefined, 'rule-required'])
    const judged = await perform(chain.acp, 'createJob', [50n, client, provider, graduationEvaluator, token])
    expect(eventsOf(judged).map((row) => row[3])).toEqual(['rule-required'])
    const other = await perform(chain.router, 'createJob', [...args.slice(0, 6), asks('perp_deposit')])
    expect(eventsOf(other).map((row) => row[3])).toEqual([undefined, undefined, undefined])
  })

  it.each(['no JSON', '{broken', '{"name":7,"requirement":1}', '{"name":"x"}', '[]', '{}'])(
    'names no service for %s',
    async (content) => {
      const args = [1_000_000_060n, client, provider, nobody, token, 1n, content]
      const created = await perform(chain.router, 'createJob', args)
      expect(eventsOf(created).at(-1)).toEqual(['requested', 'v2:1000000060', { work: hash(content) }])
      expect(eventsOf(await perform(chain.acp, 'createMemo', [60n, client, content]))).toEqual([])
    },
  )
})

describe('other contracts', () => {
  it('ignores the same logs from addresses that nobody announced', async () => {
    const strange: [Contract, string, readonly unknown[]][] = [
      [await chain.anvil.deploy('AcpSimple', [treasury, 0n, 0n]), 'createJob', [1n, client, provider, nobody, token]],
      [await chain.anvil.deploy('AcpJobManager'), 'created', [1n, client, provider, nobody]],
      [await chain.anvil.deploy('AcpCommerce', [token, treasury]), 'createJob', [1n, client, provider, nobody]],
    ]
    for (const [contract, name, args] of strange) {
      expect((await perform(contract, name, args)).facts).toEqual({ usage_events: [], payments: [], rejects: [] })
    }
    const router = await chain.anvil.deploy('AcpRouter', [treasury])
    expect((await perform(router, 'install')).discovered).toEqual([])
  })
})

describe('declarations', () => {
  expectTopics('virtuals')

  it('names its programmes and who graduates, and keeps deployments apart', () => {
    const { programmes = [], labels = [] } = contextRows(virtualsAcp, 'eip155:8453')
    expect(programmes.map(({ programme }) => programme)).toEqual([
      'agdp-leaderboard',
      'ecosystem-airdrop',
      'graduation',
    ])
    expect(labels.map(({ address, kind }) => [address, kind])).toEqual([[graduationEvaluator, 'operator-test']])
    expect(contextRows(virtualsAcp, 'eip155:1').programmes).toEqual([])
    const keys = virtualsAcp.deployments.map(({ chain, address }) => `${chain}:${address}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { address } of virtualsAcp.deployments) expect(address).toMatch(/^0x[0-9a-f]{40}$/)
  })
})
