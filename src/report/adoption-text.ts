import { boundedDecimal, clipName, formatCount, formatPercent, plural } from './format.ts'
import type { Report } from './report.ts'

type Adoption = Extract<Report['adoption'], { status: 'measured' }>
type Network = Adoption['networks'][number]

/** A table of texts, not yet escaped. `numeric`: columns that are set right. */
export type TextTable = {
  readonly caption: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly numeric: readonly number[]
}

/** Weekly use of each network whose users are known beside it. */
export function adoptionTables({ adoption }: Report): TextTable[] {
  if (adoption.status === 'unavailable') return []
  return adoption.networks.flatMap((network) => [
    weekTable(network, adoption.margin),
    ...(network.teams.length === 0 ? [] : [teamTable(network)]),
  ])
}

/** The last whole week in one sentence a network. */
export function adoptionLines({ adoption }: Report): string[] {
  if (adoption.status === 'unavailable') return []
  return adoption.networks.flatMap(({ protocol, population, goal, weeks }) => {
    const week = weeks.findLast(({ whole }) => whole) ?? weeks.at(-1)
    if (week === undefined) return []
    const about = [
      ...(week.whole ? [] : ['not whole']),
      ...(goal === null ? [] : [`goal ${formatPercent(goal.share)}`]),
    ]
    const bare =
      week.reached === 0 ? '' : `; ${formatPercent(week.bareMinimum.users / week.reached)} at the bare minimum`
    const targets =
      week.targets === 0 ? '' : `; ${formatPercent(week.reached / week.targets)} reached their target${bare}`
    const of = `${formatPercent(week.share)} of ${plural(population, 'user')} of ${clipName(protocol)}, week of ${week.from.slice(0, 10)}`
    return [`${of}${about.length === 0 ? '' : ` (${about.join(', ')})`}${targets}`]
  })
}

/** What the tables cannot say by themselves. */
export function adoptionNotes({ adoption }: Report): string[] {
  if (adoption.status === 'unavailable') return [`Unavailable: ${adoption.reason}.`]
  const notes = adoption.networks.flatMap(({ protocol, goal, weeksOmitted, teamsOmitted }) => [
    ...(goal === null
      ? []
      : [
          `${clipName(protocol)} aims at ${formatPercent(goal.share)} of its users each week: ${goal.quote ?? 'no quote'} (${goal.date}, ${goal.url}).`,
        ]),
    ...(weeksOmitted + teamsOmitted === 0
      ? []
      : [`Not printed: ${plural(weeksOmitted, 'earlier week')} and ${plural(teamsOmitted, 'team')} with fewer units.`]),
  ])
  return [
    ...notes,
    `The bare minimum is at most ${formatPercent(adoption.margin)} above a target, or a single usage where no target is known. It is a fact about counts: who does just what is asked for may do useful work.`,
  ]
}

function weekTable({ protocol, population, unitKind, weeks }: Network, margin: number): TextTable {
  return {
    caption: `${clipName(protocol)}: weekly adoption among ${plural(population, 'user')}`,
    header: [
      ...['Week from', 'Active users', 'Share', 'Usages', clipName(unitKind ?? 'Units')],
      ...[
        'Single use: users',
        'and units',
        'Reached their target',
        `Within ${formatPercent(margin)} above: users`,
        'and units',
      ],
    ],
    rows: weeks.map((week) => [
      `${week.from.slice(0, 10)}${week.whole ? '' : ' (not whole)'}`,
      formatCount(week.users),
      formatPercent(week.share),
      formatCount(week.usages),
      unitsText(week.units),
      partOf(week.once.users, week.users),
      unitsPart(week.once.units, week.units),
      week.targets === 0 ? 'no targets' : partOf(week.reached, week.targets),
      week.targets === 0 ? 'no targets' : partOf(week.bareMinimum.users, week.targets),
      week.targets === 0 ? 'no targets' : unitsPart(week.bareMinimum.units, week.units),
    ]),
    numeric: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  }
}

function teamTable({ protocol, unitKind, teams }: Network): TextTable {
  return {
    caption: `${clipName(protocol)}: teams by units and by users`,
    header: [
      'Team',
      'Rank by units',
      'Rank by users',
      'Members',
      'Active',
      'Mean weekly share',
      clipName(unitKind ?? 'Units'),
      'Targets met at the bare minimum',
    ],
    rows: teams.map((team) => [
      clipName(team.team),
      team.rankByUnits === null ? 'unknown' : formatCount(team.rankByUnits),
      formatCount(team.rankByUsers),
      formatCount(team.members),
      formatCount(team.users),
      formatPercent(team.adoption),
      unitsText(team.units),
      team.bareMinimum === null ? 'no targets' : formatPercent(team.bareMinimum),
    ]),
    numeric: [1, 2, 3, 4, 5, 6, 7],
  }
}

function partOf(part: number, all: number): string {
  return all === 0 ? formatCount(part) : `${formatCount(part)} (${formatPercent(part / all)})`
}

function unitsText(units: string | null): string {
  return units === null ? 'unknown' : boundedDecimal(units)
}

/** Nobody used none: a sum over no users is none, not unknown. */
function unitsPart(part: string | null, all: string | null): string {
  if (all === null) return 'unknown'
  const of = Number(all)
  return `${unitsText(part ?? '0')} (${formatPercent(of === 0 ? 0 : Number(part ?? 0) / of)})`
}
