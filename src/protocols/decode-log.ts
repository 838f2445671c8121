import { type AbiEvent, type AbiParameter, toEventSelector } from 'viem'

/** One event of an ABI, compiled. `topicCount` counts the topics of a log of it, that of the signature among them. */
export type EventDecoder = {
  readonly name: string
  readonly topic0: string
  readonly topicCount: number
  /** The event's arguments as viem gives them, but addresses lower-case. Throws `MalformedLogError`. */
  readonly decode: (topics: readonly string[], data: string) => Arguments
}

type Arguments = { [name: string]: unknown } | unknown[]

/** What is being read. `left` bounds how much may be read in all, so that shared tails cannot multiply. */
type Cursor = { readonly data: string; left: number }

/** Reads a value of one word from any hex text at a character position. */
type ReadWord = (text: string, at: number) => unknown

/** How a type lies in event data: `words` is the size of its head, `base` where the offsets of its tuple start from. */
type Codec = {
  readonly words: number
  readonly dynamic: boolean
  readonly read: (cursor: Cursor, at: number, base: number) => unknown
}

const WORD = 64
const ZEROS = '0'.repeat(WORD)
/** The digits of a word above 48 bits. */
const HIGH_ZEROS = '0'.repeat(52)
const TRUE = `${'0'.repeat(WORD - 1)}1`
/** An encoder may share tails, so more than the data may be read, but not without end. */
const SHARED_TAILS = 8

const utf8 = new TextDecoder()

/**
 * Compiles an event once, so that its logs are read by slicing hex text. Offsets and lengths beyond the data fail
 * before anything is allocated for them.
 */
export function compileEvent(event: AbiEvent): EventDecoder {
  const named = event.inputs.every((input) => input.name !== undefined && input.name !== '')
  const indexed: { key: string | number; read: ReadWord }[] = []
  const plain: { key: string | number; at: number; codec: Codec }[] = []
  let at = 2
  event.inputs.forEach((input, position) => {
    const key = named ? (input.name as string) : position
    if (input.indexed === true) {
      indexed.push({ key, read: wordReader(input.type) ?? hashOf })
      return
    }
    const codec = compileType(input)
    plain.push({ key, at, codec })
    at += headWords(codec) * WORD
  })
  const topicCount = indexed.length + 1

  function decode(topics: readonly string[], data: string): Arguments {
    if (topics.length !== topicCount) {
      throw new MalformedLogError(`${event.name} has ${topicCount} topics, the log has ${topics.length}`)
    }
    const args = (named ? {} : []) as { [key: string | number]: unknown }
    for (let i = 0; i < indexed.length; i += 1) {
      checkHex(topics[i + 1]!, 'a topic')
      args[indexed[i]!.key] = indexed[i]!.read(topics[i + 1]!, 2)
    }
    if (plain.length === 0) return args
    checkHex(data, 'the data')
    const cursor = { data, left: data.length * SHARED_TAILS }
    for (const { key, at, codec } of plain) args[key] = codec.read(cursor, at, 2)
    return args
  }
  return { name: event.name, topic0: toEventSelector(event), topicCount, decode }
}

function compileType(parameter: AbiParameter): Codec {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type)
  if (array !== null) {
    const element = compileType({ ...parameter, type: array[1]! })
    return array[2] === '' ? listOf(element) : repeated(element, Number(array[2]))
  }
  if (parameter.type === 'tuple') return tupleOf((parameter as { components: readonly AbiParameter[] }).components)
  if (parameter.type === 'bytes') return { words: 1, dynamic: true, read: (...at) => `0x${readBytes(...at)}` }
  if (parameter.type === 'string') {
    return { words: 1, dynamic: true, read: (...at) => utf8.decode(Buffer.from(readBytes(...at), 'hex')) }
  }
  const read = wordReader(parameter.type)
  if (read === null) throw new TypeError(`event parameters of type ${parameter.type} are not supported`)
  return { words: 1, dynamic: false, read: (cursor, at) => read(cursor.data, at) }
}

function headWords(codec: Codec): number {
  return codec.dynamic ? 1 : codec.words
}

/** A list whose length stands in the data. */
function listOf(element: Codec): Codec {
  const step = headWords(element) * WORD
  return {
    words: 1,
    dynamic: true,
    read(cursor, at, base) {
      const start = tailOf(cursor, at, base)
      const length = readSize(cursor.data, start)
      const first = start + WORD
      charge(cursor, first, length * step)
      const values: unknown[] = []
      for (let i = 0; i < length; i += 1) values.push(element.read(cursor, first + i * step, first))
      return values
    },
  }
}

function repeated(element: Codec, length: number): Codec {
  const values = readAll(Array.from({ length }, () => element))
  const words = length * headWords(element)
  if (words === 0) throw new TypeError('event parameters of no width are not supported')
  return inline(element.dynamic, words, (cursor, at) => values(cursor, at))
}

function tupleOf(components: readonly AbiParameter[]): Codec {
  const codecs = components.map(compileType)
  const values = readAll(codecs)
  const words = codecs.reduce((sum, codec) => sum + headWords(codec), 0)
  if (words === 0) throw new TypeError('event parameters of no width are not supported')
  const named = components.every(({ name }) => name !== undefined && name !== '')
  const dynamic = codecs.some((codec) => codec.dynamic)
  return inline(dynamic, words, (cursor, at) => {
    const all = values(cursor, at)
    return named ? Object.fromEntries(components.map(({ name }, i) => [name as string, all[i]])) : all
  })
}

/** Values that stand one after the other; where one of them is dynamic, all stand behind an offset. */
function inline(dynamic: boolean, words: number, read: (cursor: Cursor, at: number) => unknown): Codec {
  return { words, dynamic, read: (cursor, at, base) => read(cursor, dynamic ? tailOf(cursor, at, base) : at) }
}

function readAll(codecs: readonly Codec[]): (cursor: Cursor, at: number) => unknown[] {
  return (cursor, start) => {
    let at = start
    return codecs.map((codec) => {
      const value = codec.read(cursor, at, start)
      at += headWords(codec) * WORD
      return value
    })
  }
}

/** Reader of a type that fills one word, or null where the type is larger. */
function wordReader(type: string): ReadWord | null {
  if (type === 'address') return (text, at) => `0x${wordAt(text, at).slice(24)}`
  if (type === 'bool') return readBool
  const [, kind, width] = /^(u?int|bytes)(\d*)$/.exec(type) ?? []
  if (kind === 'uint') return unsigned(Number(width === '' ? 256 : width))
  if (kind === 'int') return signed(Number(width === '' ? 256 : width))
  if (kind === 'bytes' && width !== '') return (text, at) => `0x${wordAt(text, at).slice(0, Number(width) * 2)}`
  return null
}

function readBool(text: string, at: number): boolean {
  const word = wordAt(text, at)
  if (word !== TRUE && word !== ZEROS) throw new MalformedLogError(`0x${word} is not a bool`)
  return word === TRUE
}

/** Up to 48 bits give a number and more a bigint, as in viem. */
function unsigned(bits: number): ReadWord {
  const skip = WORD - bits / 4
  const padding = ZEROS.slice(0, skip)
  return (text, at) => {
    const word = wordAt(text, at)
    if (skip > 0 && !word.startsWith(padding)) throw new MalformedLogError(`0x${word} is not a uint${bits}`)
    return bits <= 48 ? Number.parseInt(word.slice(skip), 16) : BigInt(`0x${word}`)
  }
}

function signed(bits: number): ReadWord {
  return (text, at) => {
    const word = wordAt(text, at)
    const value = BigInt.asIntN(256, BigInt(`0x${word}`))
    if (BigInt.asIntN(bits, value) !== value) throw new MalformedLogError(`0x${word} is not an int${bits}`)
    return bits <= 48 ? Number(value) : value
  }
}

/** An indexed value longer than a word leaves only its hash in the log. */
function hashOf(topic: string): string {
  return `0x${wordAt(topic, 2)}`
}

function wordAt(text: string, at: number): string {
  if (at + WORD > text.length) throw new MalformedLogError(`the data ends before byte ${(at - 2) / 2 + 32}`)
  return text.slice(at, at + WORD)
}

const HEX = /^0x[0-9a-f]*$/

/** Readers slice and do not look at every digit. */
function checkHex(text: string, what: string): void {
  if (!HEX.test(text)) throw new MalformedLogError(`${what} is not lower-case hex text`)
}

/** A length or an offset. Above 48 bits it is beyond any data and need not be read exactly. */
function readSize(text: string, at: number): number {
  const word = wordAt(text, at)
  if (!word.startsWith(HIGH_ZEROS)) throw new MalformedLogError(`0x${word} points beyond the data`)
  return Number.parseInt(word.slice(52), 16)
}

/** Where a value stands that lies behind an offset. Encoders put all offsets first, so that it is never before its own. */
function tailOf(cursor: Cursor, at: number, base: number): number {
  const start = base + readSize(cursor.data, at) * 2
  if (start <= at) throw new MalformedLogError(`the offset at byte ${(at - 2) / 2} points at what is before it`)
  return start
}

function readBytes(cursor: Cursor, at: number, base: number): string {
  const start = tailOf(cursor, at, base)
  const length = readSize(cursor.data, start) * 2
  charge(cursor, start + WORD, length)
  return cursor.data.slice(start + WORD, start + WORD + length)
}

/** Checks that `length` characters stand at `start`, and that the log has not been read over and over. */
function charge(cursor: Cursor, start: number, length: number): void {
  if (start + length > cursor.data.length) {
    throw new MalformedLogError(`the data ends before byte ${(start - 2 + length) / 2}`)
  }
  cursor.left -= length
  if (cursor.left < 0) throw new MalformedLogError('the offsets point at the same data again and again')
}

/** The log does not hold what its event declares. */
export class MalformedLogError extends Error {
  override readonly name = 'MalformedLogError'
}
