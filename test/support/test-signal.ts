import { describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import type { Facts } from '../../src/records/index.ts'
import { canonicalJson } from '../../src/report/canonical-json.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { type Market, simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from './ledger-with.ts'
import { type Measured, measureSignal } from './measure-signal.ts'
import { metamorphoses } from './metamorphosis.ts'

export type Scenario = (seed: number) => Market

export type SignalContract = {
  /** Honest markets of unequal services, with few large customers and many small ones. */
  readonly organic: Scenario
  /** `planted`: what the signal must mark, payments by usage id or subjects joined by a space. */
  readonly wash: { readonly market: Scenario; readonly planted: (market: Market) => readonly string[] }
  /** One scenario for each false positive that the signal declares, under its id. */
  readonly traps: { readonly [falsePositive: string]: Scenario }
  /** What the mitigations of stories that stay open do keep out: nothing is marked here. */
  readonly guards?: { readonly [mitigation: string]: Scenario }
  /** Share of the planted that must be marked; a certificate marks all. Default 1. */
  readonly power?: number
  /** Markets for each calibration. Default 10. */
  readonly seeds?: number
}

const LEVEL = 0.05

/** What every signal must keep (DESIGN §6); each test names the clause. */
export function testSignal(declared: unknown, contract: SignalContract): void {
  const signal = declared as Signal
  const { organic, wash, traps, guards = {}, power = 1, seeds = 10 } = contract
  const open = (id: string) => signal.falsePositives.some((story) => story.id === id && story.staysOpen)

  describe(`${signal.id} keeps the contract of signals`, () => {
    it('has one trap for each false positive that it declares', () => {
      expect(Object.keys(traps).sort()).toEqual(signal.falsePositives.map(({ id }) => id).sort())
    })

    it('is calibrated on honest markets', () => expectCalibrated(signal, organic, seeds))

    for (const [id, scenario] of Object.entries(traps))
      if (open(id)) it(`marks what may be ${id}, and says so`, () => expectMarkedAsOpen(signal, id, scenario, seeds))
      else it(`is calibrated under ${id}`, () => expectCalibrated(signal, scenario, seeds, id))

    for (const [name, scenario] of Object.entries(guards))
      it(`is calibrated under ${name}`, () => expectCalibrated(signal, scenario, seeds))

    it('marks what was planted and nothing else', () => expectPower(signal, wash, power, seeds))

    it('gives the same bytes for the same seed', async () => {
      const reports = await Promise.all([1, 2].map(() => reportOf(signal, wash.market(1).facts)))
      expect(reports[0]).toBe(reports[1])
    })

    for (const { name, facts, expected } of metamorphoses)
      it(`says the same of ${name}`, async () => {
        const market = wash.market(1)
        expect(await measureSignal(signal, facts(market.facts))).toEqual(
          expected(await measureSignal(signal, market.facts)),
        )
      })

    it('says the same beside a service that has nothing to do with it', async () => {
      const market = wash.market(1)
      const other = simulateMarket({ seed: 1_000_000, services: 1, consumers: 10 })
      const beside = await measureSignal(signal, [market.facts, withoutCoverage(other.facts)])
      expect(beside.findings).toEqual((await measureSignal(signal, market.facts)).findings)
    })
  })
}

/** Ids that a signal marks: payments that it certifies, or subjects whose p-value is at the level of the test. */
export function marked({ findings }: Measured): string[] {
  const ids = findings.flatMap((finding) =>
    finding.pValue === null
      ? finding.payments.filter(({ level }) => level !== 'none').map(({ usage }) => usage)
      : finding.pValue <= LEVEL
        ? [finding.subjects.join(' ')]
        : [],
  )
  return [...new Set(ids)].sort()
}

/** A certificate marks no honest payment at all; a test marks at most its level, by three standard errors. */
export async function expectCalibrated(
  signal: Signal,
  scenario: Scenario,
  seeds: number,
  story?: string,
): Promise<void> {
  const shares: number[] = []
  let tested = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const market = scenario(seed)
    if (story !== undefined) expect(stories(market, story), `the trap ${story} springs`).not.toEqual([])
    const measured = await measureSignal(signal, market.facts, seed)
    expect(measured.tested).toBeGreaterThan(0)
    if (measured.findings.every(({ pValue }) => pValue === null)) expect(marked(measured)).toEqual([])
    shares.push(marked(measured).length / measured.tested)
    tested += measured.tested
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / seeds
  const spread = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, seeds - 1)
  // Subjects of one market are not independent, so the spread between markets counts where it is larger.
  const error = Math.max(Math.sqrt((LEVEL * (1 - LEVEL)) / tested), Math.sqrt(spread / seeds))
  expect(mean).toBeLessThanOrEqual(LEVEL + 3 * error)
}

/** A story that stays open is marked, it alone, and each payment in the report carries it. */
export async function expectMarkedAsOpen(signal: Signal, id: string, scenario: Scenario, seeds: number): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) {
    const market = scenario(seed)
    expect(stories(market, id), `the trap ${id} springs`).not.toEqual([])
    expect(marked(await measureSignal(signal, market.facts, seed))).toEqual(stories(market, id))
  }
  const { findings } = JSON.parse(await reportOf(signal, scenario(1).facts))
  for (const finding of findings)
    for (const payment of finding.payments) if (payment.level !== 'none') expect(payment.benign).toContain(id)
  expect(findings.length).toBeGreaterThan(0)
}

export async function expectPower(
  signal: Signal,
  wash: SignalContract['wash'],
  power: number,
  seeds: number,
): Promise<void> {
  let planted = 0
  let found = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const market = wash.market(seed)
    const measured = await measureSignal(signal, market.facts, seed)
    const wanted = new Set(wash.planted(market))
    const ids = marked(measured)
    if (measured.findings.every(({ pValue }) => pValue === null))
      expect(ids.filter((id) => !wanted.has(id))).toEqual([])
    planted += wanted.size
    found += ids.filter((id) => wanted.has(id)).length
  }
  expect(planted).toBeGreaterThan(0)
  expect(found / planted).toBeGreaterThanOrEqual(power)
}

/** Usage ids of a market whose payments have the story. */
function stories({ truth }: Market, story: string): string[] {
  return [...truth.payments].flatMap(([id, payment]) => (payment.control === story ? [id] : [])).sort()
}

/** Usage ids of payments that were planted as one kind: to oneself, or in any other wash usage. */
export function plantedAs(kind: 'self' | 'ring'): (market: Market) => string[] {
  return ({ truth }) =>
    [...truth.payments].flatMap(([id, { level }]) =>
      level !== 'none' && (level === 'W0') === (kind === 'self') ? [id] : [],
    )
}

function reportOf(signal: Signal, facts: Facts): Promise<string> {
  return withLedger(facts, async ({ ledger }) => {
    const { report } = await audit(ledger, { signals: [signal], seed: 1, controls: 'none' })
    return canonicalJson(report)
  })
}

/** Two markets of one network: the ranges that the first covers hold for both. */
function withoutCoverage(facts: Facts): Facts {
  const { coverage: _, ...rest } = facts
  return rest
}
