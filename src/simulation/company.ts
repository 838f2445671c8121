import type { Random } from '../statistics/random.ts'
import { randomStream } from '../statistics/random.ts'
import type { Actor } from './actors.ts'
import { CHAINS, DAY_MS, FILE_CHAIN, OPENS, PROTOCOL, SOURCE } from './chain.ts'
import { between, logNormal, zipf } from './draw.ts'
import { type Recorder, type Recording, startRecording } from './recorder.ts'
import { personTimes, personTokens, programGap } from './timing.ts'

export type CompanyOptions = {
  readonly seed: number
  /** About so many uses in all. */
  readonly purchases: number
  /** Of the tokens. */
  readonly share: number
  readonly days: number
}

const WEEK = 7
/** The first Monday after the market opens. */
const FIRST_MONDAY = 5
const USES_A_WEEK = 30
const TEAM = 10
/** Percent of a team that is to use a tool each week. */
const TARGET = 80
const TOOLS = ['assistant', 'completion', 'review', 'search', 'agent']
/** Tokens of one trivial request of a program. */
const TRIVIAL = 7_000

type User = { readonly actor: Actor; readonly team: string; readonly weeks: number[] }

/**
 * A company that wants 80 % of every team to use its tools each week and shows a leaderboard of tokens, until it takes
 * the leaderboard down. Most users work as they like. The leaderboard asks for more tokens a week than four of five users
 * need: some reach that at the end of the week by a program that asks the same again and again, and a few race for the
 * top. Nothing is paid by anybody, and the share of those programs is of tokens.
 */
export function simulateCompany({ seed, purchases, share, days }: CompanyOptions): Recording {
  const recorder = startRecording(seed, days)
  const random = randomStream(seed, 'company')
  const weeks = Math.max(4, Math.floor((days - FIRST_MONDAY) / WEEK))
  const uses = Math.round(purchases * (1 - share / 2))
  const users = openUsers(recorder, Math.max(TEAM, Math.round(uses / weeks / USES_A_WEEK)), weeks)
  const diligence = users.map(() => logNormal(random, 1, 0.85))
  const all = diligence.reduce((sum, one) => sum + one, 0)
  for (const [i, user] of users.entries())
    work(recorder, random, user, Math.round((uses * (diligence[i] as number)) / all))
  const shown = Math.round(weeks * 0.7)
  const target = quantile(
    users.flatMap((user) => user.weeks),
    TARGET / 100,
  )
  const { honest } = recorder.value()
  reachTarget(recorder, random, users, { shown, target, budget: Math.round((Number(honest) * share) / (1 - share)) })
  writeTargets(recorder, users, { weeks, shown, target })
  return recorder.finish()
}

function openUsers(recorder: Recorder, count: number, weeks: number): User[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `user-${i + 1}`
    const team = `team-${Math.floor(i / TEAM) + 1}`
    const link = { chain: CHAINS[FILE_CHAIN], subject: name, object: team, kind: 'member', source: SOURCE } as const
    recorder.context.links.push({ ...link, from_block: null, to_block: null })
    return { actor: recorder.actor(name), team, weeks: Array<number>(weeks).fill(0) }
  })
}

const toolOf = zipf(TOOLS.length)

/** One request, which counts for the week it falls into. */
function use(
  recorder: Recorder,
  { actor, weeks }: User,
  request: { readonly at: number; readonly units: number; readonly tool: number; readonly gamed: number | null },
): void {
  const { at, units, tool, gamed } = request
  const service = TOOLS[tool] as string
  const place = { from: actor, to: recorder.actor(service), service, units, at, amount: 0n, chain: FILE_CHAIN }
  recorder.use(gamed === null ? place : { ...place, payload: gamed, level: 'W4', adversary: 'amazon' })
  const week = Math.floor((at - FIRST_MONDAY) / WEEK)
  if (week >= 0 && week < weeks.length) weeks[week] = (weeks[week] as number) + units
}

function work(recorder: Recorder, random: Random, user: User, uses: number): void {
  const until = FIRST_MONDAY + user.weeks.length * WEEK
  for (const at of personTimes(random, uses, FIRST_MONDAY, until))
    use(recorder, user, { at, units: personTokens(random), tool: toolOf(random), gamed: null })
}

/** Programs fill up weeks that lack something; what they have left to spend the racers spend, until nobody looks. */
function reachTarget(
  recorder: Recorder,
  random: Random,
  users: readonly User[],
  plan: { readonly shown: number; readonly target: number; readonly budget: number },
): void {
  let left = plan.budget
  const run = (user: User, week: number, wanted: number, payload: number) => {
    let at = FIRST_MONDAY + (week + 1) * WEEK - between(random, 0.2, 2)
    for (let tokens = Math.min(wanted, left); tokens > 0; tokens -= TRIVIAL) {
      const units = Math.min(TRIVIAL, tokens)
      use(recorder, user, { at, units, tool: TOOLS.length - 1, gamed: payload })
      left -= units
      at = Math.min(FIRST_MONDAY + (week + 1) * WEEK - 0.001, at + (5 + programGap(random)) / 86_400)
    }
  }
  const willing = users.filter(() => random.next() < 0.6)
  willing.forEach((user, payload) => {
    for (let week = 0; week < plan.shown && left > 0; week++) {
      const lacking = plan.target - (user.weeks[week] as number)
      if (lacking > 0) run(user, week, lacking + random.below(TRIVIAL), payload)
    }
  })
  const racers = willing.slice(0, Math.max(1, Math.round(users.length / 20)))
  const each = Math.ceil(left / racers.length / plan.shown)
  racers.forEach((user, payload) => {
    for (let week = 0; week < plan.shown && left > 0; week++) run(user, week, each, payload)
  })
}

/** What was to be reached, and was: tokens of a user, and the percentage of a team that used anything. */
function writeTargets(
  recorder: Recorder,
  users: readonly User[],
  { weeks, shown, target }: { readonly weeks: number; readonly shown: number; readonly target: number },
): void {
  const ends = new Date(OPENS + (FIRST_MONDAY + shown * WEEK) * DAY_MS).toISOString().slice(0, 10)
  const common = { protocol: PROTOCOL, chain: null, rank_cut: null, url: null, source: SOURCE }
  recorder.context.programmes.push(
    { ...common, programme: 'leaderboard', counted: 'token', visibility: `public until ${ends}` },
    { ...common, programme: 'weekly-use', counted: 'percent of users', visibility: 'public' },
  )
  const teams = new Map<string, User[]>()
  for (const user of users) teams.set(user.team, [...(teams.get(user.team) ?? []), user])
  for (let week = 0; week < weeks; week++) {
    const from_time = OPENS + (FIRST_MONDAY + week * WEEK) * DAY_MS
    const span = { protocol: PROTOCOL, from_time, to_time: from_time + WEEK * DAY_MS, reward: null, source: SOURCE }
    for (const { actor, weeks } of users) {
      const counted = BigInt(weeks[week] as number)
      const subject = recorder.address(actor)
      recorder.context.windows.push({ ...span, programme: 'leaderboard', subject, counted, target: BigInt(target) })
    }
    for (const [subject, members] of teams) {
      const active = members.filter((user) => (user.weeks[week] as number) > 0).length
      const counted = BigInt(Math.floor((100 * active) / members.length))
      recorder.context.windows.push({ ...span, programme: 'weekly-use', subject, counted, target: BigInt(TARGET) })
    }
  }
}

function quantile(values: readonly number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(at * (values.length - 1))] as number
}
