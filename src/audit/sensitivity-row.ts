import type { Report } from '../report/report.ts'
import { type CertifiedMeasures, type Measure, measures } from '../score/certified.ts'
import { l1Of, type PublishedValue } from '../score/published.ts'
import type { Headline } from './headline.ts'

type Row = Report['sensitivity'][number]
type ByMeasure = { readonly [measure in Measure]: PublishedValue }

/** Figures of one row: L0 as certified, as an interval, or a reason why this row has none. */
export type Outcome = {
  readonly flagged: Row['flagged']
  readonly L1: ByMeasure
  readonly L0: CertifiedMeasures | ByMeasure | string | null
}

export const L0_UNCHANGED = 'unchanged'
const NO_RETURNS = 'transfers were not collected, so that returns could not be looked for'

export function outcomeOf({ flagged, L1 }: Headline, L0: Outcome['L0']): Outcome {
  return { flagged: { status: 'measured', low: flagged, mid: flagged, high: flagged }, L1, L0 }
}

/** Where a signal threw: neither what is flagged nor the bound that rests on it is known. */
export function withoutFigures({ L0 }: Outcome, reason: string): Outcome {
  const none = { status: 'unavailable', reason } as const
  return { flagged: none, L1: byMeasure(() => none), L0 }
}

/** The range of several outcomes, with the mean of all as its middle. */
export function outcomes(all: readonly Outcome[]): Outcome {
  const range = (values: readonly PublishedValue[]): PublishedValue => {
    const known = values.flatMap((value) => (value.status === 'measured' ? [value] : []))
    const [missing] = values.flatMap((value) => (value.status === 'measured' ? [] : [value]))
    if (missing !== undefined || known.length === 0)
      return missing ?? { status: 'unavailable', reason: 'nothing drawn' }
    return {
      status: 'measured',
      low: Math.min(...known.map(({ low }) => low)),
      mid: known.reduce((sum, { mid }) => sum + mid, 0) / known.length,
      high: Math.max(...known.map(({ high }) => high)),
    }
  }
  const of = (pick: (outcome: Outcome) => ByMeasure) =>
    byMeasure((measure) => range(all.map((outcome) => pick(outcome)[measure])))
  return { flagged: range(all.map(({ flagged }) => flagged)), L1: of(({ L1 }) => L1), L0: of(({ L0 }) => points(L0)) }
}

export function rowOf(kind: Row['kind'], option: string, value: string, { flagged, L0, L1 }: Outcome): Row {
  const certified = points(L0)
  return {
    kind,
    option,
    value,
    flagged,
    L0: certified,
    L1: byMeasure((measure) => l1Of(certified[measure], L1[measure])),
  }
}

/** Shares as intervals without width; what is an interval stays one. */
export function points(L0: Outcome['L0']): ByMeasure {
  if (L0 === null || typeof L0 === 'string')
    return byMeasure(() => ({ status: 'unavailable', reason: L0 ?? NO_RETURNS }))
  return byMeasure((measure) => {
    const figure = L0[measure]
    if (figure.status === 'unavailable' || 'low' in figure) return figure
    return { status: 'measured', low: figure.share, mid: figure.share, high: figure.share }
  })
}

export function byMeasure<value>(of: (measure: Measure) => value): { [measure in Measure]: value } {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as { [measure in Measure]: value }
}
