import fc from 'fast-check'
import { type AbiEvent, parseAbi, toEventSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { readEvents, selectorOf, signatureOf } from '../../../src/workflows/init/read-abi.ts'

const paid = 'event Paid(address indexed buyer, address seller, uint256 price)'
const read = (value: unknown) => readEvents(JSON.stringify(value), 'abi.json')

describe('readEvents', () => {
  const items = parseAbi([paid, 'function pay(address seller)'])

  it.each([
    ['a list of items', JSON.stringify(items)],
    ['an artifact', JSON.stringify({ contractName: 'Desk', abi: items, bytecode: '0x' })],
    ['a list of signatures', JSON.stringify([paid, 'function pay(address seller)'])],
    ['lines of signatures', `${paid};\n\nfunction pay(address seller);\n`],
  ])('reads %s', (_, text) => {
    expect(readEvents(text, 'abi').map(signatureOf)).toEqual([paid])
  })

  it('resolves structs, and names what has no name or one that no signature can hold', () => {
    const events = read(['struct Job { uint256 id; address buyer; }', 'event Done(Job job, uint256)'])
    expect(events.map(signatureOf)).toEqual(['event Done((uint256 id, address buyer) job, uint256 arg1)'])
    const vyper = { type: 'event', name: 'Done', inputs: [{ name: 'function', type: 'uint8' }] }
    expect(signatureOf(read([vyper])[0]!)).toBe('event Done(uint8 function_)')
  })

  it.each([
    ['no ABI', '{"name": "x"}', /is not an ABI/],
    ['a list of numbers', '[1, 2]', /is not an ABI/],
    ['a broken signature', '["event Paid(address"]', /is not an ABI/],
    ['plain words', 'hello', /is not an ABI/],
    ['no event', '[]', /has no event/],
    ['anonymous events alone', '[{"type":"event","name":"A","anonymous":true,"inputs":[]}]', /has no event/],
    ['a name that is a program', '[{"type":"event","name":"A\'+alert()+\'","inputs":[]}]', /is not an ABI/],
    [
      'a type that is a program',
      '[{"type":"event","name":"A","inputs":[{"name":"a","type":"uint256\\n"}]}]',
      /is not an ABI/,
    ],
  ])('refuses %s and says how to go on', (_, text, said) => {
    expect(() => readEvents(text, 'abi.json')).toThrow(said)
    expect(() => readEvents(text, 'abi.json')).toThrow(/\n\nFix: /)
  })
})

const elementary = fc.constantFrom('address', 'uint256', 'uint8', 'int64', 'bytes32', 'bytes', 'string', 'bool')
const suffix = fc.constantFrom('', '[]', '[3]', '[][2]')
const plain = fc.record({
  type: fc.tuple(elementary, suffix).map((parts) => parts.join('')),
  name: fc.stringMatching(/^[a-z]{3,8}$/),
})
const struct = fc.record({
  type: suffix.map((end) => `tuple${end}`),
  name: fc.stringMatching(/^[a-z]{3,8}$/),
  components: fc.array(plain, { minLength: 1, maxLength: 3 }),
})
const inputs = fc.array(
  fc.tuple(fc.oneof(plain, struct), fc.boolean()).map(([input, indexed]) => ({ ...input, indexed })),
  { maxLength: 5 },
)

it('a signature says the same event, whatever its arguments', () => {
  fc.assert(
    fc.property(inputs, (given) => {
      const numbered = given.map((input, i) => ({ ...input, name: `${input.name}${i}` }))
      const [event] = read([{ type: 'event', name: 'Paid', inputs: numbered }])
      const [again] = parseAbi([signatureOf(event!)] as readonly string[]) as readonly AbiEvent[]
      expect(toEventSelector(again!)).toBe(toEventSelector({ type: 'event', name: 'Paid', inputs: numbered }))
      expect(again!.inputs.map(({ indexed = false }) => indexed)).toEqual(numbered.map(({ indexed }) => indexed))
      expect(toEventSelector(selectorOf(event!))).toBe(toEventSelector(event!))
    }),
  )
})
