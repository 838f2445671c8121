import { describe, expect, it } from 'vitest'
import { readSubgraphFailure } from '../../../src/sources/subgraph/failure.ts'

/** What graph-node 0.45.0 and gateways before it say, in their words or close to them. */
const messages = [
  [
    'behind',
    'Failed to decode `block.number` value: `subgraph QmOne has only indexed up to block number 244 and data for block number 99999 is therefore not yet available`',
  ],
  ['behind', 'bad indexers: {0xab: Unavailable(missing block: 120, latest: 118)}'],
  ['behind', 'bad indexers: {0xab: Unavailable(too far behind)}'],
  ['unknown-block', 'Failed to decode `block.hash` value: `no block with that hash found`'],
  ['unknown-block', 'bad query: block not found: 0x1212'],
  ['broken', 'indexing_error'],
  ['rate', 'Too many requests, rate limit exceeded'],
  ['timeout', 'bad indexers: {0xab: Timeout}'],
  ['other', 'The `first` argument must be between 0 and 1000, but is 1001'],
  ['other', 'auth error: payment required for subsequent requests for this API key'],
  ['other', 'subgraph not found: no allocations'],
  ['other', 'Unexpected end of input\nExpected }'],
] as const

describe('readSubgraphFailure', () => {
  it.each(messages)('calls it %s: %s', (kind, words) => {
    expect(readSubgraphFailure({ status: 200, details: words }, [])).toMatchObject({ kind, words, status: null })
  })
})
