import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Sets, similarPairs } from '../../src/graph/min-hash.ts'
import { randomStream } from '../../src/statistics/random.ts'

const rowsOf = (sets: readonly (readonly number[])[]): Sets => {
  const offsets = new Int32Array(sets.length + 1)
  for (let i = 0; i < sets.length; i++) offsets[i + 1] = offsets[i]! + sets[i]!.length
  return { offsets, elements: Int32Array.from(sets.flat()) }
}

const find = (sets: readonly (readonly number[])[], bands: number, rows: number, seed = 1, most?: number) => {
  const random = randomStream(seed, 'min-hash').next
  const { left, right, crowds } = similarPairs(rowsOf(sets), { bands, rows, random, ...(most ? { most } : {}) })
  return { pairs: Array.from(left, (a, i) => [a, right[i]!] as const), crowds }
}

const arbitrarySets = fc.array(fc.uniqueArray(fc.integer(), { maxLength: 6 }), { maxLength: 12 })

describe('similarPairs', () => {
  it('has all equal sets, none of two sets without a common element, no empty set, no pair twice', () => {
    fc.assert(
      fc.property(arbitrarySets, fc.nat(), (drawn, seed) => {
        const sets = [...drawn, ...drawn.slice(0, 3).map((set) => [...set].reverse())]
        const { pairs } = find(sets, 4, 2, seed)
        const found = new Set(pairs.map(String))
        expect(found.size).toBe(pairs.length)
        for (let a = 0; a < sets.length; a++)
          for (let b = a + 1; b < sets.length; b++) {
            const common = sets[a]!.filter((element) => sets[b]!.includes(element)).length
            if (common === 0) expect(found).not.toContain(`${a},${b}`)
            else if (common === sets[a]!.length && common === sets[b]!.length) expect(found).toContain(`${a},${b}`)
          }
        expect(pairs).toEqual([...pairs].sort((p, q) => p[0] - q[0] || p[1] - q[1]))
        for (const [a, b] of pairs) expect(a).toBeLessThan(b)
      }),
    )
  })

  it.each([
    [0.2, 16, 2],
    [0.5, 8, 4],
    [0.8, 4, 8],
  ])('finds pairs of similarity %s as often as %s bands of %s rows should', (similarity, bands, rows) => {
    const trials = 2000
    const random = randomStream(11, 'sets').next
    const draw = () => Math.floor(random() * 2 ** 31)
    const common = Math.round(40 * similarity)
    const sets = Array.from({ length: trials }, () => {
      const shared = Array.from({ length: common }, draw)
      // 40 elements in the union: `common` in both sets, the others in one of them.
      const [left, right] = [0, 1].map(() => Array.from({ length: (40 - common) / 2 }, draw))
      return [
        [...shared, ...left!],
        [...right!, ...shared],
      ]
    }).flat()
    const hits = find(sets, bands, rows).pairs.filter(([a, b]) => a % 2 === 0 && b === a + 1).length
    const expected = 1 - (1 - similarity ** rows) ** bands
    // Four standard errors; all pairs share one family of hash functions, hence twice that.
    expect(Math.abs(hits / trials - expected)).toBeLessThan(8 * Math.sqrt((expected * (1 - expected)) / trials))
  })

  it('is the same for one stream, and another for another', () => {
    const random = randomStream(3, 'sets')
    const sets = Array.from({ length: 200 }, () => Array.from({ length: 10 }, () => random.below(60)))
    expect(find(sets, 4, 3, 1)).toEqual(find(sets, 4, 3, 1))
    expect(find(sets, 4, 3, 1)).not.toEqual(find(sets, 4, 3, 2))
  })

  it('pairs a crowd in a row only, and says so', () => {
    const sets = Array.from({ length: 5 }, () => [1, 2, 3])
    expect(find(sets, 2, 2, 1, 5)).toMatchObject({ crowds: 0, pairs: { length: 10 } })
    expect(find(sets, 2, 2, 1, 4)).toEqual({
      crowds: 2,
      pairs: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
    })
  })
})
