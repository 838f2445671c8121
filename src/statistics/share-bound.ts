import { clopperPearson } from './clopper-pearson.ts'
import { bootstrapGroups, quantile } from './cluster-bootstrap.ts'
import { randomStream } from './random.ts'

/** Of so many of one world, how many were flagged. */
export type WorldTally = { readonly of: number; readonly flagged: number }

export type ShareBound = {
  /** One-sided upper bound of the share that is flagged; NaN where there is nobody. */
  readonly upper: number
  /** What it comes from: worlds drawn again, or the exact bound over those of the class or over worlds. */
  readonly by: 'worlds resampled' | 'exact, each alone' | 'exact, by world'
}

const DRAWS = 2_000

/**
 * Upper bound of a share whose cases come in worlds, which are alike within. Worlds are drawn again with replacement (Davison
 * and Hinkley 1997, §3.8); where that falls below what independent cases would allow (Clopper and Pearson 1934), the latter
 * holds. Nothing flagged leaves nothing to draw: then the exact bound over cases or over worlds, whichever is wider.
 */
export function shareBound(worlds: readonly WorldTally[], confidence: number, seed = 1): ShareBound {
  const filled = worlds.filter(({ of }) => of > 0)
  const total = (key: keyof WorldTally) => filled.reduce((sum, world) => sum + world[key], 0)
  const [all, flagged] = [total('of'), total('flagged')]
  if (all === 0) return { upper: Number.NaN, by: 'exact, each alone' }
  const alone = clopperPearson(flagged, all, confidence).high
  const other =
    flagged === 0 ? clopperPearson(0, filled.length, confidence).high : resampledBound(filled, confidence, seed)
  if (other <= alone) return { upper: alone, by: 'exact, each alone' }
  return { upper: other, by: flagged === 0 ? 'exact, by world' : 'worlds resampled' }
}

function resampledBound(worlds: readonly WorldTally[], confidence: number, seed: number): number {
  const shares = new Float64Array(DRAWS)
  const each = Int32Array.from(worlds, (_, world) => world)
  bootstrapGroups(each, worlds.length, DRAWS, randomStream(seed, 'share-bound'), (weights, draw) => {
    let [of, flagged] = [0, 0]
    for (let world = 0; world < worlds.length; world++) {
      of += weights[world]! * worlds[world]!.of
      flagged += weights[world]! * worlds[world]!.flagged
    }
    shares[draw] = flagged / of
  })
  return quantile(shares, confidence)
}
