import { type AimedWindows, aimedWindows } from '../features/aimed-windows.ts'
import { calendar, visibleUntil } from '../features/programmes.ts'
import { subjectTest } from '../statistics/student-test.ts'
import { figure, overGroups, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const visibility = definePattern({
  id: 'H11',
  name: 'Usage falls when it is shown no more',
  phrase: 'the leaderboard was restricted',
  claim:
    'Once a programme is no longer shown, its subjects use less than in the windows before, beyond their earlier changes.',
  role: 'test',
  requires: { windows: aimedWindows, calendar },
  options: { span: 2, leastPlacebos: 3, leastSubjects: 8 },
  statistic: {
    name: 'interrupted series',
    definition:
      'for each subject the change from two windows before the date to two after, as a share of both together, less its mean change at placebo dates before',
  },
  nullModel: {
    name: 'placebo dates',
    exchangeable:
      'the change at the date with those at earlier dates that lie two windows apart, whose spread counts as error beside that of subjects',
    heldFixed: 'subjects and their trend',
  },
  falsePositives: [
    {
      id: 'common-shock',
      story: 'Weeks differ for everybody, by holidays and deadlines.',
      mitigation: 'The spread between placebo dates is part of the error.',
      staysOpen: false,
    },
    {
      id: 'decline',
      story: 'Usage had been falling all along.',
      mitigation: 'A subject’s mean change at placebo dates is taken off.',
      staysOpen: false,
    },
    {
      id: 'same-day',
      story: 'Something else ended on the same day, such as the reward or the project.',
      mitigation: 'None: the calendar is printed beside it.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'A change announced long before, to which people had turned already.',
    'Dates with fewer than eight windows before them.',
  ],
  references: [
    {
      title: 'Bernal, Cummins and Gasparrini 2017, Interrupted time series',
      url: 'https://doi.org/10.1093/ije/dyw098',
    },
  ],
  measure({ windows, calendar: { programmes } }, { options }) {
    const dated = windows.programmes.flatMap(({ protocol, programme }, index) => {
      const known = programmes.find((one) => one.protocol === protocol && one.programme === programme)
      const date = visibleUntil(known?.visibility ?? null)
      return Number.isFinite(date) ? [{ index, programme, date }] : []
    })
    if (dated.length === 0)
      return { status: 'untestable', lacks: ['a programme with the date at which it was shown no more'] }
    const said = dated.flatMap((one) => sayChange(windows, one, options))
    if (said.length > 0) return overGroups(said)
    const before = options.span * (options.leastPlacebos + 1)
    const lacks = `counts of ${options.leastSubjects} subjects in ${before} windows before that date and ${options.span} after`
    return { status: 'untestable', lacks: [lacks] }
  },
})

type Dated = { readonly index: number; readonly programme: string; readonly date: number }
type Options = { readonly span: number; readonly leastPlacebos: number; readonly leastSubjects: number }

function sayChange(windows: AimedWindows, { index, programme, date }: Dated, options: Options): SaidGroup[] {
  const series = seriesAround(windows, index, date)
  const { span, leastPlacebos, leastSubjects } = options
  const longest = Math.max(0, ...[...series.values()].map((one) => -Math.min(...one.keys())))
  const places = Array.from({ length: Math.floor(longest / span) - 1 }, (_, k) => -span * (k + 1))
  if (places.length < leastPlacebos) return []
  const falls: number[] = []
  const shifts = places.map(() => ({ sum: 0, count: 0 }))
  for (const one of series.values()) {
    const change = changeAt(one, 0, span)
    const placebos = places.map((at) => changeAt(one, at, span))
    const known = placebos.filter((value) => !Number.isNaN(value))
    if (Number.isNaN(change) || known.length < leastPlacebos) continue
    placebos.forEach((value, i) => {
      if (Number.isNaN(value)) return
      shifts[i]!.sum += value
      shifts[i]!.count++
    })
    falls.push(known.reduce((sum, value) => sum + value, 0) / known.length - change)
  }
  if (falls.length < leastSubjects) return []
  const means = shifts.flatMap(({ sum, count }) => (count < leastSubjects ? [] : [sum / count]))
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length
  const between = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, means.length - 1)
  const test = subjectTest(falls, {
    variance: between * (1 + 1 / means.length),
    degrees: Math.max(1, means.length - 1),
  })
  const day = new Date(date).toISOString().slice(0, 10)
  const [value, low, high] = [test.mean, test.high, test.low].map((fall) => relative(-fall)) as [number, number, number]
  return [
    {
      ...{ group: `${programme}, ${day}`, size: falls.length, pValue: test.pValue },
      effect: { name: 'relative change beyond that at placebo dates', value, low, high },
      statement: `When ${programme} was shown no more on ${day}, what its ${falls.length} subjects used changed by ${percent(value)} [${figure(100 * low)}, ${figure(100 * high)}] beyond their mean change at ${means.length} placebo dates.`,
    },
  ]
}

/** After by before less 1, of (after − before)/(after + before). */
function relative(change: number): number {
  return change >= 1 ? Number.MAX_VALUE : (2 * Math.max(-1, change)) / (1 - Math.max(-1, change))
}

/** Counts of each subject by window before (negative) and after the date. */
function seriesAround(windows: AimedWindows, programme: number, date: number): Map<number, Map<number, number>> {
  const series = new Map<number, Map<number, number>>()
  windows.programme.forEach((one, row) => {
    const counted = windows.counted[row]!
    if (one !== programme || Number.isNaN(counted)) return
    const [from, to] = [windows.from[row]!, windows.to[row]!]
    // A window that the date cuts belongs to neither side.
    if (from < date && to > date) return
    const at = from < date ? -Math.ceil((date - from) / (to - from)) : Math.floor((from - date) / (to - from))
    const own = series.get(windows.subject[row]!) ?? new Map<number, number>()
    series.set(windows.subject[row]!, own.set(at, counted))
  })
  return series
}

/** (after − before)/(after + before) over `span` windows on each side of a place; NaN: a window is missing or nothing was used. */
function changeAt(series: ReadonlyMap<number, number>, at: number, span: number): number {
  let [before, after] = [0, 0]
  for (let k = 0; k < span; k++) {
    before += series.get(at - 1 - k) ?? Number.NaN
    after += series.get(at + k) ?? Number.NaN
  }
  return before + after > 0 ? (after - before) / (after + before) : Number.NaN
}
