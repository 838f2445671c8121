import { aimedWindows } from '../features/aimed-windows.ts'
import { calendar } from '../features/programmes.ts'
import { subjectUsage } from '../features/subject-usage.ts'
import { figure, overGroups, type SaidGroup } from './over-groups.ts'
import { boardOf, type Reaction, reactionTo } from './overtaking.ts'
import { definePattern } from './pattern-test.ts'
import { type CutEffort, cutEffort } from './rank-cut.ts'

export const racing = definePattern({
  id: 'H3',
  name: 'Subjects race for ranks',
  phrase: 'leaderboards',
  claim:
    'Who was overtaken uses more in the next epoch, or who stands just below a rank that is paid sprints at the end.',
  role: 'test',
  requires: { windows: aimedWindows, usage: subjectUsage, calendar },
  options: { top: 50, leastEpochs: 6, leastSubjects: 8, near: 3, leastCuts: 5, draws: 999 },
  statistic: {
    name: 'reaction and rank cut',
    definition:
      'of the 50 largest subjects of a public programme, the change from one epoch to the next as a share of both, after a fall in rank less after none; where ranks are paid up to a cut, effort in the last tenth of an epoch of the three just below it less the three just above',
  },
  nullModel: {
    name: 'series turned against all others; those near a cut exchanged',
    exchangeable:
      'where a subject’s series begins on the circle of epochs, beside those of all others; who of six near a cut stands on which side',
    heldFixed: 'every subject’s own series; every subject’s mean effort',
  },
  falsePositives: [
    {
      id: 'recovery',
      story: 'Who has a weak epoch falls in rank and is back to normal in the next.',
      mitigation: 'So it is after every turn of the series.',
      staysOpen: false,
    },
    {
      id: 'late-workers',
      story: 'Some always work at the end of an epoch.',
      mitigation: 'A subject’s mean effort is taken off.',
      staysOpen: false,
    },
    {
      id: 'shared-work',
      story: 'Two customers of one project do its work in turn, so that the one rises after the other.',
      mitigation: 'None.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Races among more than the 50 largest.',
    'Reactions within an epoch.',
    'Trends, which the circle of epochs breaks at its end.',
  ],
  references: [
    {
      title: 'Tran and Zeckhauser 2012, Rank as an inherent incentive',
      url: 'https://doi.org/10.1016/j.jpubeco.2012.03.004',
    },
    { title: 'Brown 2011, Quitters never win', url: 'https://doi.org/10.1086/663306' },
  ],
  measure({ windows, usage, calendar: { programmes } }, { options, random }) {
    const said = windows.programmes.flatMap(({ protocol, programme: name }, programme): SaidGroup[] => {
      const known = programmes.find((one) => one.protocol === protocol && one.programme === name)
      const isShown = known?.rankCut != null || known?.visibility?.startsWith('public') === true
      if (!isShown) return []
      const board = boardOf(windows, programme, options.top)
      if (board.epochs < options.leastEpochs || board.subjects.length < options.leastSubjects) return []
      const reaction = reactionTo(board, options.draws, random)
      const cut = known?.rankCut ?? null
      const effort = cut === null ? null : cutEffort(windows, usage, { programme, cut }, { ...options, random })
      return [
        ...(reaction === null || reaction.subjects < options.leastSubjects
          ? []
          : [sayReaction(name, board.epochs, reaction)]),
        ...(effort === null || effort.epochs < options.leastCuts ? [] : [sayCut(name, cut!, effort)]),
      ]
    })
    if (said.length > 0) return overGroups(said)
    const lacks = `a public programme with counts of ${options.leastSubjects} subjects in ${options.leastEpochs} epochs`
    return { status: 'untestable', lacks: [lacks] }
  },
})

function sayReaction(programme: string, epochs: number, { pValue, mean, subjects, overtaken }: Reaction): SaidGroup {
  return {
    ...{ group: `${programme}, overtaken`, size: overtaken, pValue },
    effect: { name: 'change after being overtaken, less after not', value: mean, low: null, high: null },
    statement: `After ${overtaken} falls in rank over ${epochs} epochs of ${programme}, ${subjects} subjects changed their use by ${figure(100 * mean)} % of both epochs together more than after none.`,
  }
}

function sayCut(programme: string, cut: number, { pValue, mean, epochs }: CutEffort): SaidGroup {
  return {
    ...{ group: `${programme}, rank ${cut}`, size: epochs, pValue },
    effect: { name: 'sprint just below the cut, less just above', value: mean, low: null, high: null },
    statement: `In the last tenth of ${epochs} epochs of ${programme}, those just below rank ${cut} put in ${figure(100 * mean)} % more than those just above it, beyond their own mean.`,
  }
}
