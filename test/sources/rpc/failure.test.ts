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
  ['other', 'invalid block range params', -32000],
  ['other', 'block range extends beyond current head block', -32000],
  ['other', 'missing trie node', -32000],
  ['other', 'invalid api key', -32001],
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
