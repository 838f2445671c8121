import { auditContext, auditIn } from '../audit.ts'
import { walletClusters } from '../clusters/wallet-clusters.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Published } from '../report/report.ts'
import { type Market, marketOf, type ScenarioOptions, simulateScenario, type UsageTruth } from '../simulation/index.ts'
import type { Agreement } from '../statistics/partition-agreement.ts'
import { compareClusters, type Tallies, type Tally } from './compare-clusters.ts'
import { type EvaluatedScore, evaluateScore } from './evaluate-score.ts'
import { type SignalRates, signalRates } from './evaluate-signals.ts'

/** What an audit said of one market, beside what it was. */
export type EvaluatedWorld = Required<Pick<ScenarioOptions, 'scenario' | 'seed' | 'share'>> & {
  readonly records: number
  /** Shares of the counted value: of all wash usage, and of what is W0 or W1. */
  readonly wash: number
  /** Share that payers of adversaries spend, camouflage among it: what L1 is a bound on. */
  readonly payers: number
  readonly certifiable: number
  readonly L0: Published
  readonly score: EvaluatedScore
  readonly signals: SignalRates
  /** Payments with a certificate, by their true level, and those that are honest by the class of their control. */
  readonly byLevel: Tallies
  readonly byControl: Tallies
  readonly pairwise: Agreement
  readonly bCubed: Agreement
  /** Honest owners of each class; flagged where a cluster puts one of their wallets together with somebody else's. */
  readonly mergedByControl: Tallies
  /** Probability of every link of a cluster, and 1 where both wallets have one owner. */
  readonly links: { readonly probability: readonly number[]; readonly isTrue: readonly number[] }
  /** Strength of the strongest link of each party, and 1 where an adversary holds it with others. */
  readonly parties: { readonly score: readonly number[]; readonly isFarmed: readonly number[] }
  /** Owners of paying wallets, and the range that was said. */
  readonly owners: number
  readonly entities: { readonly low: number; readonly mid: number; readonly high: number }
  readonly ms: { readonly simulate: number; readonly audit: number }
}

const EVERYTHING = 2_000_000_000

/** Simulates a market, audits it, and compares. */
export async function evaluateWorld(options: Required<ScenarioOptions>): Promise<EvaluatedWorld> {
  const { scenario, seed, share, records } = options
  const started = performance.now()
  const { share: _, ...unshared } = options
  const recording = simulateScenario(scenario === 'market' ? unshared : options)
  const market = marketOf(recording)
  const { facts, truth } = market
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    await ledger.append({ facts })
    const simulated = performance.now()
    const context = auditContext(ledger, {})
    const { report } = await auditIn(context, { controls: 'none' })
    const ended = performance.now()
    const clusters = await context.get(walletClusters)
    const [low, mid, high] = [0.5, 0.85, 0.99].map((probability) => clusters.entities(probability).payers)
    return {
      ...{ scenario, seed, share: scenario === 'market' ? 0 : share, records, L0: report.published.value.L0 },
      ...valuesOf(market),
      score: await evaluateScore(context, report, recording, market),
      signals: await signalRates(context, recording),
      ...(await certified(ledger, truth.payments)),
      ...compareClusters(recording, truth.payments, clusters),
      entities: { low: low!, mid: mid!, high: high! },
      ms: { simulate: simulated - started, audit: ended - simulated },
    }
  } finally {
    ledger.close()
  }
}

/** Counted value by its true level. A refund takes its usage out of what is counted. */
function valuesOf({ facts, truth }: Market): {
  readonly wash: number
  readonly payers: number
  readonly certifiable: number
} {
  const refunded = new Set(
    (facts.usage_events ?? []).filter(({ kind }) => kind === 'refunded').map(({ usage_id }) => usage_id),
  )
  let [all, wash, payers, certifiable] = [0n, 0n, 0n, 0n]
  for (const { usage_id, amount, kind } of facts.payments ?? []) {
    if (kind !== 'price' || refunded.has(usage_id) || amount === null) continue
    const { level, adversary } = truth.payments.get(usage_id) ?? { level: 'none', adversary: null }
    all += amount
    if (level !== 'none') wash += amount
    if (adversary !== null) payers += amount
    if (level === 'W0' || level === 'W1') certifiable += amount
  }
  const part = (value: bigint) => (all === 0n ? 0 : Number(value) / Number(all))
  return { wash: part(wash), payers: part(payers), certifiable: part(certifiable) }
}

async function certified(ledger: Ledger, truth: ReadonlyMap<string, UsageTruth>) {
  const rows = await ledger.rows('finding-payments', { most: EVERYTHING, findings: EVERYTHING })
  const flagged = new Set(rows.filter(({ level }) => level !== 'none').map(({ usage_id }) => String(usage_id)))
  const byLevel: { [level: string]: Tally } = {}
  const byControl: { [control: string]: Tally } = {}
  for (const [usage, { level, control }] of truth) {
    const isFlagged = flagged.has(usage)
    if (level === 'none') count(byControl, control ?? 'no control', isFlagged)
    else count(byLevel, level, isFlagged)
  }
  return { byLevel, byControl }
}

function count(tallies: { [kind: string]: Tally }, kind: string, isFlagged: boolean): void {
  tallies[kind] ??= { of: 0, flagged: 0 }
  const tally = tallies[kind]
  tally.of += 1
  if (isFlagged) tally.flagged += 1
}
