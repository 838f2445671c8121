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
/** Those of this page, whatever other tests there are. */
const ids = ['H1', 'H2', 'H3', 'H4', 'H11', 'H12']

describe('a company with a target and a leaderboard that is hidden later', () => {
  it('shows the pattern where it was planted, and not where nobody races', () => {
    expect(ids.map((id) => byId(gamed, id).status)).toEqual(['fired', 'quiet', 'quiet', 'fired', 'fired', 'untestable'])
    expect(ids.map((id) => byId(honest, id).status)).toEqual([
      'quiet',
      'quiet',
      'quiet',
      'quiet',
      'quiet',
      'untestable',
    ])
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
    expect(byId(gamed, 'H12').lacks[0]).toMatch(/payments of known value/)
  })

  it('prints them all', () => {
    const text = renderMarkdown(gamed)
    for (const id of ids) {
      const { statement, lacks } = byId(gamed, id)
      expect(text).toContain(id)
      expect(text.replaceAll('\\', '')).toContain((statement ?? lacks[0]!).slice(0, 40))
    }
  })
})
