import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Interface, type JsonFragment, Result } from 'ethers'
import fc from 'fast-check'
import {
  type Abi,
  type AbiEvent,
  type AbiParameter,
  decodeEventLog,
  encodeAbiParameters,
  type Hex,
  parseAbiItem,
  toEventSelector,
} from 'viem'
import { describe, expect, it } from 'vitest'
import { compileEvent, MalformedLogError } from '../../src/protocols/decode-log.ts'

const folder = new URL('../../abis/', import.meta.url)
const ours: { readonly title: string; readonly event: AbiEvent }[] = []
for (const file of readdirSync(folder).sort()) {
  const module: { readonly [name: string]: unknown } = await import(new URL(file, folder).href)
  for (const abi of Object.values(module)) {
    if (Array.isArray(abi)) ours.push(...eventsOf(abi as Abi, file))
  }
}

/** ABIs of other networks, which lie beside the outside data where there is any. */
const facts = join(dirname(process.env.WASHBOARD_DATA ?? '/nowhere/data'), 'facts', 'abis')
const others = existsSync(facts)
  ? readdirSync(facts).flatMap((file) => {
      const content = JSON.parse(readFileSync(join(facts, file), 'utf8'))
      return eventsOf(Array.isArray(content) ? content : content.abi, file)
    })
  : []

/** No ABI of ours needs these yet. */
const invented = [
  'event Nested(uint8[2][] pairs, string[3] names, bytes[][] blobs)',
  'event Tuples((uint256 a, string b, (bool c, bytes d)[] e) first, (int24 x, address y)[2] second, bytes4 third)',
  'event Mixed(int8 indexed a, bytes5 indexed b, string indexed c, (uint256 d, bytes e) indexed f, int48 g, uint56 h)',
  'event Unnamed(address indexed, uint256[], bool)',
  'event Empty()',
].map((text) => ({ title: text, event: parseAbiItem(text) as AbiEvent }))

function eventsOf(abi: Abi, file: string) {
  return abi.flatMap((item) => (item.type === 'event' ? [{ title: `${file} ${item.name}`, event: item }] : []))
}

describe('compileEvent', () => {
  it.each([...ours, ...others, ...invented])('decodes as viem does: $title', ({ event }) => {
    const decoder = compileEvent(event)
    expect(decoder.topic0).toBe(toEventSelector(event))
    fc.assert(
      fc.property(arbitraryLog(event), ({ topics, data }) => {
        expect(decoder.decode(topics, data)).toEqual(expected(event, topics, data))
      }),
      { numRuns: 30 },
    )
  })

  it.each([...ours, ...others, ...invented])('decodes as ethers does: $title', ({ event }) => {
    const decoder = compileEvent(event)
    const ethers = new Interface([event as JsonFragment])
    fc.assert(
      fc.property(arbitraryLog(event), ({ topics, data }) => {
        const parsed = ethers.parseLog({ topics, data })
        expect(parsed?.topic).toBe(decoder.topic0)
        const args = decoder.decode(topics, data)
        const inOrder = Array.isArray(args) ? args : event.inputs.map(({ name }) => args[name as keyof typeof args])
        expect(values(inOrder)).toEqual(values(parsed?.args))
      }),
      { numRuns: 30 },
    )
  })

  it.each([...ours, ...invented])('gives the same or an error where the data is broken: $title', ({ event }) => {
    const decoder = compileEvent(event)
    const broken = fc.tuple(arbitraryLog(event), fc.nat(), fc.option(arbitraryWord), fc.boolean())
    fc.assert(
      fc.property(broken, ([{ topics, data }, position, word, cut]) => {
        const words = (data.length - 2) / 64
        const at = words === 0 ? 2 : 2 + (position % words) * 64
        const changed = cut
          ? data.slice(0, at + (position % 32) * 2)
          : `${data.slice(0, at)}${word ?? ''}${data.slice(at + 64)}`
        let args: unknown
        try {
          args = decoder.decode(topics, changed)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedLogError)
          return
        }
        let other: unknown
        try {
          other = expected(event, topics, changed)
        } catch {
          expect.fail('viem finds this broken')
        }
        expect(args).toEqual(other)
      }),
      { numRuns: 60 },
    )
  })

  it('allocates nothing for a length or an offset beyond the data', () => {
    const decoder = compileEvent(parseAbiItem('event Blobs(bytes[] blobs)') as AbiEvent)
    const word = (value: bigint) => value.toString(16).padStart(64, '0')
    const started = performance.now()
    for (const length of [2n ** 31n, 2n ** 47n, 2n ** 64n, 2n ** 256n - 1n]) {
      expect(() => decoder.decode([decoder.topic0], `0x${word(32n)}${word(length)}`)).toThrow(MalformedLogError)
      expect(() => decoder.decode([decoder.topic0], `0x${word(length)}`)).toThrow(MalformedLogError)
    }
    // 1,000 elements that all point at the same 32 kB.
    const shared = `0x${word(32n)}${word(1000n)}${word(32_000n).repeat(1000)}${word(32_000n)}${word(1n).repeat(1000)}`
    expect(() => decoder.decode([decoder.topic0], shared)).toThrow('the same data again and again')
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('gives no bytes that are not there', () => {
    const decoder = compileEvent(parseAbiItem('event Blob(bytes blob)') as AbiEvent)
    const word = (value: number) => value.toString(16).padStart(64, '0')
    const data = (length: number) => `0x${word(32)}${word(length)}abcd`
    expect(decoder.decode([decoder.topic0], data(2))).toEqual({ blob: '0xabcd' })
    expect(() => decoder.decode([decoder.topic0], data(3))).toThrow('the data ends before byte 67')
  })

  it('refuses what is no hex text, in whatever type and place', () => {
    const event = parseAbiItem(
      'event All(address indexed a, uint8 indexed b, bytes4 indexed c, address d, bool e, int24 f, bytes g, string h, uint256 i)',
    ) as AbiEvent
    const decoder = compileEvent(event)
    const spoil = (text: string, at: number) => {
      const place = 2 + (at % (text.length - 2))
      return `${text.slice(0, place)}g${text.slice(place + 1)}`
    }
    fc.assert(
      fc.property(arbitraryLog(event), fc.nat(), fc.nat(3), ({ topics, data }, at, place) => {
        const strange = topics.map((topic, i) => (i === place && i > 0 ? spoil(topic, at) : topic))
        expect(() => decoder.decode(strange, place === 0 ? spoil(data, at) : data)).toThrow(MalformedLogError)
      }),
    )
  })

  it('refuses an offset that points at itself, where viem does too', () => {
    const event = parseAbiItem('event Blobs(bytes[] blobs)') as AbiEvent
    const decoder = compileEvent(event)
    const word = (value: number) => value.toString(16).padStart(64, '0')
    const data = `0x${word(32)}${word(1)}${word(0)}` as Hex
    expect(() => decoder.decode([decoder.topic0], data)).toThrow('the offset at byte 64 points at what is before it')
    expect(() => decodeEventLog({ abi: [event], topics: [decoder.topic0 as Hex], data })).toThrow()
  })

  it('says what is wrong', () => {
    const decoder = compileEvent(parseAbiItem('event Paid(address indexed to, uint8 kind, bool done)') as AbiEvent)
    const to = `0x${'00'.repeat(12)}${'ab'.repeat(20)}`
    const word = (value: number) => value.toString(16).padStart(64, '0')
    expect(decoder.decode([decoder.topic0, to], `0x${word(7)}${word(1)}`)).toEqual({
      to: `0x${'ab'.repeat(20)}`,
      kind: 7,
      done: true,
    })
    expect(() => decoder.decode([decoder.topic0], '0x')).toThrow('Paid has 2 topics, the log has 1')
    expect(() => decoder.decode([decoder.topic0, to], `0x${word(7)}`)).toThrow('the data ends before byte 64')
    expect(() => decoder.decode([decoder.topic0, to], `0x${word(256)}${word(1)}`)).toThrow('is not a uint8')
    expect(() => decoder.decode([decoder.topic0, to], `0x${word(7)}${word(2)}`)).toThrow('is not a bool')
  })
})

function expected(event: AbiEvent, topics: readonly string[], data: string): unknown {
  const { args } = decodeEventLog({ abi: [event], topics: topics as [Hex, ...Hex[]], data: data as Hex })
  return lowerAddresses(args ?? {})
}

function lowerAddresses(value: unknown): unknown {
  if (typeof value === 'string') return /^0x[\da-f]{40}$/i.test(value) ? value.toLowerCase() : value
  if (Array.isArray(value)) return value.map(lowerAddresses)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lowerAddresses(inner)]))
}

/** Values in their order, without names, as both libraries give them: ethers makes every integer a bigint. */
function values(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (typeof value === 'string') return /^0x[\da-f]{40}$/i.test(value) ? value.toLowerCase() : value
  if (value instanceof Result) return value.toArray().map(values)
  if (Array.isArray(value)) return value.map(values)
  if (typeof value !== 'object' || value === null) return value
  // An indexed value without a place in the data is given by its hash.
  return 'hash' in value && '_isIndexed' in value ? value.hash : Object.values(value).map(values)
}

const arbitraryHex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('hex'))
const arbitraryWord = fc.oneof(
  arbitraryHex(32),
  fc.nat(200).map((value) => value.toString(16).padStart(64, '0')),
)

function arbitraryLog(event: AbiEvent): fc.Arbitrary<{ topics: string[]; data: string }> {
  const indexed = event.inputs.filter((input) => input.indexed === true)
  const plain = event.inputs.filter((input) => input.indexed !== true)
  const topics = indexed.map((input) =>
    /^(tuple|string|bytes)$|\]$/.test(input.type)
      ? arbitraryHex(32).map((hash) => `0x${hash}`)
      : arbitraryValue(input).map((value) => encodeAbiParameters([{ type: input.type }], [value as never]) as string),
  )
  return fc.record({
    topics: fc.tuple(...topics).map((values) => [toEventSelector(event), ...values]),
    data: fc.tuple(...plain.map(arbitraryValue)).map((values) => encodeAbiParameters(plain, values as never)),
  })
}

function arbitraryValue(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type)
  if (array !== null) {
    const element = arbitraryValue({ ...parameter, type: array[1]! })
    if (array[2] === '') return fc.array(element, { maxLength: 4 })
    return fc.array(element, { minLength: Number(array[2]), maxLength: Number(array[2]) })
  }
  if (parameter.type === 'tuple') {
    const { components } = parameter as { components: readonly AbiParameter[] }
    return fc.record(Object.fromEntries(components.map((inner) => [inner.name, arbitraryValue(inner)])))
  }
  if (parameter.type === 'address') return arbitraryHex(20).map((value) => `0x${value}`)
  if (parameter.type === 'bool') return fc.boolean()
  if (parameter.type === 'string') return fc.string({ unit: 'binary', maxLength: 40 })
  if (parameter.type === 'bytes') return fc.nat(70).chain((size) => arbitraryHex(size).map((value) => `0x${value}`))
  const [, kind, width] = /^(uint|int|bytes)(\d+)$/.exec(parameter.type)!
  if (kind === 'bytes') return arbitraryHex(Number(width)).map((value) => `0x${value}`)
  return arbitraryInteger(kind === 'int', Number(width))
}

/** viem encodes numbers up to 48 bits from numbers and more from bigints. */
function arbitraryInteger(signed: boolean, bits: number): fc.Arbitrary<number | bigint> {
  const max = 2n ** BigInt(signed ? bits - 1 : bits) - 1n
  const range = fc.bigInt({ min: signed ? -max - 1n : 0n, max })
  return bits <= 48 ? range.map(Number) : range
}
