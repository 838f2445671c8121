import { describe, expect, it } from 'vitest'
import { type WalletClusters, walletClusters } from '../../src/clusters/wallet-clusters.ts'
import type { Label, Link } from '../../src/records/context.ts'
import type { Facts } from '../../src/records/index.ts'
import { clusterWorld, ETHER, farm } from '../support/cluster-world.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

const clustersOf = (facts: Facts) => withLedger(facts, ({ context }) => context.get(walletClusters))

const namesOf = ({ clusters, names }: Pick<WalletClusters, 'clusters' | 'names'>) =>
  clusters.map(({ members }) => members.map((member) => names[member]!).sort()).sort()

const farms = [0, 1, 2, 3, 4].map(farm)

describe('clusters of parties', () => {
  it('are farms, and never the customers of an exchange', async () => {
    const found = await clustersOf(clusterWorld(1))
    expect(namesOf(found)).toEqual(farms)
    expect(found.abstained).toBe(false)
    expect(found.entities(0.5).payers).toBe(305)
    expect(found.entities(1.1).payers).toBe(350)
  })

  it('have links that make a tree, the founder first to pay', async () => {
    const { clusters, names } = await clustersOf(clusterWorld(1))
    for (const { members, links, founder } of clusters) {
      expect(links).toHaveLength(members.length - 1)
      expect(names[founder]).toMatch(/^farm \d 0$/)
      for (const { probability } of links) expect(probability).toBeGreaterThanOrEqual(0.5)
    }
  })

  it('do not change where farms send dust to everybody', async () => {
    expect(namesOf(await clustersOf(clusterWorld(1, { dust: true })))).toEqual(farms)
  })

  it('are none in a market without farms', async () => {
    for (const seed of [2, 3, 4]) expect(namesOf(await clustersOf(clusterWorld(seed, { farms: 0 })))).toEqual([])
  })

  it('do not depend on the order of the rows', async () => {
    const facts = clusterWorld(5)
    const turned = Object.fromEntries(Object.entries(facts).map(([table, rows]) => [table, [...rows].reverse()]))
    const [one, other] = [await clustersOf(facts), await clustersOf(turned)]
    expect({ ...other, entities: null }).toEqual({ ...one, entities: null })
  })
})

describe('certain links', () => {
  const used = (from: string, to: string, i: number) => {
    const fields = { tx_hash: `0x1${i}`, usage_id: `u${i}`, timestamp: 1_000 + i }
    return { event: usageEvent({ ...fields, consumer: from, provider: to }), leg: payment({ ...fields, from, to }) }
  }
  const both = [used('0xaa', '0xbb', 0), used('0xcc', '0xdd', 1)]
  const facts = { usage_events: both.map(({ event }) => event), payments: both.map(({ leg }) => leg) }
  const owner = (subject: string, object: string, kind: Link['kind'] = 'owner'): Link => {
    return { chain: 'eip155:1', subject, object, kind, from_block: null, to_block: null, source: 'test' }
  }

  it('are an owner that two wallets share, or that is itself a party', async () => {
    const links = [owner('0xaa', '0xee'), owner('0xdd', '0xee'), owner('0xbb', '0xcc'), owner('0xcc', '0xff', 'member')]
    const found = await clustersOf({ ...facts, links, transfers: [transfer({ from: '0x01', to: '0x02' })] })
    expect(namesOf(found)).toEqual([
      ['0xaa', '0xdd'],
      ['0xbb', '0xcc'],
    ])
    const certain = found.clusters.flatMap(({ links }) => links.map(({ kind, probability }) => [kind, probability]))
    expect(certain).toEqual([
      ['owner', 1],
      ['owner', 1],
    ])
  })

  it('are a deposit address that two wallets share', async () => {
    const labels: Label[] = [
      { address: '0xe0', chain: null, kind: 'exchange', name: null, source: 'test', as_of: null },
    ]
    const transfers = ['0xaa', '0xdd'].flatMap((from, i) => [
      transfer({ tx_hash: `0x2${i}`, from, to: '0xd1', timestamp: 5_000 + i * 1_000, amount: ETHER }),
      transfer({ tx_hash: `0x3${i}`, from: '0xd1', to: '0xe0', timestamp: 5_500 + i * 1_000, amount: ETHER }),
    ])
    const found = await clustersOf({ ...facts, labels, transfers })
    expect(namesOf(found)).toEqual([['0xaa', '0xdd']])
    expect(found.clusters[0]!.links).toEqual([expect.objectContaining({ kind: 'deposit', probability: 0.99 })])
  })
})
