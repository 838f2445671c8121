import { describe, expect, it } from 'vitest'
import { olasMech } from '../../../src/protocols/olas-mech.ts'
import type { AnyProtocol } from '../../../src/protocols/protocol.ts'
import type { Batch } from '../../../src/records/index.ts'
import { subgraphClient } from '../../../src/sources/subgraph/client.ts'
import { type CollectEntities, collectEntities } from '../../../src/sources/subgraph/collect-entities.ts'
import { documentText, operationsOf } from '../../../src/sources/subgraph/document.ts'
import { hashOf, metaOf, startGraphqlServer } from '../../support/graphql-server.ts'

const fieldOf = new Map(
  operationsOf(documentText('olas-marketplace')).map(({ field, text }) => [/query (\w+)/.exec(text)?.[1], field]),
)
const hash = `0x${'7e'.repeat(32)}`
const mech = `0x${'0a'.repeat(20)}`
const good = {
  id: `${hash}05000000`,
  priorityMech: mech,
  requester: `0x${'0b'.repeat(20)}`,
  requestIds: [hashOf(1), hashOf(2)],
  blockNumber: '12',
  blockTimestamp: '1700000000',
  transactionHash: hash,
}

async function batches(
  given: { readonly [field: string]: readonly { readonly id: string; readonly blockNumber: string }[] },
  options: Partial<CollectEntities> = {},
  deployment = () => 'QmOne',
) {
  const server = await startGraphqlServer(({ operation, variables }) => {
    const field = fieldOf.get(operation)
    const rows = given[field ?? ''] ?? []
    const page = rows.filter(
      ({ id, blockNumber }) =>
        id > variables.after! &&
        Number(blockNumber) >= Number(variables.from) &&
        Number(blockNumber) <= Number(variables.to),
    )
    return { data: { ...metaOf(20, { deployment: deployment() }), ...(field === undefined ? {} : { [field]: page }) } }
  })
  const client = subgraphClient({ chain: 'eip155:100', url: server.url, waitMs: 1 })
  const found: Batch[] = []
  try {
    const defaults = {
      client,
      protocol: olasMech,
      range: { from: 1, to: 20 },
      covered: async () => [],
      windowBlocks: 10,
    }
    for await (const batch of collectEntities({ ...defaults, ...options })) found.push(batch)
  } finally {
    await server.stop()
  }
  return { found, asked: server.asked }
}

describe('the entities of a subgraph', () => {
  it('become rows under the keys of their logs, with the coverage that each window completes', async () => {
    const { found } = await batches({ marketplaceRequests: [good] })
    const rows = found.flatMap(({ facts }) => facts.usage_events ?? [])
    expect(rows).toMatchObject(
      [0, 1].map((sub_index) => ({
        ...{ chain: 'eip155:100', tx_hash: hash, log_index: 5, sub_index, kind: 'requested' },
        ...{ usage_id: hashOf(sub_index + 1), provider: mech, consumer: good.requester, payload_hash: null },
        ...{ block_number: 12, timestamp: 1_700_000_000_000, source: 'subgraph:eip155:100' },
      })),
    )
    const coverage = found.flatMap(({ facts }) => facts.coverage ?? [])
    expect(coverage).toMatchObject([
      { from_block: 1, to_block: 10, from_hash: null, to_hash: null, from_time: null, rows: 0 },
      { from_block: 11, to_block: 20, from_hash: null, to_hash: hashOf(20), from_time: 1_700_000_000_000, rows: 2 },
    ])
  })

  it('that are malformed go to rejects with all they say, and no row is lost beside them', async () => {
    const odd = [
      { ...good, id: `${hash}06000000`, requester: 'somebody' },
      { ...good, id: '0xff', requestIds: [] },
    ]
    const { found } = await batches({ marketplaceRequests: [good, ...odd].sort((a, b) => (a.id < b.id ? -1 : 1)) })
    const rejects = found.flatMap(({ facts }) => facts.rejects ?? [])
    expect(found.flatMap(({ facts }) => facts.usage_events ?? [])).toHaveLength(2)
    expect(rejects.map(({ position, raw }) => [position, JSON.parse(raw)])).toEqual(odd.map((one) => [one.id, one]))
    expect(rejects.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^marketplaceRequests\.requester: /),
      'marketplaceRequests: the id does not hold transaction hash and log index',
    ])
  })

  it('are read of what is not covered yet, and anew for another deployment', async () => {
    const specs: string[] = []
    const covered: CollectEntities['covered'] = async ({ spec }) => {
      specs.push(spec)
      return [{ from: 1, to: 15 }]
    }
    const { found, asked } = await batches({}, { covered })
    expect(found.flatMap(({ facts }) => facts.coverage ?? [])).toMatchObject([{ from_block: 16, to_block: 20 }])
    expect(asked.filter(({ operation }) => operation === 'Requests').map(({ variables }) => variables)).toEqual([
      { block: hashOf(20), after: '', from: '16', to: '20' },
    ])
    await batches({}, { covered })
    await batches({}, { covered }, () => 'QmTwo')
    await batches({}, { covered, protocol: { ...olasMech, version: 99 } })
    expect(new Set(specs).size).toBe(3)
    expect(specs[0]).toBe(specs[1])
  })

  it('are refused where the deployment changes between two pages', async () => {
    let asked = 0
    const failing = batches({ marketplaceRequests: [good] }, {}, () => (asked++ < 3 ? 'QmOne' : 'QmTwo'))
    await expect(failing).rejects.toThrow(/was replaced while it was read[\s\S]*QmOne[\s\S]*QmTwo/)
  })

  it('are not asked for beyond the pin, nor of a protocol without a subgraph', async () => {
    await expect(batches({}, { range: { from: 1, to: 21 } })).rejects.toThrow(/pinned at block 20/)
    const { subgraph: _, ...without } = olasMech as AnyProtocol
    await expect(batches({}, { protocol: without })).rejects.toThrow(/No subgraph is known for olas-mech/)
  })
})
