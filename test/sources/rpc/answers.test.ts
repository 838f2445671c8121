import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuantity } from '../../../src/sources/rpc/answers.ts'

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
