import { type CertifiedMeasures, type Measure, measures } from './certified.ts'
import { IncoherentError } from './rungs.ts'

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

export type PublishInputs = {
  /** W1 at the default options and over the grid of options; null with the reason: it could not be measured. */
  readonly W1: CertifiedMeasures | null
  readonly grid: readonly CertifiedMeasures[]
  readonly reason: string
  readonly L1: { readonly [measure in Measure]: PublishedValue }
  /** What is certified organic; null: it could not be looked for. */
  readonly organic: CertifiedMeasures | null
}

/** Why a figure of DESIGN §7 is not published by this version. */
const notYet = {
  P: {
    status: 'unavailable',
    reason: 'the central estimate needs calibrated posteriors, which this version does not compute yet',
  },
  audited: { status: 'unavailable', reason: 'no labelled payments were given' },
} as const

/**
 * L0 with its range over the grid; L1, which is at least L0, with its range over the honest classes; U1, one minus what is
 * certified organic. Checks that L0 ≤ L1 ≤ U1.
 */
export function publish(inputs: PublishInputs): PublishedValues {
  const entries = measures.map((measure) => {
    const L0 = l0Of(measure, inputs)
    const L1 = l1Of(L0, inputs.L1[measure])
    const U1 = u1Of(measure, inputs)
    checkCoherence(measure, [L0, L1, U1])
    return [measure, { L0, L1, U1, ...notYet }]
  })
  return Object.fromEntries(entries) as PublishedValues
}

function l0Of(measure: Measure, { W1, grid, reason }: PublishInputs): PublishedValue {
  if (W1 === null) return { status: 'unavailable', reason }
  const middle = W1[measure]
  if (middle.status === 'unavailable') return middle
  const shares = [W1, ...grid].flatMap((point) => (point[measure].status === 'measured' ? [point[measure].share] : []))
  return { status: 'measured', low: Math.min(...shares), mid: middle.share, high: Math.max(...shares) }
}

/** What is certified is at least consistent with wash usage too. */
export function l1Of(L0: PublishedValue, L1: PublishedValue): PublishedValue {
  if (L0.status === 'unavailable') return L0
  if (L1.status === 'unavailable') return L1
  const atLeast = (share: number) => Math.max(L0.mid, share)
  return { status: 'measured', low: atLeast(L1.low), mid: atLeast(L1.mid), high: atLeast(L1.high) }
}

function u1Of(measure: Measure, { organic, reason }: PublishInputs): PublishedValue {
  const certified = organic?.[measure] ?? { status: 'unavailable', reason }
  if (certified.status === 'unavailable') return certified
  const share = Math.max(0, 1 - certified.share)
  return { status: 'measured', low: share, mid: share, high: share }
}

function checkCoherence(measure: Measure, figures: readonly PublishedValue[]): void {
  const mids = figures.flatMap((figure) => (figure.status === 'measured' ? [figure.mid] : []))
  // Shares are cut to 15 decimals.
  if (mids.some((mid, i) => i > 0 && mid < mids[i - 1]! - 1e-12))
    throw new IncoherentError(`by ${measure} the bounds are out of order, ${mids.join(' > ')}`)
}
