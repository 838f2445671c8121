import type { Random } from './random.ts'
import { solveCholesky } from './solve-cholesky.ts'

/** Counts by bin around a target, and how the mass that piles up there is to be told from what a smooth curve would hold. */
export type Binned = {
  readonly counts: Float64Array
  /** The bin of the target. */
  readonly target: number
  /** Bins of the window on each side of the target's own, to which no curve is fitted. */
  readonly below: number
  readonly above: number
  readonly degree: number
  /** 1 for the bins that share a level of their own, such as those of round numbers; one array a level. */
  readonly levels?: readonly Uint8Array[]
  /** A notch counts the mass up to the target's bin and holds it against the curve there; a kink takes the whole window. */
  readonly form: 'kink' | 'notch'
  /**
   * On which side those who came to the target are put back, so that the curve holds as many as the bins: above it, from
   * where a tax brings them down, or below it, from where a reward brings them up. Null: not at all.
   */
  readonly corrected: 'above' | 'below' | null
}

export type Bunching = {
  /** More than the curve holds, in what the bins count. */
  readonly excess: number
  /** Of the curve, in a bin of the window (kink) or in that of the target (notch). */
  readonly height: number
  /** Excess in heights. */
  readonly ratio: number
  /** By bin, without what lies in the window beyond it. */
  readonly curve: Float64Array
  /** What one count in a bin adds to the excess before the correction, which divides it by `shift`. */
  readonly weights: Float64Array
  readonly shift: number
}

/**
 * Mass that bunches at a target, by a polynomial through the bins around it (Chetty, Friedman, Olsen and Pistaferri 2011,
 * https://doi.org/10.1093/qje/qjr013; notch: Kleven and Waseem 2013, https://doi.org/10.1093/qje/qjt004). Everything is
 * linear in the counts, so that the iteration of the integration correction has its limit in closed form.
 */
export function bunchingEstimate(binned: Binned): Bunching {
  const { counts, target, corrected } = binned
  const fit = fitter(binned)
  const plain = fit.excess(counts)
  const isSource = (bin: number) => (corrected === 'above' ? bin > target : corrected === 'below' && bin < target)
  const source = counts.map((count, bin) => (isSource(bin) ? count : 0))
  const mass = sum(source)
  const lift = source.map((count) => (mass > 0 ? count / mass : 0))
  const shift = 1 + fit.curveIn(lift)
  const excess = plain / shift
  const curve = fit.curve(counts.map((count, bin) => count + excess * lift[bin]!))
  const height = fit.region.reduce((total, bin) => total + curve[bin]!, 0) / fit.region.length
  const level = binned.form === 'notch' ? curve[target]! : height
  return { excess, height: level, ratio: excess / level, curve, weights: fit.weights, shift }
}

/** Ratios of samples in which what the curve leaves of each bin outside the window is dealt out anew. */
export function bootstrapBunching(binned: Binned, draws: number, random: Random): Float64Array {
  const { counts, target, below, above } = binned
  const { curve } = bunchingEstimate({ ...binned, corrected: null })
  const outside = [...counts.keys()].filter((bin) => bin < target - below || bin > target + above)
  const left = outside.map((bin) => counts[bin]! - curve[bin]!)
  const drawn = counts.slice()
  return Float64Array.from({ length: draws }, () => {
    for (const bin of outside) drawn[bin] = curve[bin]! + random.pick(left)
    return bunchingEstimate({ ...binned, counts: drawn }).ratio
  })
}

function fitter({ counts, target, below, above, degree, levels = [], form }: Binned) {
  const isOutside = (bin: number) => bin < target - below || bin > target + above
  const outside = [...counts.keys()].filter(isOutside)
  const region = [...counts.keys()].filter((bin) => !isOutside(bin) && (form === 'kink' || bin <= target))
  const rows = designOf(counts.length, degree, levels, outside)
  const columns = rows[0]!.length
  const gram = new Float64Array(columns * columns)
  for (const bin of outside)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++) gram[i * columns + j]! += rows[bin]![i]! * rows[bin]![j]!
  const wanted = new Float64Array(columns)
  for (const bin of region)
    rows[bin]!.forEach((value, i) => {
      wanted[i]! += value
    })
  const solved = solveCholesky(gram.slice(), wanted)
  const weights = new Float64Array(counts.length)
  for (const bin of outside) weights[bin] = -dot(rows[bin]!, solved)
  for (const bin of region) weights[bin] = 1
  return {
    ...{ region, weights },
    excess: (values: Float64Array) => dot(weights, values),
    /** What the curve through the values holds in the region. */
    curveIn: (values: Float64Array) => -outside.reduce((total, bin) => total + weights[bin]! * values[bin]!, 0),
    curve(values: Float64Array): Float64Array {
      const moments = new Float64Array(columns)
      for (const bin of outside)
        rows[bin]!.forEach((value, i) => {
          moments[i]! += value * values[bin]!
        })
      const coefficients = solveCholesky(gram.slice(), moments)
      return counts.map((_, bin) => dot(rows[bin]!, coefficients))
    },
  }
}

/** Chebyshev polynomials over the bins, then levels; one that all or none of the fitted bins share says nothing. */
function designOf(bins: number, degree: number, levels: readonly Uint8Array[], fitted: readonly number[]) {
  const telling = levels.filter((level) => {
    const marked = fitted.reduce((total, bin) => total + level[bin]!, 0)
    return marked > 0 && marked < fitted.length
  })
  return Array.from({ length: bins }, (_, bin) => {
    const x = (2 * bin) / (bins - 1) - 1
    const row = [1, x]
    for (let k = 2; k <= degree; k++) row.push(2 * x * row[k - 1]! - row[k - 2]!)
    return Float64Array.from([...row, ...telling.map((level) => level[bin]!)])
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
