import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedAnswerError, readLogs, readQuantity } from '../../../src/sources/rpc/answers.ts'

const hex = (digits: number) => fc.string({ unit: fc.constantFrom(...'01aBcF'), minLength: digits, maxLength: digits })
/** From few values, so that logs that follow each other have some in common, as in a chain. */
const few = (digits: number) => fc.constantFrom('', 'a', 'B').map((fill) => `0x${fill.padEnd(digits, fill || '0')}`)
const word = fc.oneof(
  few(64),
  hex(64).map((digits) => `0x${digits}`),
)
const broken = fc.constantFrom(
  undefined,
  null,
  7,
  '',
  '0x',
  `0X${'a'.repeat(64)}`,
  'a'.repeat(66),
  `0x${'a'.repeat(63)}`,
)
const address = `0x${'A'.repeat(40)}`
const soundLog = fc.record({
  address: fc.constantFrom(address, address.toLowerCase()),
  topics: fc.array(word, { maxLength: 4 }),
  data: fc.nat(3).chain((bytes) => hex(bytes * 2).map((digits) => `0x${digits}`)),
  blockHash: few(64),
  transactionHash: word,
  blockNumber: fc.constant('0x5'),
  logIndex: fc.constant('0x0'),
  blockTimestamp: fc.constantFrom(undefined, null, '0x6', '0xA'),
})

describe('readLogs', () => {
  const filter = { addresses: [address.toLowerCase()], topics: [] }
  const read = (logs: readonly object[]) => readLogs('eip155:1', logs, filter, { from: 0, to: 1_000 })
  // A block of its own for each, since two logs of one block must agree in its hash.
  const placed = (logs: readonly object[]) => logs.map((log, i) => ({ ...log, blockNumber: `0x${i.toString(16)}` }))

  it('reads each log as it reads it alone, whatever stands before it', () => {
    fc.assert(
      fc.property(fc.array(soundLog, { minLength: 1, maxLength: 8 }), (logs) => {
        const all = read(placed(logs))
        expect(all).toEqual(placed(logs).flatMap((log) => read([log])))
        all.forEach((log, i) => {
          const { topics, data, blockHash, transactionHash, blockTimestamp: time } = logs[i]!
          expect([...log.topics, log.data, log.blockHash, log.transactionHash]).toEqual(
            [...topics, data, blockHash, transactionHash].map((text) => text.toLowerCase()),
          )
          expect(log.timestamp).toBe(time == null ? null : Number(time) * 1000)
        })
      }),
    )
  })

  it('lends nothing of one log to a broken one behind it', () => {
    const field = fc.constantFrom('address', 'data', 'blockHash', 'transactionHash', 'blockNumber', 'logIndex', 'topic')
    fc.assert(
      fc.property(soundLog, field, broken, (log, name, value) => {
        fc.pre(name !== 'data' || value !== '0x')
        const next = name === 'topic' ? { ...log, topics: [value] } : { ...log, [name]: value }
        expect(() => read([{ ...log, topics: log.topics.slice(0, 4) }, next])).toThrow(MalformedAnswerError)
      }),
    )
  })
})

describe('readQuantity', () => {
  const unit = fc.constantFrom(...'0123456789abcdefABCDEFgGxX_ .-@`:/'.split(''))
  const text = fc.oneof(
    fc.string({ unit, maxLength: 16 }),
    fc.string({ unit, maxLength: 14 }).map((digits) => `0x${digits}`),
    fc.nat({ max: Number.MAX_SAFE_INTEGER }).map((number) => `0x${number.toString(16)}`),
  )

  it('reads up to 13 hex digits in either case, and nothing else', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readQuantity(value)).toBe(/^0x[0-9a-f]{1,13}$/i.test(value) ? Number(value) : Number.NaN)
      }),
      { numRuns: 2_000 },
    )
    for (const value of [null, undefined, 16, 16n, ['0x10'], { length: 3 }]) expect(readQuantity(value)).toBeNaN()
  })
})
