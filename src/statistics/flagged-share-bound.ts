import { logBinomialTail } from './binomial-tail.ts'
import { chanceVolume, volumeLaw } from './chance-volume.ts'

export type FlaggedShareInput = {
  /** The higher, the more like wash usage. NaN was not scored: never flagged, its volume counts. */
  readonly scores: Float64Array
  /** Volume of each entity in any one unit, 0 or more. */
  readonly volumes: Float64Array
  /** Scores of entities taken for honest. NaN counts as high. */
  readonly calibration: Float64Array
  /** Chance that the bound is above the truth; 0.05 by default. */
  readonly delta?: number
  /** The stratum of every entity, counted from 0. One for all by default. */
  readonly strata?: { readonly scores: Int32Array; readonly calibration: Int32Array }
}

export type FlaggedShareBound = {
  /** Share of all volume that is not honest, at least. */
  readonly bound: number
  /** For each stratum the score above which entities are flagged; NaN where the bound rests on none. */
  readonly thresholds: Float64Array
}

/**
 * Lower bound on the share of volume that belongs to entities which are not honest. It holds with probability 1 − delta if
 * the honest are scored like the calibration entities of their stratum, independently of each other and of their volume
 * within the stratum; nothing is assumed of the others. At a threshold whose false-positive rate is at most a, flagged
 * volume F is no more than wash volume W and what is flagged by chance, so W ≥ F − chance.
 *
 * A few thresholds are tried, at rates a factor of 4 apart that are fixed beforehand: more would each take their share of
 * delta and buy less than that. delta is shared evenly by strata, rates, and the two ways to err: the rate is above a (the
 * exact binomial of Clopper and Pearson, at low rates far narrower than the inequality of Dvoretzky, Kiefer and
 * Wolfowitz), or chance exceeds its bound (`chanceVolume`). A normal bound z √(a (1 − a) Σ v²) in its place does not hold
 * where few entities hold most of the volume: among honest entities alone with Pareto volumes of exponent 0.6, it was above
 * 0 in 16 % of 1,000 markets of 400.
 */
export function flaggedShareBound(input: FlaggedShareInput): FlaggedShareBound {
  const { volumes, strata, delta = 0.05 } = input
  const count = strata === undefined ? 1 : 1 + strata.scores.reduce((most, stratum) => Math.max(most, stratum), -1)
  const inside = (of: 'scores' | 'calibration', stratum: number) => (_: number, i: number) =>
    strata === undefined || strata[of][i] === stratum
  const found = Array.from({ length: count }, (_, stratum) => {
    const calibration = input.calibration.filter(inside('calibration', stratum)).sort()
    const scores = input.scores.filter(inside('scores', stratum))
    return shareBounds(volumes.filter(inside('scores', stratum)))(scores)(flagRules(calibration, delta / count))
  })
  const total = volumes.reduce((sum, volume) => sum + volume, 0)
  return {
    bound: total > 0 ? found.reduce((sum, { volume }) => sum + volume, 0) / total : 0,
    thresholds: Float64Array.from(found, ({ threshold }) => threshold),
  }
}

/** A score above the threshold is flagged; of the honest no more than `rate` are, but for a chance of `delta`. */
export type FlagRule = { readonly rate: number; readonly delta: number; readonly threshold: number }

/** The thresholds that `flaggedShareBound` tries in one stratum, from rising calibration scores, NaN last. */
export function flagRules(calibration: Float64Array, delta: number): FlagRule[] {
  const rates = ratesFor(calibration.length)
  const each = delta / (2 * rates.length)
  return rates.flatMap((rate) => {
    const above = mostAbove(calibration.length, rate, each)
    return above < 0 ? [] : [{ rate, delta: each, threshold: calibration[calibration.length - 1 - above]! }]
  })
}

/**
 * Of one stratum: for scores and rules, the largest volume that they show not to be honest, and the threshold that does
 * (NaN: none). What chance flags depends on the volumes alone and is computed once a rule.
 */
export function shareBounds(volumes: Float64Array) {
  const law = volumeLaw(volumes)
  const known = new Map<string, ReturnType<typeof chanceVolume>>()
  const chanceOf = ({ rate, delta }: FlagRule) => {
    const key = `${rate} ${delta}`
    const chance = known.get(key) ?? chanceVolume(law, rate, delta)
    known.set(key, chance)
    return chance
  }
  return (scores: Float64Array) => {
    const flaggedAt = new Map<number, number>()
    return (rules: readonly FlagRule[]): { readonly volume: number; readonly threshold: number } => {
      let best = { volume: 0, threshold: Number.NaN }
      for (const rule of rules) {
        const { rate, threshold } = rule
        const chance = chanceOf(rule)
        const flagged = flaggedAt.get(threshold) ?? flaggedVolume(scores, volumes, threshold)
        flaggedAt.set(threshold, flagged)
        // The chance part comes of honest volume alone, total − W: W ≥ flagged − (all − rate W), or W ≥ flagged − apart.
        const volume = Math.max((flagged - chance.all) / (1 - rate), flagged - chance.apart)
        if (volume > best.volume) best = { volume, threshold }
      }
      return best
    }
  }
}

/** From 1/2 down to what n entities can hardly tell from 0. */
function ratesFor(n: number): number[] {
  const rates: number[] = []
  for (let rate = 1 / 2; rate * n >= 4; rate /= 4) rates.push(rate)
  return rates
}

/** How many of n may lie above a threshold so that its rate is at most `rate`, but for a chance of delta. −1: not even none. */
function mostAbove(n: number, rate: number, delta: number): number {
  let [low, high] = [-1, n]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (logBinomialTail(n - middle, n, 1 - rate) <= Math.log(delta)) low = middle
    else high = middle
  }
  return low
}

function flaggedVolume(scores: Float64Array, volumes: Float64Array, threshold: number): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) if (scores[i]! > threshold) sum += volumes[i]!
  return sum
}
