import { type Panel, programmePanels } from '../clusters/programme-panels.ts'
import { beaconRegularity } from '../statistics/beacon-regularity.ts'
import type { Outcome } from './around-cut.ts'
import { overChanges } from './cut-change.ts'
import { figure, percent } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const automation = definePattern({
  id: 'H6',
  name: 'Fewer ask like clockwork once it is not rewarded',
  phrase: 'automating',
  claim:
    'Before a programme ends, or pays half as much or less, more of those it rewards ask at regular intervals, beyond the change of all others. It is context: to automate is no fault.',
  role: 'context',
  requires: { panels: programmePanels },
  options: {
    ...{ mostKept: 0.5, spanDays: 7, mostDoublings: 2, lookbackDays: 28, leastMet: 0.5 },
    ...{ leastSubjects: 10, leastUses: 8, leastRegularity: 0.7 },
  },
  statistic: {
    name: 'difference in differences of the share that is regular',
    definition:
      'share of subjects whose requests come at gaps that are at least 0.7 even (1 a beat, 0.52 chance, by the skewness and the deviation of gaps); before the date less after, of those rewarded in the four weeks before, less the same of the others; over four, two or one weeks on each side, the longest that is covered; of as many requests on both sides, those next to the date',
  },
  nullModel: {
    name: 'as all others',
    exchangeable: 'the mean change of those rewarded with that of the others, by Welch’s test over subjects',
    heldFixed: 'how many requests of each subject are looked at on both sides, and who was rewarded earlier',
  },
  falsePositives: [
    {
      id: 'fewer-requests',
      story: 'Of who asks less, gaps are longer and fewer.',
      mitigation: 'As many requests are looked at on both sides, and evenness knows no unit of time.',
      staysOpen: false,
    },
    {
      id: 'sessions',
      story: 'People ask in sessions, by day.',
      mitigation: 'Such gaps are less even than chance, before the date and after it.',
      staysOpen: false,
    },
    {
      id: 'all-automate',
      story: 'Everybody turns to agents, or away from them.',
      mitigation: 'The change of all others is taken off.',
      staysOpen: false,
    },
    {
      id: 'honest-programs',
      story: 'Reports, health checks and agents that the programme paid for ran on a schedule, and end with it.',
      mitigation: 'None, and so it is context and never counted as found.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Programs that wait at random between requests.',
    'Programs that stop altogether: they have no requests after the date.',
    'A beat that several wallets share, which lockstep sees.',
  ],
  references: [{ title: 'RITA, beacons by the evenness of their gaps', url: 'https://github.com/activecm/rita' }],
  measure({ panels }, { options }) {
    return overChanges(panels, options, {
      outcome: isRegular,
      effect: ({ mean: value, low, high }) => ({ name: 'share that is regular beyond others', value, low, high }),
      words({ mean, low, high, rewarded, others, means: [own, rest] }) {
        const points = `${figure(100 * mean)} points [${figure(100 * low)}, ${figure(100 * high)}]`
        return `${percent(own[0])} and ${percent(own[1])} of ${rewarded} subjects that it had rewarded asked at regular intervals, against ${percent(rest[0])} and ${percent(rest[1])} of ${others} others: ${points} beyond them`
      },
      uses: 'requests',
    })
  },
})

function isRegular({ uses: { time } }: Panel, { leastRegularity }: { readonly leastRegularity: number }): Outcome {
  return (rows) => {
    const regularity = beaconRegularity(Float64Array.from(rows, (row) => time[row]!))
    return Number.isNaN(regularity) ? Number.NaN : Number(regularity >= leastRegularity)
  }
}
