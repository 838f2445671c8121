import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankCases, rankingQuality } from '../../src/statistics/ranking-curve.ts'

/** Every threshold tried on every case. */
function slowly(cases: readonly (readonly [score: number, positive: number, weight: number])[], rate: number) {
  const sum = (of: typeof cases) => of.reduce((total, [, , weight]) => total + weight, 0)
  const positives = cases.filter(([, positive]) => positive === 1)
  const negatives = cases.filter(([, positive]) => positive === 0)
  let [averagePrecision, recall, before] = [0, 0, 0]
  for (const threshold of [...new Set(cases.map(([score]) => score))].sort((a, b) => b - a)) {
    const hits = sum(positives.filter(([score]) => score >= threshold))
    const misses = sum(negatives.filter(([score]) => score >= threshold))
    if (hits > before) averagePrecision += (((hits - before) / sum(positives)) * hits) / (hits + misses)
    before = hits
    if (misses <= rate * sum(negatives)) recall = hits / sum(positives)
  }
  return { averagePrecision, recall }
}

describe('rankingQuality', () => {
  it('gives the worked example of the average precision', () => {
    // Ranks + − + − : (1 + 2/3) / 2.
    const ranking = rankCases(Float64Array.of(4, 3, 2, 1), Uint8Array.of(1, 0, 1, 0))
    expect(rankingQuality(ranking, 0)).toEqual({ averagePrecision: (1 + 2 / 3) / 2, recall: 0.5 })
    expect(rankingQuality(ranking, 0.5).recall).toBe(1)
  })

  it('agrees with every threshold tried, with ties and weights', () => {
    const arbitraryCase = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 1 }), fc.nat({ max: 3 }))
    fc.assert(
      fc.property(fc.array(arbitraryCase, { minLength: 2 }), fc.constantFrom(0, 0.1, 0.5), (drawn, rate) => {
        const cases = [...drawn, [2, 1, 1] as const]
        const column = (k: 0 | 1 | 2) => cases.map((values) => values[k])
        const ranking = rankCases(Float64Array.from(column(0)), Uint8Array.from(column(1)))
        const found = rankingQuality(ranking, rate, Int32Array.from(column(2)))
        const expected = slowly(cases, rate)
        expect(found.averagePrecision).toBeCloseTo(expected.averagePrecision, 12)
        expect(found.recall).toBeCloseTo(expected.recall, 12)
      }),
    )
  })
})
