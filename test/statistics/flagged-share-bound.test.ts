import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { flaggedShareBound } from '../../src/statistics/flagged-share-bound.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'

type Plan = {
  readonly entities: number
  readonly calibration: number
  /** Of a Pareto law of volumes; below 1 the mean is infinite. */
  readonly tail: number
  readonly share: number
  /** How far above the honest the others score, in standard deviations. */
  readonly apart: number
  /** Honest scores rise with the logarithm of volume by this; strata of volume are told then. */
  readonly slope?: number
}

function draw(random: Random, { entities, calibration, tail, share, apart, slope = 0 }: Plan) {
  const volume = () => (1 - random.next()) ** (-1 / tail)
  const volumes = new Float64Array(entities).map(volume)
  const wash = new Uint8Array(entities).map(() => (random.next() < share ? 1 : 0))
  const stratumOf = (size: number) => (size < 4 ? 0 : size < 16 ? 1 : 2)
  const score = (size: number) => random.normal() + slope * stratumOf(size)
  const known = new Float64Array(calibration).map(volume)
  const input = {
    volumes,
    scores: volumes.map((size, i) => score(size) + apart * wash[i]!),
    calibration: known.map(score),
    strata: { scores: Int32Array.from(volumes, stratumOf), calibration: Int32Array.from(known, stratumOf) },
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
  return { input, truth: sum(volumes.map((size, i) => size * wash[i]!)) / sum(volumes) }
}

/** Share of worlds whose bound holds, and the means of bound and truth. */
function judge(plan: Plan, worlds: number) {
  const random = randomStream(1, `flagged-share-bound ${JSON.stringify(plan)}`)
  let [held, bounds, truths] = [0, 0, 0]
  for (let world = 0; world < worlds; world++) {
    const { input, truth } = draw(random, plan)
    const { strata, ...pooled } = input
    const { bound } = flaggedShareBound(plan.slope === undefined ? pooled : input)
    if (bound <= truth) held++
    bounds += bound / worlds
    truths += truth / worlds
  }
  return { held, bounds, truths }
}

describe('flaggedShareBound', () => {
  const plans: Plan[] = [
    { tail: 3, share: 0.1, apart: 0.5 },
    { tail: 1.1, share: 0, apart: 0 },
    { tail: 1.1, share: 0.35, apart: 2 },
    { tail: 0.6, share: 0.1, apart: 5 },
  ].map((plan) => ({ entities: 200, calibration: 400, ...plan }))
  it.each(plans)('holds in 95 % of 1,000 worlds: %o', (plan) => {
    expect(judge(plan, 1000).held).toBeGreaterThanOrEqual(950)
  })

  it('holds where honest scores rise with volume, by strata, and does not without', () => {
    const plan = { entities: 300, calibration: 1500, tail: 1.1, share: 0.1, apart: 2, slope: 3 }
    expect(judge(plan, 200).held).toBe(200)
    const random = randomStream(1, 'flagged-share-bound, pooled')
    let held = 0
    for (let world = 0; world < 200; world++) {
      const { input, truth } = draw(random, plan)
      const { strata, ...pooled } = input
      if (flaggedShareBound(pooled).bound <= truth) held++
    }
    expect(clopperPearson(held, 200, 0.99).high).toBeLessThan(0.95)
  })

  it.each([
    { entities: 400, calibration: 400, tail: 3, least: 0.75 },
    { entities: 2000, calibration: 5000, tail: 1.1, least: 0.7 },
    { entities: 3000, calibration: 20_000, tail: 1.1, least: 0.75 },
  ])('says most of the truth where the two are apart: %o', ({ least, ...plan }) => {
    const { bounds, truths, held } = judge({ ...plan, share: 0.35, apart: 5 }, 20)
    expect(held).toBe(20)
    expect(bounds / truths).toBeGreaterThan(least)
  })

  it('grows with delta, and says above which score it flagged', () => {
    const { input } = draw(randomStream(1, 'flagged-share-bound, delta'), {
      entities: 2000,
      calibration: 4000,
      tail: 2,
      share: 0.3,
      apart: 4,
    })
    const { strata, ...pooled } = input
    const [strict, loose] = [0.001, 0.2].map((delta) => flaggedShareBound({ ...pooled, delta }))
    expect(strict!.bound).toBeGreaterThan(0)
    expect(loose!.bound).toBeGreaterThan(strict!.bound)
    const above = input.volumes.filter((_, i) => input.scores[i]! > loose!.thresholds[0]!)
    const flagged = above.reduce((sum, v) => sum + v, 0) / input.volumes.reduce((sum, v) => sum + v, 0)
    expect(flagged).toBeGreaterThan(loose!.bound)
  })

  it('is 0 without calibration, without scores, and without volume', () => {
    const some = Float64Array.from({ length: 50 }, (_, i) => i + 1)
    const none = new Float64Array()
    const nothing = { bound: 0, thresholds: Float64Array.of(Number.NaN) }
    expect(flaggedShareBound({ scores: some, volumes: some, calibration: none })).toEqual(nothing)
    expect(flaggedShareBound({ scores: none, volumes: none, calibration: some })).toEqual(nothing)
    const unknown = new Float64Array(50).fill(Number.NaN)
    expect(flaggedShareBound({ scores: unknown, volumes: some, calibration: some })).toEqual(nothing)
    expect(flaggedShareBound({ scores: some, volumes: some, calibration: unknown })).toEqual(nothing)
    expect(flaggedShareBound({ scores: some, volumes: new Float64Array(50), calibration: some })).toEqual(nothing)
  })
})
