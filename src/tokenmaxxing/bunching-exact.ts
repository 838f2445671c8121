import type { Draw } from '../statistics/hypergeometric-tail.ts'
import { signedRankTail } from '../statistics/signed-rank.ts'
import { stratifiedTail } from '../statistics/stratified-tail.ts'
import { ABOVE } from './bunching-curve.ts'
import type { TargetGroup } from './target-groups.ts'

/** Bins just below the target, and just above those of who stops at it, against which its own are held. */
const BESIDE = { below: 2, above: 3 } as const

export type ExactResult = {
  readonly pValue: number
  /** Shares of windows near the target that lie from it to two above, and how many windows near it there are. */
  readonly aimed: { readonly share: number; readonly windows: number }
  readonly idle: { readonly share: number; readonly windows: number }
  readonly subjects: number
}

type Near = { hits: number; below: number; above: number }

/**
 * The windows of each subject that aimed at the target against its own that aimed at nothing, by the exact conditional
 * test: more often at the target than just below it, no less so than just above it (which an honest rise of the level
 * would fill as well), and by the signed ranks of subjects. The largest of the three p-values stands. Null where no subject has
 * both kinds of window near the target.
 */
export function bunchingExact(group: TargetGroup): ExactResult | null {
  const aimed = nearTarget(group.aimed)
  const idle = nearTarget(group.idle)
  const both = [...aimed.keys()].filter((subject) => idle.has(subject))
  const pairs = both.map((subject) => ({ a: aimed.get(subject)!, i: idle.get(subject)! }))
  if (pairs.length === 0) return null
  const lower = tailOf(pairs, ({ hits, below }) => ({ hits, beside: below }))
  const upper = tailOf(pairs, ({ hits, above }) => ({ hits, beside: above }))
  if (lower === null && upper === null) return null
  const subjects = signedRankTail(pairs.map(({ a, i }) => shareOf(a) - shareOf(i)))
  return {
    pValue: Math.max(lower ?? 0, upper ?? 0, subjects),
    aimed: pooled(pairs.map(({ a }) => a)),
    idle: pooled(pairs.map(({ i }) => i)),
    subjects: pairs.length,
  }
}

function nearTarget({ subject, bin }: TargetGroup['aimed']): Map<number, Near> {
  const near = new Map<number, Near>()
  bin.forEach((at, row) => {
    if (at < -BESIDE.below || at > ABOVE + BESIDE.above) return
    const of = near.get(subject[row]!) ?? { hits: 0, below: 0, above: 0 }
    near.set(subject[row]!, of)
    if (at < 0) of.below++
    else if (at <= ABOVE) of.hits++
    else of.above++
  })
  return near
}

/** Null where nothing is left to chance: every subject's windows are all hits, or none is. */
function tailOf(
  pairs: readonly { readonly a: Near; readonly i: Near }[],
  split: (near: Near) => { readonly hits: number; readonly beside: number },
): number | null {
  let count = 0
  const strata: Draw[] = []
  for (const { a, i } of pairs) {
    const [own, other] = [split(a), split(i)]
    const drawn = own.hits + own.beside
    const marked = own.hits + other.hits
    const population = drawn + other.hits + other.beside
    if (drawn === 0 || drawn === population || marked === 0 || marked === population) continue
    strata.push({ population, marked, drawn })
    count += own.hits
  }
  return strata.length === 0 ? null : stratifiedTail(count, strata)
}

function shareOf({ hits, below, above }: Near): number {
  return hits / (hits + below + above)
}

function pooled(nears: readonly Near[]): ExactResult['aimed'] {
  const windows = nears.reduce((sum, { hits, below, above }) => sum + hits + below + above, 0)
  return { share: nears.reduce((sum, { hits }) => sum + hits, 0) / windows, windows }
}
