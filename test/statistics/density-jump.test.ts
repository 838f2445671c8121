import { describe, expect, it } from 'vitest'
import { logBinomialTail } from '../../src/statistics/binomial-tail.ts'
import { binomialJump, densityJump } from '../../src/statistics/density-jump.ts'
import { randomStream } from '../../src/statistics/random.ts'

/** The linear congruential generator of C's rand, so that another language makes the same numbers. */
function uniform(count: number, seed: number): number[] {
  let state = BigInt(seed)
  return Array.from({ length: count }, () => {
    state = (1103515245n * state + 12345n) % 2147483648n
    return Number(state) / 2147483648
  })
}
const rising = (values: readonly number[]) => Float64Array.from(values).sort()
const smooth = rising(uniform(1500, 1).map((u) => 10 * u ** 1.5))
const jump = rising([...uniform(1200, 2).map((u) => 8 * u ** 1.2), ...uniform(300, 3).map((u) => 4 + 1.5 * u)])
const whole = rising(
  [...uniform(1500, 4).map((u) => 60 * u ** 1.3), ...uniform(200, 5).map((u) => 16 + 3 * u)].map(Math.floor),
)

describe('densityJump', () => {
  /**
   * By rddensity 3.0 of PyPI: `pip install rddensity`, then with x and c as here
   * r = rddensity(X=x, c=c); r.h, r.hat, r.test['t_jk'], r.test['p_jk']
   */
  it.each([
    {
      name: 'smooth values',
      values: smooth,
      cutoff: 4,
      widths: [1.0689015, 1.2277245],
      densities: [0.10043055, 0.10237494],
      t: 0.04990965,
      p: 0.96019,
    },
    {
      name: 'a jump',
      values: jump,
      cutoff: 4,
      widths: [0.9668386, 0.8107173],
      densities: [0.07111403, 0.18211503],
      t: 1.88433463,
      p: 0.05952,
    },
    {
      name: 'whole numbers',
      values: whole,
      cutoff: 16,
      widths: [22, 22],
      densities: [0.0169665, 0.04683852],
      t: 6.19796555,
      p: 5.71976e-10,
    },
  ])('agrees with rddensity on $name', ({ values, cutoff, widths, densities, t, p }) => {
    const found = densityJump(values, cutoff)!
    const near = (value: number, reference: number) => expect(Math.abs(value / reference - 1)).toBeLessThan(1e-4)
    near(found.below, widths[0]!)
    near(found.above, widths[1]!)
    near(found.left, densities[0]!)
    near(found.right, densities[1]!)
    near(found.t, t)
    near(found.pValue, p)
  })

  it('says nothing of a side with few values', () => {
    expect(densityJump(rising(uniform(100, 1)), 0.05)).toBeNull()
  })

  it('rejects a smooth density no more often than it says', () => {
    let rejected = 0
    for (let seed = 1; seed <= 200; seed++) {
      const random = randomStream(seed, 'density')
      const values = Float64Array.from({ length: 600 }, () => random.exponential() + random.exponential()).sort()
      if (densityJump(values, 1.5)!.pValue <= 0.05) rejected++
    }
    expect(rejected).toBeLessThanOrEqual(18)
  })
})

describe('binomialJump', () => {
  it('counts both sides of a cutoff and takes the exact tail', () => {
    const values = Float64Array.of(1, 2, 2, 3, 4, 4, 4, 5, 5, 9)
    expect(binomialJump(values, 4, 2)).toEqual({ below: 3, above: 5, pValue: Math.exp(logBinomialTail(5, 8, 0.5)) })
    expect(binomialJump(values, 100, 2).pValue).toBe(1)
  })
})
