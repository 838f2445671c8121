import { describe, expect, it } from 'vitest'
import { RpcError, readFailure, secretsOf } from '../../../src/sources/rpc/failure.ts'

/** What providers say, in their words or close to them. */
const messages: readonly (readonly [kind: string, words: string, code?: number])[] = [
  ['size', 'query returned more than 10000 results', -32005],
  ['size', 'Query returned more than 10000 results. Try with this block range [0x1, 0x2].', -32005],
  ['size', 'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range', -32602],
  ['size', 'query exceeds max results 20000', -32602],
  ['size', 'logs matched by query exceeds limit of 10000', -32005],
  ['size', 'response is too big', -32000],
  ['size', 'query timeout exceeded', -32000],
  ['range', 'eth_getLogs is limited to a 10,000 range', -32614],
  ['range', 'block range is too wide', -32600],
  ['range', 'exceed maximum block range: 5000', -32000],
  ['range', 'Block range limit exceeded.', -32000],
  ['range', 'requested too many blocks from 1 to 9000, maximum is set to 2048', -32000],
  ['range', 'Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range.', -32600],
  ['range', 'ranges over 10000 blocks are not supported', 35],
  ['range', 'maximum [from, to] blocks distance: 10000', -32600],
  ['range', 'please limit the query to at most 10000 blocks', -32000],
  ['rate', 'Too many requests, reason: call rate limit exhausted', -32029],
  ['rate', 'Your app has exceeded its compute units per second capacity', 429],
  ['rate', '50/second request limit reached', -32007],
  ['timeout', 'request timed out', -32000],
  ['unknown', 'invalid block range params', -32000],
  ['head-lag', 'block range extends beyond current head block', -32000],
  ['head-lag', 'One of the blocks specified in filter (fromBlock, toBlock or blockHash) cannot be found.', -32000],
  ['head-lag', 'header not found', -32000],
  ['head-lag', 'unknown block', -39001],
  ['pruned', 'missing trie node', -32000],
  ['pruned', 'pruned history unavailable', 4444],
  ['pruned', 'required historical state unavailable (reexec=128)', -32000],
  ['pruned', 'old data not available due to pruning', -32000],
  ['pruned', 'logs of blocks before 5000000 are no longer available', -32000],
  ['denied', 'invalid api key', -32001],
  ['unsupported', 'the method eth_getBlockReceipts does not exist/is not available', -32601],
  ['unsupported', 'Method eth_getBlockReceipts is not supported', -32004],
  ['wrong-chain', 'wrong network: this endpoint serves chain 1', -32000],
  ['malformed', 'Unexpected end of JSON input'],
  ['malformed', 'Unterminated string in JSON at position 2000'],
  ['rate', 'limit exceeded', -32005],
  ['size', 'query exceeds limit of 1000 results', -32005],
  ['range', 'exceed max block range 1000', -32005],
]

describe('readFailure', () => {
  it.each(messages)('calls it %s: %s', (kind, words, code) => {
    expect(readFailure({ code, cause: { details: words } }, [])).toMatchObject({ kind, words })
  })

  it('reads status, patience and the innermost reason through a chain of causes', () => {
    const headers = new Headers({ 'retry-after': '2' })
    expect(readFailure({ cause: { status: 429, headers, details: '' } }, [])).toMatchObject({
      kind: 'rate',
      status: 429,
      retryAfterMs: 2000,
    })
    const refused = { details: 'fetch failed', cause: { cause: { message: 'connect', code: 'ECONNREFUSED' } } }
    expect(readFailure(refused, [])).toMatchObject({ kind: 'unavailable', words: 'connect ECONNREFUSED' })
    expect(readFailure({ status: 503 }, [])).toMatchObject({ kind: 'unavailable' })
    expect(readFailure({ status: 413 }, [])).toMatchObject({ kind: 'size' })
  })

  it('hides user and password in the header that they become, whatever they hold', () => {
    for (const [user, password] of [
      ['someone', 'passw0rd'],
      ['some%40one', 'p%C3%A4ss'],
      ['bad%', 'esc%pe'],
    ] as const) {
      const secrets = secretsOf(`https://${user}:${password}@node.example/`)
      const plain = [user, password].map((text) =>
        text.startsWith('bad') || text.includes('esc') ? text : decodeURIComponent(text),
      )
      expect(secrets).toContain(Buffer.from(plain.join(':')).toString('base64'))
    }
    expect(secretsOf('https://node.example/')).toEqual([])
  })

  it('hides what the URL holds in secret, also where the provider repeats it outside a URL', () => {
    const url = 'https://someone:passw0rd@node.example/v2/0123456789abcdef0123?token=t0psecret'
    const secrets = secretsOf(url)
    const words = `no access for 0123456789abcdef0123 (t0psecret, passw0rd) at ${url}`
    const error = new RpcError('eip155:1', 'eth_getLogs', readFailure({ status: 401, details: words }, secrets))
    expect(error.message).toContain('no access for <redacted>')
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(
      /0123456789abcdef0123|t0psecret|passw0rd/,
    )
  })
})
