import type { ClosedLoops } from '../features/closed-loops.ts'
import { closedLoops } from '../features/closed-loops.ts'
import type { FeatureContext, OnStage } from '../features/feature.ts'
import { reportedValue } from '../features/reported-value.ts'
import { type ReturnFlows, returnFlows } from '../features/return-flows.ts'
import type { TableName } from '../records/index.ts'
import type { Calibration } from '../score/calibration.ts'
import { calibrationTable } from '../score/calibration-table.ts'
import { type Reported, reportedUnits } from '../score/certified.ts'
import { closedLoop } from '../signals/closed-loop.ts'
import { signals as builtIn } from '../signals/index.ts'
import { runSignal } from '../signals/run-signal.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import { valueReturn } from '../signals/value-return.ts'
import { patterns } from '../tokenmaxxing/index.ts'
import { type PatternOutcome, runPatterns } from '../tokenmaxxing/run-patterns.ts'
import type { EvidenceRows } from './build-report.ts'
import { counterUsage } from './counter-usage.ts'
import { type EntityScore, scoreEntities } from './score-entities.ts'
import { type LadderScore, scoreLadder } from './score-ladder.ts'

export type ScoreConfig = {
  readonly seed?: number
  readonly signals?: readonly Signal[]
  readonly calibration?: Calibration
  readonly onStage?: OnStage
}

type ReportedTotals = Reported & EvidenceRows['totals']

/** What signals and tests of the pattern say, and the ladder that follows: the audit before anything is written. */
export type ScoredUsage = {
  readonly results: ReadonlyMap<Signal, SignalResult>
  readonly reported: ReportedTotals
  /** Null: not measured. */
  readonly flows: ReturnFlows | null
  readonly loops: ClosedLoops | null
  /** Null: there are no transfers. */
  readonly entities: EntityScore | null
  readonly patterns: readonly PatternOutcome[]
  readonly calibration: Calibration
  readonly score: LadderScore
}

/** `filled`: tables that hold a row, counted usage among them. */
export async function scoreUsage(
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  config: ScoreConfig,
): Promise<ScoredUsage> {
  const results = await runSignals(context, filled, config)
  const reported = await readReported(context)
  const isMeasured = (id: string) =>
    [...results].some(([signal, result]) => signal.id === id && result.status === 'measured')
  const flows = isMeasured(valueReturn.id) ? await context.get(returnFlows) : null
  const loops = isMeasured(closedLoop.id) ? await context.get(closedLoops) : null
  config.onStage?.('reported totals')
  const { calibration = calibrationTable } = config
  const entities = filled.has('transfers') ? await scoreEntities(context, results, reported, calibration) : null
  const outcomes = await runPatterns(patterns, context, filled, config.seed ?? 1)
  config.onStage?.('pattern')
  const counter = await counterUsage(context, outcomes)
  const score = await scoreLadder(context, { reported, flows, loops, entities, counter })
  return { ...{ results, reported, flows, loops, entities, calibration, score }, patterns: outcomes }
}

async function runSignals(
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  { signals = builtIn, seed = 1, onStage }: ScoreConfig,
): Promise<Map<Signal, SignalResult>> {
  const results = new Map<Signal, SignalResult>()
  for (const signal of signals) {
    results.set(signal, await runSignal(signal, context, filled, seed))
    onStage?.(`signal ${signal.id}`)
  }
  return results
}

async function readReported(context: FeatureContext): Promise<ReportedTotals> {
  const { ledger } = context
  const { assets, basis } = await context.get(reportedValue)
  const [totals] = await ledger.rows('reported-totals')
  const { units, reason } = reportedUnits(totals ?? {})
  return {
    usages: Number(totals?.usages),
    users: Number(totals?.users),
    providers: Number(totals?.providers),
    firstAt: totals?.first_at === null ? null : Number(totals?.first_at),
    lastAt: totals?.last_at === null ? null : Number(totals?.last_at),
    unitKind: totals?.unit_kind === null ? null : String(totals?.unit_kind),
    assets,
    basis,
    units,
    unitsReason: reason,
    consumers: await ledger.columns('usage-consumers'),
  }
}
