import { type AdoptionWeek, MARGIN_PARTS, type NetworkAdoption, type TeamUse } from '../features/adoption.ts'
import type { SqlRow } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { isoTime } from './iso-time.ts'

type Adoption = Extract<Report['adoption'], { status: 'measured' }>['networks'][number]

const DAY = 86_400_000
const WEEK = 7 * DAY
/** Two years of weeks, and as many teams as a reader goes through. */
const MOST_WEEKS = 104
const MOST_TEAMS = 200
/** The metric under which a claim says which share of its users a network wants active each week. */
const GOAL_METRIC = 'weekly-adoption-target'

export function adoptionSection(networks: readonly NetworkAdoption[], claims: readonly SqlRow[]): Report['adoption'] {
  if (networks.length === 0)
    return { status: 'unavailable', reason: 'no team and no weekly target of a user is in the ledger' }
  return { status: 'measured', margin: 1 / MARGIN_PARTS, networks: networks.map((one) => networkRow(one, claims)) }
}

function networkRow(network: NetworkAdoption, claims: readonly SqlRow[]): Adoption {
  const { protocol, population, unitKind, weeks, teams } = network
  const byUsers = rankOf(teams, ({ activeWeeks, members }) => activeWeeks / members)
  const byUnits = rankOf(teams, ({ active }) => active.units)
  return {
    protocol,
    population,
    unitKind,
    goal: goalOf(claims.filter((claim) => claim.protocol === protocol)),
    weeks: weeks.slice(-MOST_WEEKS).map((week) => weekRow(week, network)),
    weeksOmitted: Math.max(0, weeks.length - MOST_WEEKS),
    teams: teams.slice(0, MOST_TEAMS).map((team) => ({
      team: team.team,
      members: team.members,
      users: team.active.users,
      adoption: team.activeWeeks / (team.members * Math.max(1, weeks.length)),
      units: textOf(team.active.units),
      rankByUnits: team.active.units === null ? null : byUnits.get(team)!,
      rankByUsers: byUsers.get(team)!,
      bareMinimum: team.aimedWeeks === 0 ? null : team.bareWeeks / team.aimedWeeks,
    })),
    teamsOmitted: Math.max(0, teams.length - MOST_TEAMS),
  }
}

function weekRow(week: AdoptionWeek, { population, firstAt, lastAt }: NetworkAdoption): Adoption['weeks'][number] {
  const { from, active, usages, once, aimed, reached, bare } = week
  return {
    from: isoTime(from),
    whole: firstAt < from + DAY && lastAt >= from + WEEK - 3 * DAY,
    users: active.users,
    share: active.users / population,
    usages,
    units: textOf(active.units),
    once: { users: once.users, units: textOf(once.units) },
    targets: aimed,
    reached,
    bareMinimum: { users: bare.users, units: textOf(bare.units) },
  }
}

/** Places from 1; equal values share one. A value that is not known comes last. */
function rankOf(teams: readonly TeamUse[], of: (team: TeamUse) => number | bigint | null): Map<TeamUse, number> {
  const value = (team: TeamUse) => of(team) ?? -1
  const ordered = [...teams].sort((a, b) => (value(b) > value(a) ? 1 : value(b) < value(a) ? -1 : 0))
  const ranks = new Map<TeamUse, number>()
  ordered.forEach((team, i) => {
    const before = ordered[i - 1]
    ranks.set(team, before !== undefined && value(before) === value(team) ? ranks.get(before)! : i + 1)
  })
  return ranks
}

/** The newest claim that names a goal as a share (`0.8`) or in percent (`80 %`). */
function goalOf(claims: readonly SqlRow[]): Adoption['goal'] {
  const goals = claims
    .filter(({ metric }) => metric === GOAL_METRIC)
    .flatMap(({ value, url, quote, date }) => {
      const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(String(value ?? '')) ?? []
      if (digits === undefined) return []
      const share = Number(digits) / (percent === '%' ? 100 : 1)
      const said = quote === null || quote === undefined ? null : String(quote)
      return share > 1 ? [] : [{ share, url: String(url), quote: said, date: String(date) }]
    })
  return goals.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1) ?? null
}

function textOf(units: bigint | null): string | null {
  return units === null ? null : String(units)
}
