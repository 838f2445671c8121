import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformalPValues } from '../../src/statistics/conformal-p-values.ts'
import { randomStream } from '../../src/statistics/random.ts'

const scores = fc.array(
  fc.constantFrom(0, -0, 1, 2, 3.5, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN),
  {
    maxLength: 20,
  },
)

describe('conformalPValues', () => {
  it('counts one by one', () => {
    fc.assert(
      fc.property(scores, scores, (calibration, tested) => {
        const found = conformalPValues(Float64Array.from(calibration), Float64Array.from(tested))
        tested.forEach((score, i) => {
          const reach = calibration.filter((other) => !(other < score)).length
          if (Number.isNaN(score)) expect(found[i]).toBeNaN()
          else expect(found[i]).toBe((1 + reach) / (1 + calibration.length))
        })
      }),
    )
  })

  it('is no smaller than uniform under the null, with ties', () => {
    const random = randomStream(1, 'conformal-p-values')
    const draw = () => Math.floor(5 * random.exponential())
    const levels = [0.05, 0.1, 0.3, 0.7]
    const below = levels.map(() => 0)
    for (let world = 0; world < 20_000; world++) {
      const [p] = conformalPValues(new Float64Array(40).map(draw), Float64Array.of(draw()))
      levels.forEach((level, i) => {
        if (p! <= level) below[i]!++
      })
    }
    levels.forEach((level, i) => {
      expect(below[i]! / 20_000).toBeLessThan(level + 4 * Math.sqrt((level * (1 - level)) / 20_000))
      expect(below[i]! / 20_000).toBeGreaterThan(0.5 * level)
    })
  })
})
