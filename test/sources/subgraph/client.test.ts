import { afterEach, describe, expect, it } from 'vitest'
import { InconsistentSourceError, SourceError } from '../../../src/sources/source.ts'
import { subgraphClient } from '../../../src/sources/subgraph/client.ts'
import {
  type Answer,
  errorsOf,
  hashOf,
  metaOf,
  type Question,
  startGraphqlServer,
} from '../../support/graphql-server.ts'

const KEY = '0123456789abcdef0123456789abcdef'
const pin = { number: 7, hash: hashOf(7) }

let stop = async (): Promise<unknown> => undefined
afterEach(() => stop())

async function clientOf(answer: (question: Question) => Answer, options: { patience?: number } = {}) {
  const server = await startGraphqlServer(answer)
  stop = server.stop
  const url = `${server.url}/api/${KEY}/subgraphs/id/QmOne?apikey=hunter22`
  return { ...server, client: subgraphClient({ chain: 'eip155:100', url, waitMs: 5, ...options }) }
}

/** The message of what a call throws. */
async function failureOf(call: Promise<unknown>): Promise<Error> {
  const failure = await call.then(
    () => null,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(SourceError)
  return failure as Error
}

const inOrder = (answers: readonly Answer[]) => {
  let next = 0
  return () => answers[Math.min(next++, answers.length - 1)] as Answer
}

describe('a question to a subgraph', () => {
  it.each([
    'The `first` argument must be between 0 and 1000, but is 1001',
    'Type `Query` has no field `nothing`',
    'auth error: API key not found',
  ])('reads errors that come with status 200, in the words of the provider: %s', async (words) => {
    const { client, asked } = await clientOf(() => errorsOf(words))
    expect((await failureOf(client.ask('query A { a }'))).message).toContain(`The provider says: ${words}`)
    expect(asked).toHaveLength(1)
  })

  it('never prints what the URL holds in secret, whoever repeats it', async () => {
    const { client } = await clientOf(() => errorsOf(`no access to /api/${KEY}/subgraphs?apikey=hunter22`))
    const { message, stack } = await failureOf(client.ask('query A { a }'))
    expect(`${message}${stack}`).not.toMatch(/0123456789abcdef|hunter22/)
    await stop()
    stop = async () => undefined
    const refused = await failureOf(client.ask('query A { a }'))
    expect(`${refused.message}${refused.stack}`).toMatch(/ECONNREFUSED/)
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toMatch(/0123456789abcdef|hunter22/)
  })

  it('repeats what is worth repeating, and gives up on the rest', async () => {
    const busy = {
      status: 429,
      headers: { 'retry-after': '0.01' },
      text: '{"errors":[{"message":"Too many requests"}]}',
    }
    const down = { status: 503, text: '<html>upstream</html>' }
    const good = await clientOf(inOrder([busy, down, { data: { a: 1 } }]))
    expect(await good.client.ask('query A { a }')).toEqual({ a: 1 })
    await stop()
    const page = await clientOf(() => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      text: '<html>hello</html>',
    }))
    await failureOf(page.client.ask('query A { a }'))
    await stop()
    const denied = await clientOf(() => ({ status: 401, text: '{"errors":[{"message":"payment required"}]}' }))
    expect((await failureOf(denied.client.ask('query A { a }'))).message).toMatch(/payment required\nHTTP 401/)
    expect(denied.asked).toHaveLength(1)
  })

  it('ends at once when aborted', async () => {
    const controller = new AbortController()
    const server = await startGraphqlServer(() => {
      controller.abort()
      return { status: 503, text: '' }
    })
    stop = server.stop
    const client = subgraphClient({ chain: 'eip155:100', url: server.url, signal: controller.signal })
    await expect(client.ask('query A { a }')).rejects.toThrow(/abort/i)
    expect(server.asked).toHaveLength(1)
  })
})

describe('a pin', () => {
  it('is waited for while the subgraph is behind', async () => {
    const heads = [5, 5, 6, 8]
    const { client } = await clientOf(({ operation, variables }) =>
      operation === 'Head' ? { data: metaOf(heads.shift() ?? 8) } : { data: metaOf(Number(variables.block)) },
    )
    expect(await client.settle(pin)).toEqual({ deployment: 'QmOne', block: pin })
    expect(heads).toEqual([])
  })

  it('is given up after bounded looks, with both blocks', async () => {
    const { client, asked } = await clientOf(() => ({ data: metaOf(5) }), { patience: 3 })
    expect((await failureOf(client.settle(pin))).message).toMatch(/asked for block 7\nit has indexed up to block 5/)
    expect(asked).toHaveLength(4)
  })

  it('is waited for where another indexer behind the same URL says that it is behind', async () => {
    const words =
      'Failed to decode `block.number` value: `subgraph QmOne has only indexed up to block number 6 and data for block number 7 is therefore not yet available`'
    const later = inOrder([errorsOf(words), errorsOf(words), { data: metaOf(7) }])
    const { client } = await clientOf(({ operation }) => (operation === 'Head' ? { data: metaOf(8) } : later()))
    expect(await client.settle(pin)).toEqual({ deployment: 'QmOne', block: pin })
    await stop()
    const never = await clientOf(({ operation }) => (operation === 'Head' ? { data: metaOf(8) } : errorsOf(words)), {
      patience: 2,
    })
    expect((await failureOf(never.client.settle(pin))).message).toContain(words)
  })

  it('is not waited for where the subgraph has stopped at a mistake', async () => {
    const { client, asked } = await clientOf(() => ({ data: metaOf(5, { hasIndexingErrors: true }) }))
    expect((await failureOf(client.settle(pin))).message).toMatch(/has indexing errors/)
    expect(asked).toHaveLength(1)
  })

  it('of an unknown hash is refused with both hashes', async () => {
    const unknown = errorsOf('Failed to decode `block.hash` value: `no block with that hash found`')
    const { client } = await clientOf(({ operation }) =>
      operation === 'Head' ? { data: metaOf(7, { block: { number: 7, hash: hashOf(70) } }) } : unknown,
    )
    const failure = await failureOf(client.settle(pin))
    expect(failure).toBeInstanceOf(InconsistentSourceError)
    expect(failure.message).toContain(`asked for ${hashOf(7)}\nit stands at block 7, ${hashOf(70)}`)
  })
})

describe('an answer at a pin', () => {
  const meta = { deployment: 'QmOne', block: pin }
  it.each([
    [
      'another block',
      metaOf(7, { block: { number: 7, hash: hashOf(70) } }),
      new RegExp(`${hashOf(7)}\n.*${hashOf(70)}`),
    ],
    ['another deployment', metaOf(7, { deployment: 'QmTwo' }), /first: QmOne\nthen: QmTwo/],
    ['indexing errors', metaOf(7, { hasIndexingErrors: true }), /has indexing errors/],
    ['no _meta', {}, /something else/],
    ['a block without hash', metaOf(7, { block: { number: 7, hash: null } }), /something else/],
  ])('is refused for %s', async (_, data, message) => {
    const { client } = await clientOf(() => ({ data }))
    expect((await failureOf(client.askAt(meta, 'query A { a }'))).message).toMatch(message)
  })

  it('is refused where the server denies a failed subgraph', async () => {
    const data = metaOf(7, { hasIndexingErrors: true })
    const { client } = await clientOf(() => ({ data, ...errorsOf('indexing_error') }))
    expect((await failureOf(client.askAt(meta, 'query A { a }'))).message).toMatch(/has indexing errors/)
  })
})
