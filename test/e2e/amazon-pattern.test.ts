import { beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'

type Pattern = Report['tokenmaxxing']['tests'][number]

/** A company in which programs make a share of all tokens, until the leaderboard is hidden on 3 March. */
async function auditCompany(share: number): Promise<Report> {
  const { facts } = marketOf(simulateScenario({ scenario: 'amazon', seed: 1, records: 40_000, share }))
  const ledger = await openLedger(':memory:')
  await ledger.append({ facts })
  const { report } = await audit(ledger, { controls: 'none' })
  ledger.close()
  return report
}

let gamed: Report
let honest: Report
beforeAll(async () => {
  gamed = await auditCompany(0.2)
  honest = await auditCompany(0.01)
}, 120_000)

const byId = ({ tokenmaxxing }: Report, id: string): Pattern => tokenmaxxing.tests.find((test) => test.id === id)!
/** Nobody is paid here, and nothing is said of what counts: three phrases need that. */
const needy = ['H9', 'H10', 'H12']
const statuses = ({ tokenmaxxing }: Report) => tokenmaxxing.tests.map(({ id, status }) => `${id} ${status}`)

describe('a company with a target and a leaderboard that is hidden later', () => {
  it('shows the pattern where it was planted, and not where nobody races', () => {
    const fired = ['H1', 'H4', 'H5', 'H7', 'H8', 'H11']
    const expected = (found: readonly string[]) =>
      gamed.tokenmaxxing.tests.map(({ id }) => {
        if (needy.includes(id)) return `${id} untestable`
        if (id === 'H6') return 'H6 context'
        return `${id} ${found.includes(id) ? 'fired' : 'quiet'}`
      })
    expect(statuses(gamed)).toHaveLength(12)
    expect(statuses(gamed)).toEqual(expected(fired))
    expect(statuses(honest)).toEqual(expected([]))
    expect(gamed.tokenmaxxing).toMatchObject({ fired: 6, testable: 8, total: 11 })
    expect(honest.tokenmaxxing).toMatchObject({ fired: 0, testable: 8, total: 11 })
  })

  it('says of each phrase what it rests on, or what it would need', () => {
    expect(byId(gamed, 'H1').statement).toMatch(
      /^\d+ of \d+ windows of leaderboard, target \d+, end from \d+ to \d+, where/,
    )
    expect(byId(gamed, 'H1').effect!.low).toBeGreaterThan(1)
    expect(byId(gamed, 'H4').statement).toMatch(
      /holds 1\.\d+ times a tenth .* more \[0\.\d+, 0?\.?\d+\] than in their windows/,
    )
    expect(byId(gamed, 'H11').statement).toMatch(/shown no more on 2025-03-03, .* subjects used changed by -\d+ % \[-/)
    expect(byId(gamed, 'H11').effect!.high).toBeLessThan(0)
    expect(byId(gamed, 'H5').statement).toMatch(
      /on 2025-03-03, \d+ % and \d+ % of requests of \d+ subjects .* were trivial/,
    )
    expect(byId(gamed, 'H5').effect!.low).toBeGreaterThan(0.05)
    expect(byId(gamed, 'H6').statement).toMatch(/asked at regular intervals/)
    expect(byId(gamed, 'H7').statement).toMatch(/% more was counted before than after for the same/)
    expect(byId(gamed, 'H8').effect!.high).toBeLessThan(0)
    expect(byId(gamed, 'H9').lacks[0]).toMatch(/metric usage-counts, value 0, with its quote, URL and date/)
    expect(byId(gamed, 'H10').lacks[0]).toMatch(/table rewards/)
    expect(byId(gamed, 'H12').lacks[0]).toMatch(/payments of known value/)
  })

  it('prints them all, each with one number unless it could not be tested', () => {
    const text = renderMarkdown(gamed)
    for (const { id, statement, lacks, effect, status } of gamed.tokenmaxxing.tests) {
      expect(effect === null).toBe(status === 'untestable')
      expect(text).toContain(id)
      expect(text.replaceAll('\\', '')).toContain((statement ?? lacks[0]!).slice(0, 40))
    }
  })
})
