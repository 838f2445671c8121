import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'

describe('clopperPearson', () => {
  // Published: R binom.test(1, 10), binom.test(5, 20), binom.test(0, 30) and binom.test(7, 7), two-sided 95 %.
  it.each([
    [1, 10, 0.002528579, 0.445016117],
    [5, 20, 0.08657147, 0.49104587],
    [0, 30, 0, 0.1157033],
    [7, 7, 0.5903836, 1],
  ])('gives the published bounds of %d in %d', (successes, trials, low, high) => {
    const found = clopperPearson(successes, trials, 0.975)
    expect(found.low).toBeCloseTo(low, 6)
    expect(found.high).toBeCloseTo(high, 6)
  })

  it('is where the binomial tail has just the mass that is left', () => {
    const cases = fc.integer({ min: 1, max: 60 }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })))
    fc.assert(
      fc.property(cases, ([n, k]) => {
        const { low, high } = clopperPearson(k, n, 0.95)
        if (k > 0) expect(tail(n, low, (i) => i >= k)).toBeCloseTo(0.05, 9)
        if (k < n) expect(tail(n, high, (i) => i <= k)).toBeCloseTo(0.05, 9)
      }),
    )
  })
})

function tail(n: number, p: number, counts: (i: number) => boolean): number {
  let [sum, ways] = [0, 1]
  for (let i = 0; i <= n; i++) {
    if (counts(i)) sum += ways * p ** i * (1 - p) ** (n - i)
    ways = (ways * (n - i)) / (i + 1)
  }
  return sum
}
