import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { shareBound } from '../../src/statistics/share-bound.ts'

describe('shareBound', () => {
  it('is exact where nothing was flagged, over cases or worlds, whichever is wider', () => {
    const clean = (worlds: number, of: number) => Array.from({ length: worlds }, () => ({ of, flagged: 0 }))
    // 1 − 0.05^(1/n): 95 % of nothing in n trials.
    const { upper, by } = shareBound(clean(100, 20), 0.95)
    expect(upper).toBeCloseTo(1 - 0.05 ** (1 / 100), 12)
    expect(by).toBe('exact, by world')
    expect(shareBound([...clean(1, 1), ...clean(40, 0)], 0.95).upper).toBeCloseTo(0.95, 12)
    expect(shareBound([], 0.95).upper).toBeNaN()
  })

  it('is never below what independent cases allow', () => {
    const spread = Array.from({ length: 400 }, (_, i) => ({ of: 5, flagged: i === 7 ? 1 : 0 }))
    expect(shareBound(spread, 0.95).upper).toBeGreaterThanOrEqual(clopperPearson(1, 2_000, 0.95).high)
  })

  it('is wider where what is flagged stands together', () => {
    const worlds = Array.from({ length: 50 }, (_, i) => ({ of: 40, flagged: i < 2 ? 20 : 0 }))
    const { upper, by } = shareBound(worlds, 0.95)
    expect(by).toBe('worlds resampled')
    expect(upper).toBeGreaterThan(1.4 * clopperPearson(40, 2_000, 0.95).high)
    expect(shareBound(worlds, 0.95).upper).toBe(upper)
  })

  it('holds about as often as it says where worlds differ', () => {
    const random = randomStream(3, 'worlds')
    const simulations = 200
    let held = 0
    for (let i = 0; i < simulations; i++) {
      const worlds = Array.from({ length: 120 }, () => {
        const share = 0.04 * random.exponential()
        const flagged = Array.from({ length: 30 }, () => Number(random.next() < share)).reduce((a, b) => a + b, 0)
        return { of: 30, flagged }
      })
      // Mean of min(1, 0.04 E) is 0.04 but for 10⁻¹².
      if (shareBound(worlds, 0.95, i).upper >= 0.04) held++
    }
    // 176 of 200 lies 4.5 standard errors below 95 %; independent cases would hold in some 170.
    expect(held).toBeGreaterThan(180)
  })
})
