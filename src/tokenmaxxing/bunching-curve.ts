import { bunchingEstimate } from '../statistics/bunching-estimate.ts'
import { subjectTest } from '../statistics/student-test.ts'
import type { BinnedWindows, TargetGroup } from './target-groups.ts'

/** Bins above the target's own in which who just reaches it may stop. */
export const ABOVE = 2

export type CurveOptions = {
  readonly binsEachSide: number
  readonly leastBins: number
  readonly leastWindows: number
  readonly degree: number
  readonly leastRatio: number
}

/** Windows in what bins hold beyond a smooth curve, with the p-value that they exceed `leastRatio` bins of it. */
export type CurveResult = {
  readonly pValue: number
  /** Windows beyond the curve, and the same in its heights with the 95 % interval. */
  readonly excess: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Windows from the target to the end of the window beside it. */
  readonly hits: number
  readonly hasPlacebo: boolean
}

/**
 * Null where fewer than `leastBins` bins on a side hold a window. The estimate is a sum over windows, each with the weight
 * of its bin: it is tested over the sums of subjects, and against the same sums in windows that aimed at nothing.
 */
export function bunchingCurve(group: TargetGroup, options: CurveOptions): CurveResult | null {
  const { binsEachSide, leastBins, leastWindows, degree, leastRatio } = options
  const lowest = Math.max(-binsEachSide, Math.ceil((1 - group.target) / group.width))
  const counts = new Float64Array(binsEachSide - lowest + 1)
  for (const bin of group.aimed.bin) if (bin >= lowest && bin <= binsEachSide) counts[bin - lowest]!++
  const held = (from: number, to: number) => counts.subarray(from - lowest, to - lowest).filter((n) => n > 0).length
  if (group.aimed.bin.length < leastWindows) return null
  if (held(lowest, 0) < leastBins || held(ABOVE + 1, binsEachSide + 1) < leastBins) return null
  const levels = roundLevels(group, lowest, counts.length)
  const common = { counts, target: -lowest, below: 0, above: ABOVE, degree, levels, form: 'kink' } as const
  const plain = bunchingEstimate({ ...common, corrected: null })
  const bunching = bunchingEstimate({ ...common, corrected: 'below' })
  const size = ABOVE + 1
  const isHit = (bin: number) => bin >= 0 && bin <= ABOVE
  const weightAbove = (bin: number) =>
    plain.weights[bin - lowest]! * (1 + leastRatio / size) - (isHit(bin) ? leastRatio / size : 0)
  const weight = (bin: number) => plain.weights[bin - lowest]!
  const inRange = (bin: number) => bin >= lowest && bin <= binsEachSide
  const sums = (windows: BinnedWindows, by: (bin: number) => number) => subjectSums(windows, inRange, by)
  const own = subjectTest([...sums(group.aimed, weightAbove).totals.values()])
  const contrast = placeboContrast(sums(group.aimed, weight), sums(group.idle, weight), leastWindows)
  const all = [...sums(group.aimed, weight).totals.values()]
  const { mean, high } = subjectTest(all)
  // A curve that holds less than one window a bin cannot be told from none.
  const height = Math.max(1, bunching.height)
  const ratio = bunching.excess / height
  const margin = ((high - mean) * all.length) / bunching.shift / height
  return {
    pValue: contrast === null ? own.pValue : Math.max(own.pValue, contrast),
    ...{ excess: bunching.excess, ratio, low: ratio - margin, high: ratio + margin },
    hits: group.aimed.bin.filter(isHit).length,
    hasPlacebo: contrast !== null,
  }
}

/** Bins that hold a multiple of five, or of ten, of the power of ten that is nearest to a bin from below. */
function roundLevels({ target, width }: TargetGroup, lowest: number, bins: number): Uint8Array[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, 2 * width)))
  const holds = (bin: number, unit: number) => {
    const from = target + (bin + lowest) * width
    return Math.floor((from + width - 1) / unit) > Math.floor((from - 1) / unit)
  }
  return [5, 10].map((times) =>
    Uint8Array.from({ length: bins }, (_, bin) => +(times * power > 2 * width && holds(bin, times * power))),
  )
}

type Sums = { readonly totals: ReadonlyMap<number, number>; readonly windows: number }

function subjectSums(windows: BinnedWindows, inRange: (bin: number) => boolean, weight: (bin: number) => number): Sums {
  const totals = new Map<number, number>()
  let count = 0
  windows.bin.forEach((bin, row) => {
    if (!inRange(bin)) return
    count++
    totals.set(windows.subject[row]!, (totals.get(windows.subject[row]!) ?? 0) + weight(bin))
  })
  return { totals, windows: count }
}

/** The same by window, less that of windows that aimed at nothing; null where there are too few of them. */
function placeboContrast(aimed: Sums, idle: Sums, leastWindows: number): number | null {
  if (idle.windows < leastWindows) return null
  const subjects = new Set([...aimed.totals.keys(), ...idle.totals.keys()])
  const differences = [...subjects].map(
    (one) => (aimed.totals.get(one) ?? 0) / aimed.windows - (idle.totals.get(one) ?? 0) / idle.windows,
  )
  return subjectTest(differences).pValue
}
