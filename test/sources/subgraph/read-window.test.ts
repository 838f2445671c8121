import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import { subgraphClient } from '../../../src/sources/subgraph/client.ts'
import { readWindow } from '../../../src/sources/subgraph/read-window.ts'
import { hashOf, metaOf, type Question, startGraphqlServer } from '../../support/graphql-server.ts'

const meta = { deployment: 'QmOne', block: { number: 99, hash: hashOf(99) } }
const entities = { things: z.object({ id: z.string(), blockNumber: z.number(), size: z.int() }) }
const operations = [{ field: 'things', text: 'query Things($block: Bytes!, $after: ID!) { things { id } }' }]

type Thing = { readonly id: string; readonly blockNumber: number; readonly size: unknown }

/** What graph-node does with a page, over a list, with at most `limit` rows a page. */
const pageOf = (things: readonly Thing[], limit: number, { variables }: Question) =>
  things
    .filter(({ blockNumber }) => blockNumber >= Number(variables.from) && blockNumber <= Number(variables.to))
    .filter(({ id }) => id > variables.after!)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)

async function read(give: (question: Question) => unknown, range = { from: 0, to: 9 }) {
  const server = await startGraphqlServer((question) => ({ data: { ...metaOf(99), things: give(question) } }))
  const client = subgraphClient({ chain: 'eip155:100', url: server.url, waitMs: 1 })
  try {
    return { ...(await readWindow(client, operations, entities, meta, range)), asked: server.asked }
  } finally {
    await server.stop()
  }
}

describe('a window', () => {
  it('gives every entity once, whatever the pages', async () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{1,6}$/), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
        const things = all.map((id, i) => ({ id, blockNumber: i % 20, size: i }))
        const { found, rejects, asked } = await read((question) => pageOf(things, limit, question))
        const wanted = things.filter(({ blockNumber }) => blockNumber < 10)
        expect(new Set(found.things?.map((one) => (one as Thing).id))).toEqual(new Set(wanted.map(({ id }) => id)))
        expect(found.things).toHaveLength(wanted.length)
        expect(rejects).toEqual([])
        expect(asked).toHaveLength(Math.ceil(wanted.length / limit) + 1)
        expect(asked.every(({ variables }) => variables.block === hashOf(99) && !('skip' in variables))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps an entity of another shape whole, with what is wrong with it, and all others', async () => {
    const odd = { id: 'b', blockNumber: 2, size: 'large', more: '\u202e' }
    const things = [{ id: 'a', blockNumber: 1, size: 1 }, odd, { id: 'c', blockNumber: 3, size: 3 }]
    const { found, rejects } = await read((question) => pageOf(things, 1000, question))
    expect(found.things).toEqual([things[0], things[2]])
    expect(rejects).toEqual([
      {
        table_name: 'usage_events',
        position: 'b',
        reason: expect.stringMatching(/^things\.size: /),
        raw: JSON.stringify(odd),
      },
    ])
  })

  it.each([
    ['one entity twice', () => [{ id: 'a', blockNumber: 1, size: 1 }], /gave one entity on two pages/],
    [
      'a block outside',
      (q: Question) => (q.variables.after === '' ? [{ id: 'a', blockNumber: 10, size: 1 }] : []),
      /not asked for/,
    ],
  ])('refuses %s', async (_, give, message) => {
    await expect(read(give)).rejects.toThrow(InconsistentSourceError)
    await expect(read(give)).rejects.toThrow(message)
  })

  it.each([[null], [{}], [[{ size: 1 }]], [[null]]])('refuses %j in place of a list of entities', async (given) => {
    await expect(read(() => given)).rejects.toThrow(/something else than a list of things/)
  })
})
