import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundedDecimal,
  clip,
  clipList,
  compactDecimal,
  exactDecimal,
  formatCount,
  formatDecimal,
  formatDuration,
  formatPercent,
  formatRange,
  idTitle,
  plural,
  shortAddress,
} from '../../src/report/format.ts'

const unsigned = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })

describe('numbers', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.018, '1.8 %'],
    [0.00004, '< 0.01 %'],
    [0.0034, '0.34 %'],
    [0.98765, '98.8 %'],
    [0.99999, '> 99.9 %'],
  ])('%f prints as %s', (share, text) => expect(formatPercent(share)).toBe(text))

  it('rounds a lower bound down and an upper bound up', () => {
    expect(formatPercent(0.0186, 'down')).toBe('1.8 %')
    expect(formatPercent(0.0181, 'up')).toBe('1.9 %')
    expect(formatPercent(0.018, 'down')).toBe('1.8 %')
    expect(formatRange(0.0151, 0.0209)).toBe('1.5–2.1 %')
  })

  it('groups digits at any size and loses none', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    fc.assert(
      fc.property(unsigned, (value) => {
        expect(formatCount(value).replaceAll(',', '')).toBe(String(value))
      }),
    )
  })

  it('places the decimal point exactly', () => {
    expect(exactDecimal('1500', 3)).toBe('1.5')
    expect(exactDecimal('1', 18)).toBe('0.000000000000000001')
    fc.assert(
      fc.property(unsigned, fc.integer({ min: 1, max: 77 }), (value, decimals) => {
        const [whole = '', fraction = ''] = exactDecimal(String(value), decimals).split('.')
        expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(value)
      }),
    )
  })

  it('takes decimals that no token has as unknown', () => {
    expect(exactDecimal('7', 2 ** 31)).toBe('7')
    expect(exactDecimal('7', -1)).toBe('7')
  })

  it('rounds decimals half up, with carry', () => {
    expect(formatDecimal('1234567.891234', 2)).toBe('1,234,567.89')
    expect(formatDecimal('999.995', 2)).toBe('1,000.00')
    expect(formatDecimal('0.5', 0)).toBe('1')
    expect(formatDecimal('1234.5')).toBe('1,234.5')
    expect(formatDecimal('not a number', 2)).toBe('not a number')
    expect(boundedDecimal(`${2n ** 256n - 1n}`).replaceAll(',', '')).toBe(`${2n ** 256n - 1n}`)
    expect(boundedDecimal('7'.repeat(300))).toBe('≈ 7.77 × 10^299')
    expect(boundedDecimal(`0.${'0'.repeat(250)}1`)).toMatch(/^0\.0+…$/)
    expect(compactDecimal(`123${'0'.repeat(30)}`)).toBe('≈ 1.23 × 10^32')
  })
})

describe('words', () => {
  it('shortens what is long, whole characters only', () => {
    expect(shortAddress(`0x1234${'0'.repeat(32)}abcd`)).toBe('0x1234…abcd')
    expect(shortAddress('alice')).toBe('alice')
    expect(clip('😀😀😀', 2)).toBe('😀…')
    expect(clipList(['a', 'b', 'c'], 2)).toBe('a, b and 1 more')
  })

  it('names counts, durations and ids', () => {
    expect(plural(1, 'payment')).toBe('1 payment')
    expect(plural(1234, 'payment')).toBe('1,234 payments')
    expect(formatDuration(75 * 3_600_000)).toBe('3 d 3 h')
    expect(formatDuration(0)).toBe('0 s')
    expect(idTitle('exchange-hot-wallet')).toBe('Exchange hot wallet')
  })
})
