import { aimedWindows } from '../features/aimed-windows.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { densityJump } from '../statistics/density-jump.ts'
import { ABOVE, bunchingCurve, type CurveResult } from './bunching-curve.ts'
import { bunchingExact, type ExactResult } from './bunching-exact.ts'
import { figure, overGroups, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'
import { type TargetGroup, targetGroups } from './target-groups.ts'

export const bunching = definePattern({
  id: 'H1',
  name: 'Usage stops just above the target',
  phrase: 'set a target',
  claim: 'Windows that count towards a target end at it, or two above, more often than their neighbours let expect.',
  role: 'test',
  requires: { windows: aimedWindows },
  options: {
    binsToTarget: 40,
    binsEachSide: 40,
    leastBins: 12,
    leastWindows: 40,
    degree: 7,
    leastRatio: 1,
    defaultShare: 0.8,
    defaultAfter: 1,
  },
  statistic: {
    name: 'excess over a counterfactual',
    definition:
      'windows from the target n to n + 2 (bins of n/40, one at least) beyond a polynomial of degree 7 with levels for round numbers and those who came up put back below (integration correction), in its heights; with fewer than 12 bins on a side that hold windows, how often a subject ends there among its windows from n − 2 to n + 5',
  },
  nullModel: {
    name: 'smooth counts, or exchangeable windows of a subject',
    exchangeable:
      'excess at most one height, tested over the sums of subjects and against their windows that aimed at nothing; or which of a subject’s windows aimed at something (exact conditional test), with the differences of subjects as likely up as down (signed ranks)',
    heldFixed: 'for the exact test the counts of every subject; for the curve the bins and the subjects',
  },
  falsePositives: [
    {
      id: 'round-numbers',
      story: 'People stop at round numbers, and targets are round.',
      mitigation: 'Bins of round numbers have levels of their own, and excess must exceed one height of the curve.',
      staysOpen: false,
    },
    {
      id: 'level-shift',
      story: 'Who is rewarded uses more, and so comes nearer to the target without stopping at it.',
      mitigation: 'A higher level also fills the counts just above, which the exact test compares as well.',
      staysOpen: false,
    },
    {
      id: 'changed-habit',
      story: 'A scheduler that runs a fixed number of jobs was set anew when the programme began.',
      mitigation: 'The signed ranks of subjects are tested as well, so that no scheduler counts more than once.',
      staysOpen: false,
    },
    {
      id: 'target-at-habit',
      story: 'The target was chosen where many stopped before.',
      mitigation: 'Windows that aimed at nothing show the same; where there are none, it stays open.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Who aims far above the target, or at another number in every window.',
    'Programmes that count what usage does not hold, and have no windows without reward.',
  ],
  references: [
    { title: 'Chetty, Friedman, Olsen and Pistaferri 2011', url: 'https://doi.org/10.1093/qje/qjr013' },
    { title: 'Kleven 2016, Bunching', url: 'https://doi.org/10.1146/annurev-economics-080315-015234' },
    { title: 'Cattaneo, Jansson and Ma 2020', url: 'https://doi.org/10.1080/01621459.2019.1635480' },
  ],
  measure({ windows }, { options }) {
    const groups = targetGroups(windows, options).filter(({ aimed }) => aimed.bin.length >= options.leastWindows)
    if (groups.length === 0)
      return { status: 'untestable', lacks: [`at least ${options.leastWindows} windows with a count and one target`] }
    const said = groups.flatMap((group) => {
      const curve = bunchingCurve(group, options)
      if (curve !== null) return [sayCurve(group, curve, options)]
      const exact = bunchingExact(group)
      return exact === null ? [] : [sayExact(group, exact, options)]
    })
    if (said.length > 0) return overGroups(said)
    const bins = `windows in ${options.leastBins} bins on each side of the target`
    return {
      status: 'untestable',
      lacks: [`${bins}, or windows without reward in which the same subjects come near it`],
    }
  },
})

type DefaultOptions = { readonly defaultShare: number; readonly defaultAfter: number }

function sayCurve(group: TargetGroup, { low, high, ...curve }: CurveResult, options: DefaultOptions): SaidGroup {
  const windows = group.aimed.bin.length
  const expected = Math.max(0, curve.hits - curve.excess)
  const jump = curve.pValue > 0.05 ? null : densityJump(group.aimed.counted.slice().sort(), group.target)
  const jumps = jump !== null && jump.pValue < 0.05 ? `, with a jump of the density there (T = ${figure(jump.t)})` : ''
  const beside = curve.hasPlacebo ? 'held against their windows without reward' : 'no windows without reward are known'
  return {
    ...{ group: group.name, size: windows, pValue: curve.pValue },
    effect: { name: 'excess in heights of the curve', value: curve.ratio, low, high },
    statement: `${curve.hits} of ${windows} windows of ${group.name}, end from ${endsOf(group)}, where a smooth curve expects ${figure(expected)} (${beside})${jumps}${defaultOf(group, options)}.`,
  }
}

function sayExact(
  group: TargetGroup,
  { pValue, aimed, idle, subjects }: ExactResult,
  options: DefaultOptions,
): SaidGroup {
  const hits = Math.round(aimed.share * aimed.windows)
  const exact = {
    low: clopperPearson(hits, aimed.windows, 0.975).low,
    high: clopperPearson(hits, aimed.windows, 0.975).high,
  }
  return {
    ...{ group: group.name, size: group.aimed.bin.length, pValue },
    effect: { name: 'share of windows near the target that stop at it', value: aimed.share, ...exact },
    statement: `Of windows near the target of ${group.name}, ${percent(aimed.share)} of ${aimed.windows} end from ${endsOf(group)}, against ${percent(idle.share)} of ${idle.windows} windows without reward of the same ${subjects} subjects${defaultOf(group, options)}.`,
  }
}

function endsOf({ target, width }: TargetGroup): string {
  return `${target} to ${target + (ABOVE + 1) * width - 1}`
}

/** An agent that stops one after the target does as its software says, and its owner need not know of the target. */
export function defaultOf({ target, aimed }: TargetGroup, { defaultShare, defaultAfter }: DefaultOptions): string {
  const hits = aimed.bin.filter((bin) => bin >= 0 && bin <= ABOVE).length
  const after = aimed.counted.filter((counted) => counted === target + defaultAfter).length
  if (hits === 0 || after / hits < defaultShare) return ''
  return `; ${percent(after / hits)} of them end at exactly ${target + defaultAfter}, as software does that stops one after its target by default`
}
