import { type CertifiedMeasures, type Measure, measures } from './certified.ts'

/** One published figure: an interval with its middle, or the reason why there is none. */
export type PublishedValue =
  | { readonly status: 'measured'; readonly low: number; readonly mid: number; readonly high: number }
  | { readonly status: 'unavailable'; readonly reason: string }

export type PublishedValues = {
  readonly [measure in Measure]: {
    readonly L0: PublishedValue
    readonly L1: PublishedValue
    readonly P: PublishedValue
    readonly U1: PublishedValue
    readonly audited: PublishedValue
  }
}

/** Why a figure of DESIGN §7 is not published by this version. */
const notYet = {
  L1: 'the calibrated lower bound needs null entities, which this version does not simulate yet',
  P: 'the central estimate needs calibrated posteriors, which this version does not compute yet',
  U1: 'the organic certificate is not computed by this version',
  audited: 'no labelled payments were given',
} as const

/** L0 at the default options, with its range over the grid of options; the other figures with the reason of their absence. */
export function publish(
  mid: CertifiedMeasures | null,
  grid: readonly CertifiedMeasures[],
  reason: string,
): PublishedValues {
  const entries = measures.map((measure) => {
    const others = Object.fromEntries(
      Object.entries(notYet).map(([name, why]) => [name, { status: 'unavailable', reason: why }]),
    )
    return [measure, { L0: l0Of(measure, mid, grid, reason), ...others }]
  })
  return Object.fromEntries(entries) as PublishedValues
}

function l0Of(
  measure: Measure,
  mid: CertifiedMeasures | null,
  grid: readonly CertifiedMeasures[],
  reason: string,
): PublishedValue {
  if (mid === null) return { status: 'unavailable', reason }
  const middle = mid[measure]
  if (middle.status === 'unavailable') return middle
  const shares = [mid, ...grid].flatMap((point) => (point[measure].status === 'measured' ? [point[measure].share] : []))
  return { status: 'measured', low: Math.min(...shares), mid: middle.share, high: Math.max(...shares) }
}
