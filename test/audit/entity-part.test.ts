import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scaled } from '../../src/audit/thresholds.ts'
import { type Audit, type AuditConfig, audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { reportSchema } from '../../src/report/report.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'

/** A market with adversaries of every kind: some are certified, some flagged, and some are both. */
let ledger: Ledger
let full: Audit
const again = (config: AuditConfig = {}) => audit(ledger, config)

beforeAll(async () => {
  ledger = await openLedger(':memory:', { threads: 1 })
  await ledger.append({ facts: marketOf(simulateScenario({ scenario: 'mixed', seed: 7, records: 15_000 })).facts })
  full = await again()
}, 60_000)
afterAll(() => ledger.close())

const flagged = (signal: string) => full.report.findings.filter((finding) => finding.signal === signal)
const entitiesOf = (signal: string) => {
  const { result } = full.report.signals.find(({ id }) => id === signal)!
  return result.status === 'measured' ? result.entities : null
}
/** Signals with a null model that could look. */
const models = () => full.report.signals.map(({ id }) => id).filter((id) => entitiesOf(id) !== null)
/** How many entities the signals of some families flag. */
const flaggedBut = (family: string | null) =>
  new Set(
    full.report.findings
      .filter(({ signal, tested }) => tested !== null && familyOf(signal) !== family)
      .flatMap(({ subjects }) => subjects),
  ).size
const familyOf = (signal: string) => full.report.signals.find(({ id }) => id === signal)!.family

describe('what a report says of entities', () => {
  it('keeps the contract', () => {
    expect(reportSchema.parse(full.report)).toEqual(full.report)
  })

  it('lists what a signal with a null model flags, with its value and the transfers that show it', () => {
    expect(full.report.findingsOmitted).toBe(0)
    expect(models().length).toBeGreaterThan(8)
    for (const signal of models()) expect(entitiesOf(signal)!.flagged).toBe(flagged(signal).length)
    const found = full.report.findings.filter((finding) => finding.tested !== null)
    expect(found.length).toBeGreaterThan(20)
    for (const { tested, payments, transfers, subjects, transactions } of found) {
      expect(tested!.qValue).toBeLessThanOrEqual(0.05)
      expect(tested!.pValue).toBeLessThanOrEqual(tested!.qValue)
      expect(payments.length + transfers.length, subjects[0]).toBeGreaterThan(0)
      for (const { transaction } of transfers) expect(transactions).toContain(transaction)
    }
    for (const { signal, tested } of full.report.findings) expect(tested !== null).toBe(models().includes(signal))
  })

  it('writes the value of every entity tested, flagged or not, to the evidence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'washboard-values-'))
    const { query, name } = full.evidence.find((file) => file.name === 'signal-values.parquet')!
    await ledger.writeParquet(query, join(folder, name))
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const rows = await (await connection.run(`select * from '${join(folder, name)}'`)).getRowObjectsJson()
    connection.closeSync()
    instance.closeSync()
    await rm(folder, { recursive: true })
    expect(rows).toHaveLength(models().reduce((all, signal) => all + entitiesOf(signal)!.tested, 0))
    for (const signal of models()) {
      const mine = rows.filter((row) => row.signal === signal)
      expect(new Set(mine.map(({ wallet }) => wallet)).size).toBe(entitiesOf(signal)!.tested)
      // A schedule is context: it has values and no findings.
      const found = signal === 'regularity' ? [] : mine.filter(({ q_value }) => Number(q_value) <= 0.05)
      expect(found.map(({ wallet }) => wallet).sort()).toEqual(
        flagged(signal)
          .flatMap(({ subjects }) => subjects)
          .sort(),
      )
    }
    expect(Object.keys(rows[0]!)).toEqual(['signal', 'wallet', 'role', 'statistic', 'p_value', 'q_value'])
  })

  it('flags next to nothing where payees and recipients have changed places', () => {
    const { controls } = full.report
    if (controls.status !== 'measured') throw new Error(controls.reason)
    expect(controls.moved.payments).toBeGreaterThan(0.8)
    expect(controls.signals.map(({ signal }) => signal)).toEqual(models())
    let [real, shuffled] = [0, 0]
    for (const row of controls.signals) {
      expect(row.real).toMatchObject(entitiesOf(row.signal)!)
      if (row.shuffled.status !== 'measured') throw new Error(row.shuffled.reason)
      real += row.real.flagged
      shuffled += row.shuffled.flagged
    }
    expect(real).toBeGreaterThan(20)
    expect(shuffled).toBeLessThan(real / 10)
  })

  it('says the headline with one thing otherwise, row by row', () => {
    const { sensitivity, published, missing } = full.report
    const row = (kind: string, option?: string) =>
      sensitivity.find((one) => one.kind === kind && (option === undefined || one.option === option))!
    for (const { option, flagged: left } of sensitivity.filter(({ kind }) => kind === 'family'))
      expect(left).toMatchObject({ mid: flaggedBut(option) })
    expect(row('return-rule').flagged).toMatchObject({ mid: flaggedBut(null) })
    expect(row('threshold', 'turn-taking leastPayments').value).toBe('6 instead of 8')
    const [whole, noSelf, noReturn] = [published.count.L0, row('family', 'F1').L0.count, row('family', 'F2').L0.count]
    if (whole.status !== 'measured' || noSelf.status !== 'measured' || noReturn.status !== 'measured')
      throw new Error('L0 was not measured')
    expect(noSelf.mid + noReturn.mid).toBeCloseTo(whole.mid, 12)
    expect(row('entities').L0.count).toMatchObject({ mid: whole.mid })
    expect(row('labels').L0.count).toMatchObject({ status: 'unavailable' })
    const left = row('missing').L0.count
    if (left.status !== 'measured') throw new Error(left.reason)
    expect(left.low).toBeLessThan(left.high)
    expect(left.high).toBeLessThan(whole.mid)
    expect(missing.blocks).toMatchObject({ missing: 0, share: 0 })
  })

  it('puts on a card what is known for and against', () => {
    const { cards, named } = full.report
    const [card] = cards
    expect(named.total).toBeGreaterThan(1)
    expect(named).toMatchObject({ contested: 0 })
    expect(named.wallets[0]).toBe(card!.wallet)
    expect(card!.gate).toMatchObject({ level: 'named', exact: true })
    expect(card!.gate.families.length).toBeGreaterThan(1)
    expect(card!.gate.removal.length).toBeGreaterThan(0)
    const certified = card!.certificates.length > 0
    expect(card!.payments.W0 + card!.payments.W1 > 0).toBe(certified)
    for (const { signal, flagged: is, finding, qValue } of card!.values) {
      expect(is).toBe(qValue <= 0.05)
      if (is) expect(flagged(signal).map(({ id }) => id)).toContain(finding)
    }
    expect(card!.against.map(({ id }) => id)).toEqual(['unrelated-payees', 'external-funding', 'after-rewards'])
    expect(card!.benign.length).toBeGreaterThan(0)
    for (const one of cards)
      for (const { signal } of one.benign)
        expect(
          [...one.certificates, ...one.values.filter((value) => value.flagged)].map((row) => row.signal),
        ).toContain(signal)
  })

  it('counts what is contested and names it no longer, until the statement expires', async () => {
    const wallet = full.report.named.wallets[0]!
    const contests = [{ wallet, statement: 'A test of ours.', expires: '2025-12-31' }]
    const { report } = await again({ controls: 'none', contests })
    expect(report.named).toMatchObject({ total: full.report.named.total, contested: 1 })
    expect(report.named.wallets).not.toContain(wallet)
    expect(report.cards[0]!.contested).toMatchObject([{ statement: 'A test of ours.', by: null }])
    const about = report.findings.filter(({ subjects }) => subjects.includes(wallet))
    expect(about.every(({ contested }) => contested.length === 1)).toBe(true)
    expect(report.contested).toMatchObject([{ expired: false, findings: about.length }])
    expect(report.published).toEqual(full.report.published)
    const later = (await again({ controls: 'none', contests, asOf: Date.parse('2026-01-01') })).report
    expect(later.named).toEqual(full.report.named)
    expect(later.contested).toMatchObject([{ expired: true, findings: about.length }])
    expect(later.findings).toEqual(full.report.findings)
    // Without controls, all the rest is the same.
    expect(later.controls).toMatchObject({ status: 'unavailable' })
    expect(later.sensitivity).toEqual(full.report.sensitivity.filter(({ kind }) => kind === 'return-rule'))
  })

  it('says the same twice', async () => {
    expect((await again()).report).toEqual(full.report)
  })
})

describe('a threshold a fifth lower and higher', () => {
  it.each([
    [30, 24, 36],
    [3, 2, 4],
    [1, 1, 2],
    [0.5, 0.4, 0.6],
    [0.9, 0.72, 1],
    [2.5, 2, 3],
    [0, 0, 0],
  ])('of %d: %d and %d', (declared, lower, higher) => {
    expect([scaled(declared, 0.8), scaled(declared, 1.2)]).toEqual([lower, higher])
  })
})
