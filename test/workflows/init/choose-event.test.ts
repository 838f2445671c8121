import { type AbiEvent, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { chooseEvent, type Wanted } from '../../../src/workflows/init/choose-event.ts'

const choose = (signatures: readonly string[], wanted: Partial<Wanted> = {}) => {
  const events = parseAbi(signatures.map((text) => `event ${text}`)) as unknown as readonly AbiEvent[]
  const { event, ...roles } = chooseEvent(events, { assetKnown: false, ...wanted })
  const names = Object.entries(roles).flatMap(([role, input]) => (input === null ? [] : [[role, input.name]]))
  return { event: event.name, ...Object.fromEntries(names) }
}

describe('chooseEvent', () => {
  it('takes the one event that has two addresses and a sum, in their order', () => {
    expect(choose(['Paid(address a, address b, uint96 c)', 'FeeChanged(uint256 fee)'])).toEqual({
      ...{ event: 'Paid', consumer: 'a', provider: 'b', amount: 'c' },
    })
  })

  it('goes by names before it goes by order', () => {
    expect(
      choose(['Paid(address indexed jobSeller, uint256 jobId, address _buyer, address payment_token, uint256 price)']),
    ).toEqual({ event: 'Paid', consumer: '_buyer', provider: 'jobSeller', amount: 'price', asset: 'payment_token' })
    expect(choose(['Paid(address x, address seller, uint256 n)'])).toMatchObject({ consumer: 'x', provider: 'seller' })
  })

  it('takes what was said, and looks among the rest for what was not', () => {
    const event = 'Paid(address a, address b, address token, uint256 n, uint256 price, bytes32 model)'
    const said = { consumer: 'b', units: 'n', service: 'model', assetKnown: true }
    expect(() => choose([event], said)).toThrow(/--provider is open: a or token/)
    expect(choose([event], { ...said, provider: 'a' })).toEqual({
      ...{ event: 'Paid', consumer: 'b', provider: 'a', amount: 'price', units: 'n', service: 'model' },
    })
  })

  it('tells events of one name apart by their types', () => {
    const events = ['Paid(address a, address b, uint256 n)', 'Paid(address a, address b, uint128 n, bool ok)']
    expect(() => choose(events, { event: 'Paid' })).toThrow(/--event 'Paid\(address,address,uint256\)'/)
    expect(choose(events, { event: 'Paid(address,address,uint128,bool)' }).amount).toBe('n')
  })

  it('lists all events with their arguments where several fit', () => {
    const events = ['Paid(address a, address b, uint256 n)', 'Sold(address c, address d, uint256 m)', 'Other(bool x)']
    expect(() => choose(events)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: 2 events of the ABI can tell of a paid use.

      event Paid(address a, address b, uint256 n)
      event Sold(address c, address d, uint256 m)
      event Other(bool x)
        --consumer is open: no argument of its type is left
        --provider is open: no argument of its type is left
        --amount is open: no argument of its type is left

      Fix: Name the one: --event Paid; where two have one name, with its types: --event 'Paid(address,address,uint256)'.]
    `)
  })

  it('says of each event what is open where none fits', () => {
    const events = ['Paid(address a, address b, address c, uint256 n, uint256 m)', 'Other(bool x)']
    expect(() => choose(events)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: It is not clear how any event of the ABI tells of a paid use.

      event Paid(address a, address b, address c, uint256 n, uint256 m)
        --consumer is open: a or b or c
        --provider is open: a or b or c
        --amount is open: n or m
      event Other(bool x)
        --consumer is open: no argument of its type is left
        --provider is open: no argument of its type is left
        --amount is open: no argument of its type is left

      Fix: Say which argument is what, such as --event Paid --consumer a --provider b --amount n; the consumer pays, the provider is paid.]
    `)
  })

  it.each([
    [{ consumer: 'price' }, /consumer: price is of type uint256, not an address/],
    [{ amount: 'ids' }, /amount: ids is of type uint256\[\], not an unsigned integer/],
    [{ service: 'ids' }, /service: ids is of type uint256\[\], not a single value/],
    [{ assetArgument: 'coin', assetKnown: true }, /asset: it has no argument coin/],
    [{ consumer: 'a', provider: 'a' }, /consumer and provider are one argument/],
  ])('refuses %o', (wanted, said) => {
    expect(() => choose(['Paid(address a, address b, uint256 price, uint256[] ids)'], wanted)).toThrow(said)
  })
})
