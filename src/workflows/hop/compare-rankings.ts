import { bootstrapGroups, quantile } from '../../statistics/cluster-bootstrap.ts'
import { randomStream } from '../../statistics/random.ts'
import { type RankingQuality, rankCases, rankingQuality } from '../../statistics/ranking-curve.ts'

export const FALSE_POSITIVE_RATE = 0.01
const WORLDS = 1000
const MEASURES = ['averagePrecision', 'recall'] as const

/** A value with the bounds of its 95 % interval. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number }
export type Measured = { readonly [measure in keyof RankingQuality]: Estimate }

export type Comparison = {
  readonly methods: readonly { readonly name: string; readonly quality: Measured; readonly lead: Measured }[]
}

/**
 * Average precision and recall at 1 % false positives of every method, and by how much the first method leads it, with
 * intervals by resampling groups: each sample is the same for all methods, so that differences are paired.
 */
export function compareRankings(
  scores: ReadonlyMap<string, Float64Array>,
  positive: Uint8Array,
  groupOf: Int32Array,
  groups: number,
): Comparison {
  const rankings = Array.from(scores.values(), (values) => rankCases(values, positive))
  const whole = rankings.map((ranking) => rankingQuality(ranking, FALSE_POSITIVE_RATE))
  const worlds = rankings.map(() => MEASURES.map(() => new Float64Array(WORLDS)))
  bootstrapGroups(groupOf, groups, WORLDS, randomStream(1, 'hop-bootstrap'), (weights, world) => {
    for (const [k, ranking] of rankings.entries()) {
      const quality = rankingQuality(ranking, FALSE_POSITIVE_RATE, weights)
      for (const [m, measure] of MEASURES.entries()) worlds[k]![m]![world] = quality[measure]
    }
  })
  const estimate = (value: number, drawn: Float64Array): Estimate => ({
    value,
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
  })
  const measured = (of: (m: number) => Estimate): Measured => ({ averagePrecision: of(0), recall: of(1) })
  const methods = Array.from(scores.keys(), (name, k) => ({
    name,
    quality: measured((m) => estimate(whole[k]![MEASURES[m]!], worlds[k]![m]!)),
    lead: measured((m) =>
      estimate(
        whole[0]![MEASURES[m]!] - whole[k]![MEASURES[m]!],
        worlds[0]![m]!.map((value, world) => value - worlds[k]![m]![world]!),
      ),
    ),
  }))
  return { methods }
}
