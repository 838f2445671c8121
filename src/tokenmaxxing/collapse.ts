import { type Cut, type Panel, programmePanels } from '../clusters/programme-panels.ts'
import { studentQuantile, studentTail } from '../statistics/student-tail.ts'
import { type CutOptions, cutName, DAY, dayOf, overCuts, overLongest, rewardedBefore, spanOf } from './around-cut.ts'
import { figure, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const collapse = definePattern({
  id: 'H8',
  name: 'Usage falls when it counts no more',
  phrase: 'collapses when it stops counting',
  claim:
    'After a programme ends, or pays half as much or less, those it rewarded use less, beyond all others and beyond earlier weeks.',
  role: 'test',
  requires: { panels: programmePanels },
  options: {
    ...{ mostKept: 0.5, spanDays: 7, mostDoublings: 2, lookbackDays: 28, leastLookbackDays: 14, leastMet: 0.5 },
    ...{ leastSubjects: 10, leastPlacebos: 4, mostPlacebos: 12 },
  },
  statistic: {
    name: 'event study',
    definition:
      'log odds of the share of a subject’s usage around a date that falls after it, meant over those rewarded in the four weeks before, less the same of the others; at the date, less its mean at placebo dates before; over four, two or one weeks on each side, the longest that leaves four placebo dates',
  },
  nullModel: {
    name: 'placebo dates',
    exchangeable:
      'the difference at the date with those at earlier dates, as far apart as usage is measured, whose spread counts as error beside that of subjects',
    heldFixed: 'how much each subject uses before and after together, and who was rewarded earlier',
  },
  falsePositives: [
    {
      id: 'common-shock',
      story: 'Weeks differ for everybody, or for those who are rewarded, by holidays and prices.',
      mitigation: 'Others are taken off, and the spread between placebo dates is part of the error.',
      staysOpen: false,
    },
    {
      id: 'decline',
      story: 'Those who were rewarded had been leaving all along, as most new users do.',
      mitigation: 'Their mean change at placebo dates is taken off.',
      staysOpen: false,
    },
    {
      id: 'large-users',
      story: 'One large user leaves in that week.',
      mitigation: 'Every subject counts by shares of its own usage, and so alike.',
      staysOpen: false,
    },
    {
      id: 'ended-for-want',
      story:
        'The programme ended because usage was falling, or where its end is not told, its last reward is its last.',
      mitigation: 'None: look at who decided, and when.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'A fall that was announced long before, or that comes slowly.',
    'Rewards to wallets that no evidence ties to who pays.',
  ],
  references: [
    { title: 'MacKinlay 1997, Event studies in economics and finance', url: 'https://www.jstor.org/stable/2729691' },
    {
      title: 'Hausman, Hall and Griliches 1984, Econometric models for count data',
      url: 'https://doi.org/10.2307/1911191',
    },
  ],
  measure({ panels }, { options }) {
    const days = options.leastLookbackDays + options.spanDays * (options.leastPlacebos + 1)
    const lacks = `usage from ${days} days before such a date to ${options.spanDays} after, of ${options.leastSubjects} who were rewarded and as many who were not`
    const say = (panel: Panel, cut: Cut) => overLongest(options, (longest) => sayFall(panel, cut, longest))
    return overCuts(panels, options, say, lacks)
  },
})

type Options = CutOptions & {
  readonly mostDoublings: number
  readonly leastLookbackDays: number
  readonly leastPlacebos: number
  readonly mostPlacebos: number
}

/** A group's change from before to after: log of their ratio, with its variance over subjects. */
type GroupChange = { readonly log: number; readonly variance: number; readonly size: number }
type Contrast = { readonly rewarded: GroupChange; readonly others: GroupChange; readonly difference: number }

function sayFall(panel: Panel, cut: Cut, options: Options): SaidGroup[] {
  const span = options.spanDays * DAY
  const [first, last] = spanOf(panel)
  if (cut.date + span - DAY > last) return []
  const own = contrastAt(panel, cut.date, options)
  if (own === null) return []
  const placebos: Contrast[] = []
  for (let k = 1; k <= options.mostPlacebos; k++) {
    const at = cut.date - k * span
    if (at - span - options.leastLookbackDays * DAY < first) break
    const contrast = contrastAt(panel, at, options)
    if (contrast !== null) placebos.push(contrast)
  }
  if (placebos.length < options.leastPlacebos) return []
  const { pValue, log, margin } = against(own, placebos)
  const [value, low, high] = [log, log - margin, log + margin].map(Math.expm1) as [number, number, number]
  const raw = (group: GroupChange) => percent(Math.expm1(group.log))
  const elastic =
    cut.ratio > 0 ? `; an elasticity of ${figure(log / Math.log(cut.ratio))} of usage to what is paid` : ''
  const { rewarded, others } = own
  return [
    {
      ...{ group: cutName(panel, cut), size: rewarded.size + others.size, pValue },
      effect: { name: 'relative change beyond others and placebo dates', value, low, high },
      statement: `In the ${options.spanDays} days after ${cut.what} in ${panel.programme} on ${dayOf(cut.date)}, usage of ${rewarded.size} subjects that it had rewarded changed by ${percent(value)} [${figure(100 * low)}, ${figure(100 * high)}] beyond ${others.size} others and ${placebos.length} placebo dates (${raw(rewarded)} against ${raw(others)})${elastic}.`,
    },
  ]
}

function contrastAt(panel: Panel, at: number, options: Options): Contrast | null {
  const { uses } = panel
  const span = options.spanDays * DAY
  const standing = rewardedBefore(panel, at - span, options)
  const shares: [number[], number[]] = [[], []]
  standing.forEach((is, subject) => {
    if (is === -1) return
    let [before, after] = [0, 0]
    for (let row = uses.offsets[subject]!; row < uses.offsets[subject + 1]!; row++) {
      const away = uses.time[row]! - at
      const counted = uses.counted[row]!
      if (away < -span || away >= span || !(counted > 0)) continue
      if (away < 0) before += counted
      else after += counted
    }
    if (before + after > 0) shares[is as 0 | 1].push(after / (before + after))
  })
  if (Math.min(shares[0].length, shares[1].length) < options.leastSubjects) return null
  const [others, rewarded] = [groupChange(shares[0]), groupChange(shares[1])]
  return { rewarded, others, difference: rewarded.log - others.log }
}

/** One share of a half is added, so that a group that stops altogether still has a ratio. */
function groupChange(shares: readonly number[]): GroupChange {
  const values = [...shares, 0.5]
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1) / values.length
  const slope = 1 / (mean * (1 - mean))
  return { log: Math.log(mean / (1 - mean)), variance: variance * slope ** 2, size: shares.length }
}

/** Placebo dates differ by chance among subjects as well; what they differ beyond that, dates do. */
function against(own: Contrast, placebos: readonly Contrast[]) {
  const count = placebos.length
  const chance = ({ rewarded, others }: Contrast) => rewarded.variance + others.variance
  const mean = placebos.reduce((sum, { difference }) => sum + difference, 0) / count
  const between = placebos.reduce((sum, { difference }) => sum + (difference - mean) ** 2, 0) / (count - 1)
  const dates = Math.max(0, between - placebos.reduce((sum, one) => sum + chance(one), 0) / count)
  const variance = chance(own) + dates + between / count
  // Satterthwaite's degrees of freedom of a sum of estimated variances.
  const ofSubjects = [own.rewarded, own.others].reduce((sum, { variance, size }) => sum + variance ** 2 / size, 0)
  const ofDates = (dates + between / count) ** 2 / (count - 1)
  const degrees = Math.max(1, Math.floor(variance ** 2 / (ofSubjects + ofDates)))
  const log = own.difference - mean
  const margin = studentQuantile(0.025, degrees) * Math.sqrt(variance)
  return { log, margin, pValue: studentTail(-log / Math.sqrt(variance), degrees) }
}
