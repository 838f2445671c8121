import { type AimedWindows, aimedWindows } from '../features/aimed-windows.ts'
import { type SubjectUsage, subjectUsage } from '../features/subject-usage.ts'
import { lowerBound } from '../statistics/lower-bound.ts'
import { permutationPValue } from '../statistics/permutation-p-value.ts'
import type { Random } from '../statistics/random.ts'
import { subjectTest } from '../statistics/student-test.ts'
import { figure, overGroups, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

const TENTHS = 10

export const deadlines = definePattern({
  id: 'H4',
  name: 'Usage crowds before the window closes',
  phrase: 'by the end of the week',
  claim:
    'The last tenth of a window that counts holds more usage than a tenth of it, and than that of windows that do not count.',
  role: 'test',
  requires: { windows: aimedWindows, usage: subjectUsage },
  options: { leastSubjects: 8, leastWindows: 40, draws: 999, mostMoves: 20_000_000 },
  statistic: {
    name: 'share of the last tenth',
    definition:
      'ten times the share of a window’s usage that falls into its last tenth, meant over the windows of a subject, then over subjects',
  },
  nullModel: {
    name: 'placebo boundaries',
    exchangeable:
      'where subjects have windows that aim at nothing, the last tenth of both kinds, over subjects; else the ten tenths of a window, one end for all windows of a subject',
    heldFixed: 'how much each subject uses in each window',
  },
  falsePositives: [
    {
      id: 'calendar',
      story: 'Windows end on Fridays, and work does too.',
      mitigation: 'Windows of the same subjects that aim at nothing end alike; where there are none, it stays open.',
      staysOpen: true,
    },
    {
      id: 'habit',
      story: 'Each subject has an hour or a day of its own at which it uses most.',
      mitigation: 'One end is drawn for all windows of a subject, so that a habit counts once.',
      staysOpen: false,
    },
  ],
  blindSpots: ['Who fills a quota at the beginning of a window.', 'Windows whose usage is known only as a sum.'],
  references: [
    {
      title: 'Oyer 1998, Fiscal year ends and nonlinear incentive contracts',
      url: 'https://doi.org/10.1162/003355398555559',
    },
    { title: 'Larkin 2014, The cost of high-powered incentives', url: 'https://doi.org/10.1086/673371' },
  ],
  measure({ windows, usage }, { options, random }) {
    const said = windows.programmes.flatMap((_, programme) => sayEnds(windows, usage, programme, options, random))
    if (said.length > 0) return overGroups(said)
    const lacks = `single uses in ${options.leastWindows} windows of ${options.leastSubjects} subjects, with their times`
    return { status: 'untestable', lacks: [lacks] }
  },
})

type Options = {
  readonly leastSubjects: number
  readonly leastWindows: number
  readonly draws: number
  readonly mostMoves: number
}
/** Shares of the tenths of a subject's windows, summed, and of how many windows. */
type Profile = { readonly shares: Float64Array; windows: number }

function sayEnds(
  windows: AimedWindows,
  usage: SubjectUsage,
  programme: number,
  options: Options,
  random: Random,
): SaidGroup[] {
  const aimed = profilesOf(windows, usage, programme, 1)
  const idle = profilesOf(windows, usage, programme, 0)
  const size = [...aimed.values()].reduce((sum, { windows }) => sum + windows, 0)
  if (aimed.size < options.leastSubjects || size < options.leastWindows) return []
  const both = [...aimed].filter(([subject]) => idle.has(subject))
  const isPaired = both.length >= options.leastSubjects
  const last = ({ shares, windows }: Profile) => (TENTHS * shares[TENTHS - 1]!) / windows
  const paired = subjectTest(both.map(([subject, profile]) => last(profile) - last(idle.get(subject)!)))
  const all = [...aimed.values()]
  const alone = subjectTest(all.map(last))
  const pValue = isPaired ? paired.pValue : rotated(all, options, random)
  const first = all.reduce((sum, { shares, windows }) => sum + (TENTHS * shares[0]!) / windows, 0) / all.length
  const { programme: name } = windows.programmes[programme]!
  const beside = isPaired
    ? `, ${figure(paired.mean)} more [${figure(paired.low)}, ${figure(paired.high)}] than in their windows that count for nothing`
    : ', with no windows beside them that count for nothing'
  return [
    {
      ...{ group: name, size, pValue },
      effect: { name: 'last tenth of the window, in tenths', value: alone.mean, low: alone.low, high: alone.high },
      statement: `The last tenth of ${size} windows of ${name} holds ${figure(alone.mean)} times a tenth of what ${all.length} subjects use${beside}; the first tenth holds ${figure(first)} times.`,
    },
  ]
}

function profilesOf(windows: AimedWindows, usage: SubjectUsage, programme: number, aimed: 0 | 1): Map<number, Profile> {
  const { protocol, counts } = windows.programmes[programme]!
  const place = usage.protocols.indexOf(protocol)
  const side = counts === 'delivered' ? 1 : 0
  const profiles = new Map<number, Profile>()
  windows.programme.forEach((one, row) => {
    if (one !== programme || windows.aimed[row] !== aimed) return
    const [from, to, subject] = [windows.from[row]!, windows.to[row]!, windows.subject[row]!]
    const [start, end] = [usage.offsets[subject]!, usage.offsets[subject + 1]!]
    const tenths = new Float64Array(TENTHS)
    let total = 0
    for (
      let use = start + lowerBound(usage.time.subarray(start, end), from);
      use < end && usage.time[use]! < to;
      use++
    ) {
      if (usage.protocol[use] !== place || usage.side[use] !== side) continue
      const units = counts === 'units' ? usage.units[use]! : 1
      tenths[Math.floor((TENTHS * (usage.time[use]! - from)) / (to - from))]! += units
      total += units
    }
    if (!(total > 0)) return
    const profile = profiles.get(subject) ?? { shares: new Float64Array(TENTHS), windows: 0 }
    profiles.set(subject, profile)
    for (let k = 0; k < TENTHS; k++) profile.shares[k]! += tenths[k]! / total
    profile.windows++
  })
  return profiles
}

/** One end for all windows of a subject, at any tenth. */
function rotated(profiles: readonly Profile[], { draws, mostMoves }: Options, random: Random): number {
  const sum = (tenth: () => number) =>
    profiles.reduce((total, { shares, windows }) => total + shares[tenth()]! / windows, 0)
  const count = Math.max(99, Math.min(draws, Math.floor(mostMoves / profiles.length)))
  const observed = sum(() => TENTHS - 1)
  return permutationPValue(
    observed,
    Float64Array.from({ length: count }, () => sum(() => random.below(TENTHS))),
  )
}
