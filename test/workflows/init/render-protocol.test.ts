import fc from 'fast-check'
import { type AbiEvent, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { chooseEvent } from '../../../src/workflows/init/choose-event.ts'
import { declaredAssets } from '../../../src/workflows/init/declared-assets.ts'
import { literal, type NewNetwork, renderProtocol } from '../../../src/workflows/init/render-protocol.ts'
import { fieldOf, renderQuery } from '../../../src/workflows/init/render-query.ts'

const chain = 'eip155:8453'
const eventOf = (signature: string) => parseAbi([`event ${signature}`] as readonly string[])[0] as AbiEvent

function network(signature: string, options: Partial<NewNetwork> = {}): NewNetwork {
  const choice = chooseEvent([eventOf(signature)], { assetKnown: options.asset !== undefined })
  const deployment = { chain, address: `0x${'1'.repeat(40)}`, fromBlock: 7 }
  return {
    ...{ id: 'desk', choice, deployment, asset: null, assets: [], unitKind: null, subgraph: false, format: 'ts' },
    ...options,
  }
}

describe('renderProtocol', () => {
  it('writes null for an asset that nobody has named, and says what that leaves out', () => {
    const text = renderProtocol(network('Paid(address buyer, address seller, uint256 price)'))
    expect(text).toMatch(/asset: null,/)
    expect(text).toMatch(/its value is not counted/)
    expect(text).toMatch(/fromBlock: 7,/)
  })

  it('reads the asset from its argument, and small integers as bigint', () => {
    const text = renderProtocol(network('Paid(address buyer, address seller, uint48 price, address token)'))
    expect(text).toMatch(/asset: .*test\(args\.token\) \? 'native' : args\.token,/)
    expect(text).toMatch(/amount: BigInt\(args\.price\),/)
  })

  it('types nothing in JavaScript', () => {
    const event = 'Paid(address buyer, address seller, uint256 price)'
    expect(renderProtocol(network(event, { subgraph: true }))).toMatch(/type Transaction/)
    expect(renderProtocol(network(event, { subgraph: true, format: 'mjs' }))).not.toMatch(/type |<|: Transaction/)
  })

  it('quotes any text so that it is that text again', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => new Function(`return ${literal(text)}`)() === text))
    for (const text of ["it's", 'a "b"', `'"\\`, '\\"', '\n'])
      expect(new Function(`return ${literal(text)}`)()).toBe(text)
  })
})

describe('renderQuery', () => {
  it('asks for the arguments that an entity holds, and gives one named id another name', () => {
    const text = renderQuery(eventOf('Paid(bytes32 id, address buyer, uint256[] parts, (uint256 x) job)'))
    expect(text).toMatch(/ {4}id\n {4}id_: eventId\n {4}buyer\n {4}blockNumber\n/)
  })

  it.each([
    ['JobPaid', 'jobPaids'],
    ['Delivery', 'deliveries'],
    ['Pay', 'pays'],
    ['Access', 'accesses'],
    ['Batch', 'batches'],
  ])('names the list of %s %s', (event, field) => {
    expect(fieldOf(eventOf(`${event}(bool ok)`))).toBe(field)
  })
})

describe('declaredAssets', () => {
  const token = `0x${'2'.repeat(40)}`
  const currency = { symbol: 'ETH', decimals: 18 }
  it.each([
    [{ asset: 'native', currency }, [{ chain, asset: 'native', ...currency }]],
    [
      { asset: token, currency: null, symbol: 'T', decimals: 0, peg: 'USD' as const },
      [{ chain, asset: token, symbol: 'T', decimals: 0, peg: 'USD' }],
    ],
    [{ asset: null, currency: null }, []],
  ])('declares what is known of %o', (said, declared) => {
    expect(declaredAssets({ chain, ...said })).toEqual(declared)
  })

  it.each([
    [{ asset: token, currency: null }, /without its symbol and its decimals/],
    [{ asset: 'native', currency: null, symbol: 'X' }, /without its symbol and its decimals/],
    [{ asset: token, currency: null, symbol: 'X', decimals: 39 }, /38 at most/],
    [{ asset: null, currency: null, symbol: 'X' }, /not the token they are of/],
  ])('refuses %o', (said, words) => {
    expect(() => declaredAssets({ chain, ...said })).toThrow(words)
  })
})
