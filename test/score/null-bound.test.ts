import { describe, expect, it } from 'vitest'
import { type Calibration, encodeSteps, ORDINARY, STRATA, stepOf } from '../../src/score/calibration.ts'
import { measures } from '../../src/score/certified.ts'
import { nullBound } from '../../src/score/null-bound.ts'
import type { Volumes } from '../../src/score/volumes.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'

const honest = (random: Random) => random.normal() * 0.8 - 0.5
const noisy = (random: Random) => random.normal() * 0.8 + 1.5

function calibrate(
  random: Random,
  sizes: { readonly [control: string]: readonly [number, (random: Random) => number] },
) {
  const classes = Object.entries(sizes).map(([name, [size, draw]]) => {
    const strata = STRATA.map(() => {
      const steps = new Map<number, number>()
      for (let i = 0; i < size; i += 1) {
        const step = stepOf(draw(random))
        steps.set(step, (steps.get(step) ?? 0) + 1)
      }
      return encodeSteps(steps)
    })
    return [name, strata] as const
  })
  return { signals: '', worlds: 1, check: '', classes: Object.fromEntries(classes) } satisfies Calibration
}

const calibration = calibrate(randomStream(1, 'calibration'), {
  [ORDINARY]: [21_000, honest],
  noisy: [500, noisy],
  quiet: [500, () => -2],
})

/** Entities of which some are not honest; `volume` of each by every measure. */
function marketOf(random: Random, { entities, wash }: { readonly entities: number; readonly wash: number }) {
  const isWash = Uint8Array.from({ length: entities }, (_, i) => Number(i < wash))
  const nats = Float64Array.from(isWash, (is) => (is === 1 ? 6 + random.normal() : honest(random)))
  const ofEntity = Float64Array.from(isWash, () => 1 + Math.floor(20 * random.exponential()))
  const total = ofEntity.reduce((sum, one) => sum + one, 0)
  const volumes = Object.fromEntries(measures.map((measure) => [measure, { ofEntity, total }])) as Volumes
  const truth = ofEntity.reduce((sum, one, i) => sum + one * isWash[i]!, 0) / total
  return { nats, volumes, truth, isWash }
}

describe('nullBound', () => {
  it('is below the truth in nearly all markets, and close to it where wash usage stands out', () => {
    let [above, bounds, truths] = [0, 0, 0]
    for (let seed = 1; seed <= 30; seed += 1) {
      const { nats, volumes, truth } = marketOf(randomStream(seed, 'market'), { entities: 800, wash: 160 })
      const { L1 } = nullBound(nats, volumes, calibration)
      if (L1.value.status !== 'measured') throw new Error(L1.value.reason)
      bounds += L1.value.mid
      truths += truth
      if (L1.value.mid > truth) above += 1
    }
    expect(above).toBeLessThanOrEqual(1)
    expect(bounds / truths).toBeGreaterThan(0.7)
  })

  it('says nothing of a market like the calibration, and rests on nobody', () => {
    const { nats, volumes } = marketOf(randomStream(1, 'honest'), { entities: 800, wash: 0 })
    const { L1, flagged } = nullBound(nats, volumes, calibration)
    expect(L1.count).toMatchObject({ status: 'measured', mid: 0 })
    expect(flagged).not.toContain(1)
  })

  it('rises where the noisiest class is left out, and falls where a quiet one is', () => {
    const { nats, volumes } = marketOf(randomStream(2, 'market'), { entities: 800, wash: 160 })
    const { L1 } = nullBound(nats, volumes, calibration)
    if (L1.units.status !== 'measured') throw new Error(L1.units.reason)
    expect(L1.units.low).toBeLessThanOrEqual(L1.units.mid)
    expect(L1.units.high).toBeGreaterThan(L1.units.mid)
  })

  it('counts usage without a known payer in the whole', () => {
    const { nats, volumes } = marketOf(randomStream(2, 'market'), { entities: 800, wash: 160 })
    const half = { ofEntity: volumes.count.ofEntity, total: 2 * volumes.count.total }
    const mid = (given: Volumes) => {
      const { value } = nullBound(nats, given, calibration).L1
      return value.status === 'measured' ? value.mid : Number.NaN
    }
    expect(mid({ ...volumes, value: half })).toBeCloseTo(mid(volumes) / 2, 12)
  })

  it('rests on entities that it flags', () => {
    const { nats, volumes, isWash } = marketOf(randomStream(3, 'market'), { entities: 800, wash: 160 })
    const { flagged } = nullBound(nats, volumes, calibration)
    const found = isWash.reduce((sum, is, entity) => sum + is * flagged[entity]!, 0)
    expect(found).toBeGreaterThan(130)
    expect(flagged.reduce((sum, is) => sum + is, 0) - found).toBeLessThan(40)
  })

  it('flags nobody of whom there is no evidence, however rare such a score is', () => {
    const low = calibrate(randomStream(1, 'low'), { [ORDINARY]: [21_000, () => -3] })
    const { nats, volumes } = marketOf(randomStream(1, 'market'), { entities: 800, wash: 0 })
    const { L1, flagged } = nullBound(
      nats.map((score) => Math.min(0, score)),
      volumes,
      low,
    )
    expect(L1.value).toMatchObject({ status: 'measured', high: 0 })
    expect(flagged).not.toContain(1)
  })

  it('is not given where a stratum that is needed has too few calibration entities', () => {
    const few = calibrate(randomStream(1, 'few'), { [ORDINARY]: [300, honest] })
    const { nats, volumes } = marketOf(randomStream(1, 'market'), { entities: 20, wash: 2 })
    expect(nullBound(nats, volumes, few).L1.users).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('fewer than 20000'),
    })
  })
})
