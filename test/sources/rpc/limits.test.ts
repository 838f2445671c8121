import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src/sources/rpc/failure.ts'
import { learnLimits } from '../../../src/sources/rpc/limits.ts'
import { pieceSize } from '../../../src/sources/rpc/piece-size.ts'
import { hintedBlocks, hintedResults } from '../../../src/sources/rpc/range-hint.ts'

const refusal = (words: string, kind: Failure['kind'] = 'range'): Failure => ({
  kind,
  words,
  status: null,
  retryAfterMs: null,
})

describe('hints', () => {
  it.each([
    ['eth_getLogs is limited to a 10,000 range', 10_000],
    ['exceed maximum block range: 5000', 5_000],
    ['requested too many blocks from 1 to 9000, maximum is set to 2048', 2_048],
    ['You can make eth_getLogs requests with up to a 2K block range', 2_000],
    ['this block range should work: [0x10, 0x1f]', 16],
    ['Try with this block range [0x1, 0x1].', 1],
    ['maximum [from, to] blocks distance: 10000', 10_000],
    ['ranges over 10000 blocks are not supported', 10_000],
    ['block range is too wide', null],
    ['try [0x5, 0x2]', null],
  ])('reads %s', (words, blocks) => {
    expect(hintedBlocks(words)).toBe(blocks)
  })

  it('reads how many results fit', () => {
    expect(hintedResults('query returned more than 10000 results')).toBe(10_000)
    expect(hintedResults('query exceeds max results 20000')).toBe(20_000)
    expect(hintedResults('response is too big')).toBeNull()
  })
})

describe('learnLimits', () => {
  it('halves where a hint is the same range, or was refused itself', () => {
    const limits = learnLimits()
    expect(limits.refused(2_000, refusal('limited to 2000 blocks'))).toBe(1_000)
    expect(limits.blocks()).toBe(1_000)
    expect(limits.refused(1_000, refusal('limited to 2000 blocks'))).toBe(500)
  })

  it('finds every limit, counted either way, and never asks for nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.boolean(), fc.boolean(), (limit, inclusive, hint) => {
        const limits = learnLimits()
        const takes = inclusive ? limit : limit + 1
        let asked = 100_000
        for (let calls = 0; calls < 60; calls += 1) {
          const width = Math.min(asked, limits.blocks())
          if (width <= takes) {
            limits.answered(width)
            expect(width * 2.2).toBeGreaterThan(Math.min(takes, width * 2))
            return
          }
          asked = limits.refused(width, refusal(hint ? `limited to ${limit} blocks` : 'range too wide'))
          expect(asked).toBeGreaterThanOrEqual(1)
          expect(asked).toBeLessThan(width)
        }
        throw new Error('no end')
      }),
    )
  })

  it('grows again after answers, and stays below what was refused', () => {
    const limits = learnLimits()
    limits.refused(1_000, refusal('range too wide'))
    for (let i = 0; i < 400; i += 1) limits.answered(limits.blocks())
    expect(limits.blocks()).toBeGreaterThan(900)
    expect(limits.blocks()).toBeLessThan(1_000)
  })

  it('keeps the width where only the answer was too large', () => {
    const limits = learnLimits()
    expect(limits.refused(1_000, refusal('query returned more than 500 results', 'size'))).toBe(500)
    expect(limits.blocks()).toBe(Number.POSITIVE_INFINITY)
    expect(limits.results()).toBe(500)
  })
})

describe('pieceSize', () => {
  it('comes to hold one full answer, whatever the density', () => {
    for (const perBlock of [0.001, 0.5, 20, 3_000]) {
      const sizes = pieceSize()
      for (let i = 0; i < 30; i += 1) {
        const width = sizes.next(Number.POSITIVE_INFINITY)
        sizes.read(width, Math.round(width * perBlock))
      }
      const width = sizes.next(Number.POSITIVE_INFINITY)
      expect(width * perBlock).toBeLessThanOrEqual(10_000)
      expect(width === 1_000_000 || width * perBlock > 3_000).toBe(true)
    }
  })

  it('is not narrowed by a piece that something else cut short', () => {
    const sizes = pieceSize()
    sizes.read(7, 0)
    expect(sizes.next(1e9)).toBe(10_000)
    expect(sizes.next(50)).toBe(50)
  })
})
