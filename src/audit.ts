import { buildReport, type EvidenceRows } from './audit/build-report.ts'
import { keepClusters, noClusters } from './audit/cluster-section.ts'
import type { Contest } from './audit/contest.ts'
import { entityPart } from './audit/entity-part.ts'
import { keepEvidence, type Listed } from './audit/evidence.ts'
import type { EvidenceFile } from './audit/evidence-file.ts'
import { findingNotes } from './audit/finding-notes.ts'
import { fitReport } from './audit/fit-report.ts'
import { l0Reruns } from './audit/l0-reruns.ts'
import { listFindings } from './audit/list-findings.ts'
import { keepEntities } from './audit/score-entities.ts'
import { scoreUsage } from './audit/score-usage.ts'
import { walletClusters } from './clusters/wallet-clusters.ts'
import { ConfigError, WashboardError } from './errors.ts'
import { adoption } from './features/adoption.ts'
import { selfPayments, settlements } from './features/counted-usage.ts'
import { type CoverageGap, coverageGaps } from './features/coverage-gaps.ts'
import { type FeatureContext, featureCache, type OnStage } from './features/feature.ts'
import { followUp } from './features/follow-up.ts'
import { returnCounts } from './features/return-flows.ts'
import type { Price } from './features/value.ts'
import type { Ledger, SqlRow } from './ledger/ledger.ts'
import type { TableName } from './records/index.ts'
import type { Report } from './report/report.ts'
import type { Calibration } from './score/calibration.ts'
import type { Signal } from './signals/signal.ts'
import { valueReturn } from './signals/value-return.ts'
import { VERSION } from './version.ts'

export type AuditConfig = {
  /** UTC ms, [from, to); null or absent: no bound. */
  readonly from?: number | null
  readonly to?: number | null
  /** Seeds every random stream. Default 1. */
  readonly seed?: number
  readonly prices?: readonly Price[]
  readonly signals?: readonly Signal[]
  /** Honest entities that L1 is held against. Default: those that ship, of simulated markets. */
  readonly calibration?: Calibration
  /** Audit in spite of gaps in collection, and stamp the report incomplete. Default false: such an audit fails. */
  readonly allowGaps?: boolean
  /** full, the default: the null-model control and the sensitivity table as well, which run every signal again. */
  readonly controls?: 'full' | 'none'
  /** Statements against findings and wallets. */
  readonly contests?: readonly Contest[]
  /** UTC ms at which statements have expired or not. Default: the last time that the ledger speaks of. */
  readonly asOf?: number
  /** Hears the name of each stage as it ends; no part of the result. */
  readonly onStage?: OnStage
}

/** The report and the queries that write its evidence; the ledger must stay open until they are written. */
export type Audit = { readonly report: Report; readonly evidence: readonly EvidenceFile[] }

/**
 * Audits a ledger. A pure function of ledger, config and seed: the same inputs give the same bytes.
 *
 * @example
 * const ledger = await openLedger('washboard.duckdb', { readOnly: true })
 * const { report } = await audit(ledger)
 */
export async function audit(ledger: Ledger, config: AuditConfig = {}): Promise<Audit> {
  return auditIn(auditContext(ledger, config), config)
}

/** Where the features of an audit are computed, once each. */
export function auditContext(ledger: Ledger, { from = null, to = null, prices, onStage }: AuditConfig): FeatureContext {
  return featureCache(ledger, { from, to }, { prices, onStage })
}

/** The same audit for whoever looks at its features as well. */
export async function auditIn(context: FeatureContext, config: AuditConfig): Promise<Audit> {
  const { ledger, window } = context
  const { filled, gaps } = await auditable(ledger, config.allowGaps)
  const scored = await scoreUsage(context, filled, config)
  const { results, reported, flows, loops, entities, patterns, calibration, score } = scored
  config.onStage?.('score')
  const evidence = await keepEvidence(ledger, results)
  config.onStage?.('evidence')
  const clusters = filled.has('transfers')
    ? await keepClusters(ledger, await context.get(walletClusters))
    : noClusters('transfers were not collected, so that wallets could not be linked')
  const entityFiles = entities === null ? [] : [await keepEntities(ledger, context, entities)]
  config.onStage?.('clusters')
  const ledgerHash = await ledger.hash()
  config.onStage?.('hash')
  const rows = await readRows(context, filled, flows !== null, evidence.listed)
  const findings = listFindings(evidence, rows.notes)
  const asOf = config.asOf ?? lastTime(rows.coverage, reported.lastAt)
  const { seed = 1, controls = 'full', contests = [] } = config
  const self = await context.get(selfPayments)
  const part = await entityPart({
    ...{ ledger, context, filled, seed, controls, results, findings, contests, asOf },
    ...{ score: entities, consumers: reported.consumers, calibration },
    l0: l0Reruns({ reported, self: self.usage, flows, loops, published: score.W1 }),
  })
  config.onStage?.('controls')
  const report = buildReport({
    config: { ...config, asOf, controls },
    version: VERSION,
    ...{ gaps, window, reported, results, part },
    L1: entities?.L1 ?? null,
    ...{ patterns, score, calibration, evidence, clusters, ledgerHash, rows },
  })
  config.onStage?.('report')
  return { report: fitReport(report), evidence: [...evidence.files, ...clusters.files, ...entityFiles, ...part.files] }
}

/**
 * Tables that hold a row, and ranges that were asked for and not read. Throws where there is no usage, and over gaps that
 * are not allowed.
 */
export async function auditable(
  ledger: Ledger,
  allowGaps = false,
): Promise<{ readonly filled: ReadonlySet<TableName>; readonly gaps: readonly CoverageGap[] }> {
  const filled = new Set((await ledger.rows('filled-tables')).map((row) => row.table_name as TableName))
  if (!filled.has('usage_events')) throw nothingToAudit()
  const gaps = coverageGaps(await ledger.rows('all-coverage'))
  if (gaps.length > 0 && !allowGaps) throw new IncompleteError(gaps)
  return { filled, gaps }
}

/** UTC ms of the end of what was collected, or of the last counted usage where that is later. */
function lastTime(coverage: readonly SqlRow[], lastUsage: number | null): number {
  return coverage.reduce((last, row) => Math.max(last, Number(row.to_time ?? 0)), lastUsage ?? 0)
}

async function readRows(
  context: FeatureContext,
  filled: ReadonlySet<TableName>,
  withReturns: boolean,
  listed: readonly Listed[],
): Promise<EvidenceRows['rows']> {
  const { ledger } = context
  const hasTransfers = filled.has('transfers')
  return {
    coverage: await ledger.rows('all-coverage'),
    rejects: await ledger.rows('reject-counts'),
    claims: await ledger.rows('all-claims'),
    statuses: await ledger.rows('reported-status'),
    protocols: (await ledger.rows('audited-protocols')).map((row) => String(row.protocol)),
    settlements: hasTransfers ? await context.get(settlements) : null,
    returns: withReturns ? await context.get(returnCounts) : null,
    followUp: await context.get(followUp(valueReturn.options.windowDays)),
    notes: await findingNotes(ledger, listed, hasTransfers),
    adoption: await context.get(adoption),
  }
}

/** Blocks that were asked for were not read: a number over them would be a guess. */
export class IncompleteError extends WashboardError {
  override readonly name = 'IncompleteError'
  override readonly exitCode = 4

  constructor(gaps: readonly CoverageGap[]) {
    super('The ledger has gaps in what was collected.', {
      details: gaps
        .slice(0, 10)
        .map((gap) => `${gap.table} of ${gap.chain} from ${gap.source}: blocks ${gap.from} to ${gap.to}`),
      fix: 'Run `washboard collect` again; it reads what is missing. --allow-gaps audits as it is and stamps the report.',
    })
  }
}

function nothingToAudit(): ConfigError {
  return new ConfigError('The ledger holds no usage.', {
    fix: 'Collect or import usage first: `washboard collect <network>` or `washboard import --table usage`.',
  })
}
