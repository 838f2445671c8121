import { describe, expect, it } from 'vitest'
import { boostTrees } from '../../src/statistics/gradient-boosting.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { rankCases, rankingQuality } from '../../src/statistics/ranking-curve.ts'

const random = randomStream(1, 'boosting')
const draw = (n: number) => Array.from({ length: 3 }, () => Float64Array.from({ length: n }, () => random.next()))
/** Exclusive or of two features, which no sum of one-feature effects can tell; the third feature is noise. */
const xor = ([a, b]: readonly Float64Array[]) =>
  Uint8Array.from(a!, (value, i) => (value > 0.5 !== b![i]! > 0.5 ? 1 : 0))

describe('boostTrees', () => {
  it('learns an interaction, and holds on rows it has not seen', () => {
    const [train, test] = [draw(2000), draw(2000)]
    const scores = boostTrees(train, xor(train), { trees: 60 })(test)
    expect(rankingQuality(rankCases(scores, xor(test)), 0.01).averagePrecision).toBeGreaterThan(0.98)
  })

  it('gives log odds that are calibrated where the target is noise', () => {
    const features = draw(4000)
    const target = Uint8Array.from(features[0]!, (value) => (random.next() < 0.1 + 0.6 * value ? 1 : 0))
    const p = boostTrees(features, target)(features).map((eta) => 1 / (1 + Math.exp(-eta)))
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      target.reduce((sum, value) => sum + value, 0),
      -1.5,
    )
    for (const [low, high] of [
      [0, 0.33],
      [0.67, 1],
    ]) {
      const inside = p.filter((_, i) => features[0]![i]! >= low! && features[0]![i]! < high!)
      const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length
      expect(mean).toBeCloseTo(0.1 + 0.3 * (low! + high!), 1)
    }
  })

  it('gives the same model of the same rows, and the prior where nothing can be learned', () => {
    const features = draw(500)
    const target = xor(features)
    expect(boostTrees(features, target)(features)).toEqual(boostTrees(features, target)(features))
    const constant = boostTrees(
      [new Float64Array(100)],
      Uint8Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0)),
    )
    expect(constant([new Float64Array(1)])[0]).toBeCloseTo(Math.log(0.2 / 0.8), 1)
  })
})
