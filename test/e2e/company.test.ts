import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { importFiles } from '../../src/workflows/import-files.ts'
import { company, DEVELOPERS, TARGET, usageCsv, WEEKS } from '../support/company.ts'

const WEEK = 7 * 86_400_000
const URL = 'https://example.org/goal'
const { uses, roster } = company(1)

let report: Report
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'washboard-company-'))
  const ledger = await openLedger(':memory:')
  const load = async (name: string, content: string, how: object) => {
    const path = join(folder, name)
    await writeFile(path, content)
    const [summary] = await importFiles({ ledger, files: [path], protocol: 'acme', ...how })
    expect(summary!.rejected).toBe(0)
  }
  const people = roster.map(({ user, team }) => `${user},${team}`)
  await load('usage.csv', usageCsv(uses), { preset: 'usage-export' })
  await load('roster.csv', `user,team\n${people.join('\n')}\n`, { preset: 'usage-roster' })
  const claim = `weekly-adoption-target,80 %,${URL},More than 80 % each week.,2026-01-02`
  await load('claims.csv', `metric,value,url,quote,date\n${claim}\n`, { table: 'claims' })
  report = (await audit(ledger, { controls: 'none' })).report
  ledger.close()
  await rm(folder, { recursive: true })
}, 60_000)

function adopted() {
  if (report.adoption.status !== 'measured') throw new Error(report.adoption.reason)
  return report.adoption.networks[0]!
}

/** What each developer used in each week, added up once more without the ledger. */
function recounted() {
  const weeks = Array.from({ length: WEEKS }, () => new Map<string, { usages: number; tokens: number }>())
  const first = Date.parse('2026-01-05T00:00:00Z')
  for (const { user, tokens, time } of uses) {
    const week = weeks[Math.floor((time - first) / WEEK)]!
    const of = week.get(user) ?? { usages: 0, tokens: 0 }
    week.set(user, { usages: of.usages + 1, tokens: of.tokens + tokens })
  }
  return weeks
}

const sum = (parts: readonly { readonly tokens: number }[]) =>
  parts.length === 0 ? null : String(parts.reduce((total, { tokens }) => total + tokens, 0))

describe(`a company of ${DEVELOPERS} developers that aims at 80 % a week`, () => {
  it('has the weekly adoption that its log holds, by users and by units', () => {
    const { weeks, population, unitKind, goal } = adopted()
    expect([population, unitKind]).toEqual([DEVELOPERS, 'token'])
    expect(goal).toEqual({ share: 0.8, url: URL, quote: 'More than 80 % each week.', date: '2026-01-02' })
    const expected = recounted().map((week) => [week.size, week.size / DEVELOPERS, sum([...week.values()])])
    expect(weeks.map(({ users, share, units }) => [users, share, units])).toEqual(expected)
    expect(weeks.every(({ whole }) => whole)).toBe(true)
    for (const { share } of weeks) expect(share).toBeGreaterThan(0.8)
  })

  it('shows who does no more than is asked for', () => {
    const expected = recounted().map((week) => {
      const used = [...week.values()]
      const bare = used.filter(({ tokens }) => tokens >= TARGET && tokens <= TARGET * 1.05)
      const once = used.filter(({ usages }) => usages === 1)
      return {
        targets: used.length,
        reached: used.filter(({ tokens }) => tokens >= TARGET).length,
        bareMinimum: { users: bare.length, units: sum(bare) },
        once: { users: once.length, units: sum(once) },
      }
    })
    expect(adopted().weeks).toMatchObject(expected)
    const { reached, bareMinimum } = adopted().weeks[0]!
    expect(bareMinimum.users / reached).toBeGreaterThan(0.4)
  })

  it('ranks teams by units and by users, which are two orders', () => {
    const weeks = recounted()
    const members = new Map<string, string[]>()
    for (const { user, team } of roster) members.set(team, [...(members.get(team) ?? []), user])
    const expected = [...members]
      .map(([team, users]) => {
        const used = weeks.flatMap((week) => users.flatMap((user) => week.get(user) ?? []))
        const bare = used.filter(({ tokens }) => tokens >= TARGET && tokens <= TARGET * 1.05)
        return {
          team,
          members: users.length,
          adoption: used.length / (users.length * WEEKS),
          units: used.reduce((total, { tokens }) => total + tokens, 0),
          bareMinimum: bare.length / used.length,
        }
      })
      .sort((a, b) => b.units - a.units)
    const { teams, teamsOmitted } = adopted()
    expect(teams).toMatchObject(expected.map((team, i) => ({ ...team, units: String(team.units), rankByUnits: i + 1 })))
    const byUsers = [...teams].sort((a, b) => a.rankByUsers - b.rankByUsers).map(({ adoption }) => adoption)
    expect(byUsers).toEqual([...byUsers].sort((a, b) => b - a))
    expect(teams.map(({ rankByUsers }) => rankByUsers)).not.toEqual(teams.map(({ rankByUnits }) => rankByUnits))
    expect(teamsOmitted).toBe(0)
  })

  it('is told from its target alone: who stops above it, and what else would need more', () => {
    const { tests } = report.tokenmaxxing
    const [bunching] = tests.filter(({ id }) => id === 'H1')
    expect(bunching).toMatchObject({ status: 'fired', groups: [{ group: `target, target ${TARGET}` }] })
    expect(bunching!.effect!.low).toBeGreaterThan(10)
    expect(bunching!.statement).toContain('end from 10000 to 10749')
    for (const id of ['H2', 'H11', 'H12']) {
      const test = tests.find((one) => one.id === id)!
      expect([id, test.status]).toEqual([id, 'untestable'])
      expect(test.lacks.join()).toMatch(/windows that count|shown no more|payments of known value/)
    }
  })

  it('reads the same in every rendering', () => {
    const { weeks, teams } = adopted()
    const screen = renderTerminal(report, { color: false, columns: 80 })
    expect(screen).toMatch(/Adoption\s+8\d(\.\d)? % of 5,000 users of acme, week of 2026-02-23 \(goal 80 %\)/)
    for (const text of [renderHtml(report), renderMarkdown(report)]) {
      for (const { from } of weeks) expect(text).toContain(from.slice(0, 10))
      expect(text).toContain(teams[0]!.team)
    }
  })
})

describe('a ledger without roster and targets', () => {
  it('has no adoption, and says why', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'washboard-company-'))
    const ledger = await openLedger(':memory:')
    const path = join(folder, 'usage.csv')
    await writeFile(path, 'user,tool,tokens,time\nada,chat,1,2026-01-05T00:00:00Z\n')
    await importFiles({ ledger, files: [path], preset: 'usage-export', protocol: 'acme' })
    const { adoption } = (await audit(ledger, { controls: 'none' })).report
    ledger.close()
    await rm(folder, { recursive: true })
    expect(adoption).toEqual({
      status: 'unavailable',
      reason: 'no team and no weekly target of a user is in the ledger',
    })
  })
})
