import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/statistics/random.ts'

const WORD = 0xffff_ffffn
const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & WORD

/** xoshiro128** as its authors print it in C, in arithmetic that cannot overflow. */
function* slowXoshiro(s: [bigint, bigint, bigint, bigint]): Generator<bigint> {
  while (true) {
    yield (rotate((s[1] * 5n) & WORD, 7n) * 9n) & WORD
    const t = (s[1] << 9n) & WORD
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 11n)
  }
}

/** The seeding as documented: FNV-1a of the text with an offset for each word, then MurmurHash3's finalizer. */
function slowSeed(text: string): [bigint, bigint, bigint, bigint] {
  const words = [1n, 2n, 3n, 4n].map((n) => {
    let hash = 0x811c9dc5n ^ ((n * 0x9e3779b9n) & WORD)
    for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x01000193n) & WORD
    hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & WORD
    hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & WORD
    hash ^= hash >> 16n
    return hash === 0n ? n : hash
  })
  return words as [bigint, bigint, bigint, bigint]
}

const draws = (seed: number, name: string, n: number) => {
  const random = randomStream(seed, name)
  return Array.from({ length: n }, () => random.next())
}

describe('randomStream', () => {
  it('starts as the published algorithm does from the state 1, 2, 3, 4', () => {
    const stream = slowXoshiro([1n, 2n, 3n, 4n])
    const first = Array.from({ length: 4 }, () => stream.next().value)
    // The test vector of the rand_xoshiro crate, made with the authors' C code.
    expect(first).toEqual([11520n, 0n, 5927040n, 70819200n])
  })

  it('is that algorithm, with 53 bits a number', () => {
    for (const [seed, name] of [
      [1, 'value-return'],
      [2 ** 31, 'demand'],
      [0, ''],
    ] as const) {
      const words = slowXoshiro(slowSeed(`${seed}\u0000${name}`))
      const word = () => words.next().value as bigint
      const expected = Array.from({ length: 500 }, () => Number((word() << 21n) | (word() >> 11n)) / 2 ** 53)
      expect(draws(seed, name, 500)).toEqual(expected)
    }
  })

  it('is uniform: chi-square over 100 cells, single numbers and pairs', () => {
    const numbers = draws(7, 'uniform', 200_000)
    const chiSquare = (cells: readonly number[]) => {
      const counts = new Float64Array(100)
      for (const cell of cells) counts[cell]!++
      const expected = cells.length / 100
      return counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0)
    }
    const singles = numbers.map((value) => Math.floor(value * 100))
    const pairs = singles
      .map((cell, i) => Math.floor(cell / 10) * 10 + Math.floor((numbers[i + 1] ?? 0) * 10))
      .slice(0, -1)
    // 99 degrees of freedom: 0.001 of samples lie above 148.2, and 0.001 below 61.1.
    for (const cells of [singles, pairs]) {
      expect(chiSquare(cells)).toBeLessThan(148.2)
      expect(chiSquare(cells)).toBeGreaterThan(61.1)
    }
  })

  it('depends on its seed and name alone', () => {
    const first = draws(1, 'a', 50)
    expect(draws(1, 'a', 50)).toEqual(first)
    const others = [draws(2, 'a', 50), draws(1, 'b', 50), draws(11, '', 50), draws(1, '1', 50)]
    for (const other of others) expect(other).not.toEqual(first)
    // A seed and a name are not run together: (1, '1x') is not (11, 'x').
    expect(draws(1, '1x', 50)).not.toEqual(draws(11, 'x', 50))
  })

  it('draws whole numbers below a bound, and picks among values', () => {
    const random = randomStream(3, 'below')
    const seen = new Set(Array.from({ length: 1_000 }, () => random.below(7)))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']))
  })

  it('has the moments of the exponential and the normal', () => {
    const random = randomStream(4, 'moments')
    const n = 100_000
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n
    const exponential = Array.from({ length: n }, () => random.exponential())
    const normal = Array.from({ length: n }, () => random.normal())
    expect(Math.min(...exponential)).toBeGreaterThanOrEqual(0)
    expect(mean(exponential)).toBeCloseTo(1, 1)
    expect(mean(normal)).toBeCloseTo(0, 1)
    expect(mean(normal.map((value) => value ** 2))).toBeCloseTo(1, 1)
  })
})
