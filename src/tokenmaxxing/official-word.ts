import { type Panel, programmePanels } from '../clusters/programme-panels.ts'
import { type PayoutWeeks, payoutWeeks } from '../features/payout-weeks.ts'
import { calendar, type ProtocolClaim } from '../features/programmes.ts'
import { clusteredSlope, type Deviations } from '../statistics/clustered-slope.ts'
import { midRanks } from '../statistics/mid-ranks.ts'
import { figure, overGroups, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'

export const officialWord = definePattern({
  id: 'H9',
  name: 'Who uses more is paid more, though usage is said not to count',
  phrase: 'officially does not matter',
  claim: 'A protocol says that usage does not count, and pays those more who use more in the same week.',
  role: 'test',
  requires: { panels: programmePanels, calendar },
  options: { spanDays: 7, leastSubjects: 10 },
  statistic: {
    name: 'rank correlation of usage with reward',
    definition:
      'ranks of what subjects used and of what they were paid, among all who used anything in the seven days that end with a multiple of a week before the last reward; beside it the slope of log reward on log usage of those paid',
  },
  nullModel: {
    name: 'rewards without regard to usage',
    exchangeable:
      'ranks of rewards within a week, with errors that all weeks of a subject share (sandwich over subjects)',
    heldFixed: 'what each week pays and who uses anything in it',
  },
  falsePositives: [
    {
      id: 'busy-weeks',
      story: 'Weeks with much use also pay much.',
      mitigation: 'Ranks are taken within a week.',
      staysOpen: false,
    },
    {
      id: 'one-whale',
      story: 'One wallet uses more than all others together, or earns more.',
      mitigation: 'Ranks count, and a subject is one unit of error.',
      staysOpen: false,
    },
    {
      id: 'same-every-week',
      story: 'A subject is paid the same in each week, whatever it uses.',
      mitigation: 'Errors are shared by all weeks of a subject.',
      staysOpen: false,
    },
    {
      id: 'other-reason',
      story: 'Those who use much also stake, build or stay for long, and are paid for that.',
      mitigation: 'None: the test does not say why they are paid more.',
      staysOpen: true,
    },
    {
      id: 'other-time',
      story: 'The word was given for other weeks than those that are measured.',
      mitigation: 'None: its date stands beside it.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Rewards that are paid more than a week after the usage.',
    'Pay in another way, such as ranks, access or promotion.',
    'Rewards to wallets that no evidence ties to who pays.',
  ],
  references: [
    { title: 'Spearman 1904, The proof and measurement of association', url: 'https://doi.org/10.2307/1412159' },
    { title: 'Liang and Zeger 1986, Longitudinal data analysis', url: 'https://doi.org/10.1093/biomet/73.1.13' },
  ],
  measure({ panels, calendar: { claims } }, { options }) {
    const denied = panels.flatMap((panel) => {
      const claim = claims.find((one) => one.protocol === panel.protocol && isDenial(one))
      return claim === undefined ? [] : [{ panel, claim }]
    })
    if (denied.length === 0)
      return {
        status: 'untestable',
        lacks: [
          'a programme, and the claim of its protocol that usage does not count (table claims: metric usage-counts, value 0, with its quote, URL and date)',
        ],
      }
    const said = denied.flatMap(({ panel, claim }) => sayPay(panel, claim, options))
    if (said.length > 0) return overGroups(said)
    const lacks = `rewards with amounts that differ, in a week in which ${options.leastSubjects} subjects used anything`
    return { status: 'untestable', lacks: [lacks] }
  },
})

type Options = { readonly spanDays: number; readonly leastSubjects: number }
/** What one subject used and was paid in one week. */
type Cell = { used: number; paid: number }

function isDenial({ metric, value, quote, date }: ProtocolClaim): boolean {
  return metric === 'usage-counts' && value !== null && Number(value) === 0 && quote !== null && date !== ''
}

function sayPay(panel: Panel, { quote, url, date }: ProtocolClaim, options: Options): SaidGroup[] {
  const { asset, amount } = panel.rewards
  const assets = [...new Set(asset.filter((_, row) => !Number.isNaN(amount[row])))].sort((a, b) => a - b)
  return assets.flatMap((one, place) => {
    const weeks = weeksOf(panel, one, options)
    const ranked = clusteredSlope(deviations(weeks, midRanks))
    const subjects = new Set(weeks.flatMap((week) => [...week.keys()])).size
    if (ranked === null) return []
    const [value, low, high] = [ranked.slope, ranked.low, ranked.high].map((end) =>
      Math.max(-1, Math.min(1, end * ranked.toCorrelation)),
    ) as [number, number, number]
    const name = assets.length === 1 ? panel.programme : `${panel.programme}, asset ${place + 1} of ${assets.length}`
    return [
      {
        ...{ group: name, size: subjects, pValue: ranked.pValue },
        effect: { name: 'rank correlation of usage with reward', value, low, high },
        statement: `In ${weeks.length} weeks of ${name}, usage and reward of ${subjects} subjects have a rank correlation of ${figure(value)} [${figure(low)}, ${figure(high)}]${elasticity(weeks, options)}; the word of ${date} is “${quote}” (${url}).`,
      },
    ]
  })
}

/** Of those who were paid. */
function elasticity(weeks: readonly ReadonlyMap<number, Cell>[], { leastSubjects }: Options): string {
  const paid = weeks.map((week) => new Map([...week].filter(([, { paid }]) => paid > 0)))
  const logs = deviations(paid, (values) => values.map(Math.log))
  const slope = logs.length < leastSubjects ? null : clusteredSlope(logs)
  if (slope === null) return ''
  return `, and 1 % more usage goes with ${figure(slope.slope)} % [${figure(slope.low)}, ${figure(slope.high)}] more reward of those paid`
}

/** Subjects with what they used, more than 0, and were paid in one asset, by the weeks in which enough used anything. */
function weeksOf({ uses, rewards }: Panel, asset: number, options: Options): Map<number, Cell>[] {
  const isIt = (row: number) => rewards.asset[row] === asset && !Number.isNaN(rewards.amount[row])
  const weeks = payoutWeeks(
    rewards.time.filter((_, row) => isIt(row)),
    options,
  )
  if (weeks === null) return []
  const cells = Array.from({ length: weeks.count }, () => new Map<number, Cell>())
  for (let subject = 0; subject < uses.offsets.length - 1; subject++) {
    addUses(uses, subject, weeks, cells)
    for (let row = rewards.offsets[subject]!; row < rewards.offsets[subject + 1]!; row++) {
      const cell = isIt(row) ? cells[weeks.of(rewards.time[row]!)]?.get(subject) : undefined
      if (cell !== undefined) cell.paid += rewards.amount[row]!
    }
  }
  return cells.filter((week) => week.size >= options.leastSubjects && [...week.values()].some(({ paid }) => paid > 0))
}

function addUses(uses: Panel['uses'], subject: number, weeks: PayoutWeeks, cells: readonly Map<number, Cell>[]): void {
  for (let row = uses.offsets[subject]!; row < uses.offsets[subject + 1]!; row++) {
    const week = cells[weeks.of(uses.time[row]!)]
    if (week === undefined || !(uses.counted[row]! > 0)) continue
    const cell = week.get(subject) ?? { used: 0, paid: 0 }
    cell.used += uses.counted[row]!
    week.set(subject, cell)
  }
}

/** Of each subject over its weeks, by how much it lies above the mean of each, on the scale that `turn` gives a week. */
function deviations(
  weeks: readonly ReadonlyMap<number, Cell>[],
  turn: (values: Float64Array) => Float64Array,
): Deviations[] {
  const own = new Map<number, { x: number[]; y: number[] }>()
  const centred = (values: number[]) => {
    const turned = turn(Float64Array.from(values))
    const mean = turned.reduce((sum, one) => sum + one, 0) / turned.length
    return turned.map((one) => one - mean)
  }
  for (const week of weeks) {
    const cells = [...week.values()]
    const [x, y] = [centred(cells.map(({ used }) => used)), centred(cells.map(({ paid }) => paid))]
    ;[...week.keys()].forEach((subject, place) => {
      const one = own.get(subject) ?? { x: [], y: [] }
      one.x.push(x[place]!)
      one.y.push(y[place]!)
      own.set(subject, one)
    })
  }
  return [...own.values()]
}
