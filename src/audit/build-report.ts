import type { NetworkAdoption } from '../features/adoption.ts'
import type { CoverageGap } from '../features/coverage-gaps.ts'
import type { AuditWindow } from '../features/feature.ts'
import { isPriced, type Price, scaledText } from '../features/value.ts'
import type { SqlRow } from '../ledger/ledger.ts'
import { REPORT_SCHEMA_VERSION, type Report } from '../report/report.ts'
import type { Calibration } from '../score/calibration.ts'
import type { Certified, Measure, Reported } from '../score/certified.ts'
import { buildLadder } from '../score/ladder.ts'
import type { NullBound } from '../score/null-bound.ts'
import { publish } from '../score/published.ts'
import type { Signal, SignalResult } from '../signals/signal.ts'
import { valueReturn } from '../signals/value-return.ts'
import type { PatternOutcome } from '../tokenmaxxing/run-patterns.ts'
import { adoptionSection } from './adoption-section.ts'
import type { KeptClusters } from './cluster-section.ts'
import { coverageRow, verificationRows } from './coverage-section.ts'
import type { EntityPart } from './entity-part.ts'
import type { KeptEvidence } from './evidence.ts'
import type { Headline } from './headline.ts'
import { isoTime } from './iso-time.ts'
import { missingSection } from './missing-section.ts'
import { patternSection } from './pattern-section.ts'
import type { LadderScore } from './score-ladder.ts'
import { byMeasure, outcomeOf, rowOf } from './sensitivity-row.ts'
import { textOrNull } from './sql-values.ts'
import { entityCounts } from './tested-evidence.ts'

/** The totals and rows that stand in the report beside the score. */
export type EvidenceRows = {
  readonly totals: {
    readonly users: number
    readonly providers: number
    /** UTC ms of the first and last counted usage. */
    readonly firstAt: number | null
    readonly lastAt: number | null
    readonly unitKind: string | null
  }
  readonly rows: {
    readonly coverage: readonly SqlRow[]
    readonly rejects: readonly SqlRow[]
    readonly claims: readonly SqlRow[]
    readonly statuses: readonly SqlRow[]
    readonly protocols: readonly string[]
    readonly settlements: { readonly settledTransfers: number; readonly unsettledUsages: number } | null
    readonly returns: Report['accounting']['returns'] | null
    readonly followUp: { readonly complete: number; readonly incomplete: number }
    /** Of each listed finding. */
    readonly notes: readonly (readonly string[])[]
    readonly adoption: readonly NetworkAdoption[]
  }
}

export type ReportParts = {
  readonly config: {
    readonly seed?: number
    readonly prices?: readonly Price[]
    readonly asOf: number
    readonly controls: 'full' | 'none'
  }
  /** Blocks that were asked for and are missing. */
  readonly gaps: readonly CoverageGap[]
  readonly part: EntityPart
  readonly version: string
  readonly window: AuditWindow
  readonly reported: Reported & EvidenceRows['totals']
  readonly results: ReadonlyMap<Signal, SignalResult>
  readonly patterns: readonly PatternOutcome[]
  readonly score: LadderScore
  readonly calibration: Calibration
  /** Null: transfers were not collected. */
  readonly L1: NullBound['L1'] | null
  readonly evidence: KeptEvidence
  readonly clusters: KeptClusters
  readonly ledgerHash: string
  readonly rows: EvidenceRows['rows']
}

const NO_TRANSFERS = 'transfers were not collected, so that neither returns nor links could be looked for'

/** Puts the parts of an audit into the shape of the report. Computes nothing but texts. */
export function buildReport(parts: ReportParts): Report {
  const { config, reported, rows, score, window } = parts
  const { windowDays, returnShare } = valueReturn.options
  const published = publish({
    W1: score.W1,
    grid: score.grid.map((point) => point.W1),
    reason: NO_TRANSFERS,
    L1: parts.L1 ?? byMeasure(() => ({ status: 'unavailable', reason: NO_TRANSFERS })),
    organic: score.rungs?.organic ?? null,
  })
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    version: parts.version,
    ledgerHash: parts.ledgerHash,
    config: {
      from: isoTime(window.from),
      to: isoTime(window.to),
      seed: config.seed ?? 1,
      controls: config.controls,
      asOf: isoTime(config.asOf),
      returnShare,
      returnWindowDays: windowDays,
      prices: pricesUsed(reported),
    },
    reported: reportedSection(parts),
    claims: rows.claims.map((row) => ({
      protocol: String(row.protocol),
      metric: String(row.metric),
      value: textOrNull(row.value),
      url: String(row.url),
      quote: textOrNull(row.quote),
      date: String(row.date),
    })),
    published,
    calibration: {
      ...{ signals: parts.calibration.signals, worlds: parts.calibration.worlds },
      classes: Object.keys(parts.calibration.classes),
    },
    ladder: buildLadder({ ...score, reason: NO_TRANSFERS }).map(({ level, title, note, ...rung }) => ({
      ...{ level, title, note },
      ...byMeasure((measure) => amountOf(measure, rung[measure])),
    })),
    adoption: adoptionSection(rows.adoption, rows.claims),
    accounting: {
      settledTransfers: rows.settlements?.settledTransfers ?? 0,
      unsettledUsages:
        rows.settlements?.unsettledUsages ?? reported.assets.reduce((sum, asset) => sum + asset.withAmount, 0),
      returns: rows.returns ?? { anyTime: 0, afterPayment: 0, excludingSettlements: 0, sameAsset: 0 },
      followUp: rows.followUp,
    },
    findings: parts.part.findings,
    findingsOmitted: parts.evidence.omitted,
    signals: [...parts.results].map(([signal, result]) => describeSignal(signal, result)),
    tokenmaxxing: patternSection(parts.patterns),
    entities: parts.clusters.entities,
    clusters: parts.clusters.clusters,
    clustersOmitted: parts.clusters.clustersOmitted,
    coverage: rows.coverage.map(coverageRow),
    verification: verificationRows(rows.coverage),
    incomplete: parts.gaps.length > 0,
    controls: parts.part.controls,
    sensitivity: [...sensitivityRows(score, parts.part.headline), ...parts.part.sensitivity],
    missing: missingOf(parts),
    rivals: { status: 'unavailable', reason: 'rival public rules are not replayed by this version' },
    rejects: {
      total: rows.rejects.reduce((sum, row) => sum + Number(row.rows), 0),
      byReason: rows.rejects.map((row) => ({
        table: String(row.table_name),
        reason: String(row.reason),
        rows: Number(row.rows),
      })),
    },
    unpriced: unpricedSection(reported),
    contested: parts.part.contested,
    named: parts.part.named,
    cards: parts.part.cards,
    cardsOmitted: parts.part.cardsOmitted,
  }
}

function reportedSection({ reported, rows }: ReportParts): Report['reported'] {
  const { basis } = reported
  return {
    protocols: [...rows.protocols],
    from: isoTime(reported.firstAt),
    to: isoTime(reported.lastAt),
    value:
      basis.status === 'unavailable'
        ? basis
        : { status: 'measured', basis: basis.basis, asset: basis.asset, total: scaledText(totalValue(reported)) },
    count: reported.usages,
    units:
      reported.units === null
        ? { status: 'unavailable', reason: reported.unitsReason }
        : { status: 'measured', kind: reported.unitKind ?? 'units', total: String(reported.units) },
    users: reported.users,
    providers: reported.providers,
    byStatus: rows.statuses.map((row) => ({
      status: String(row.status),
      usages: Number(row.usages),
      counted: row.counted === true,
    })),
    byAsset: reported.assets.map((asset) => ({
      chain: asset.chain,
      asset: asset.asset ?? 'unknown',
      symbol: asset.symbol,
      decimals: asset.decimals,
      amount: String(asset.total),
      declared: asset.declared,
      priced: isPriced(asset),
      payments: asset.usages,
      overflowing: asset.overflowing,
    })),
  }
}

function totalValue({ assets, basis }: Reported): bigint {
  if (basis.status === 'unavailable') return 0n
  return assets.reduce((sum, asset) => sum + (basis.weigh(asset.chain, asset.asset, asset.total) ?? 0n), 0n)
}

function pricesUsed({ assets }: Reported): Report['config']['prices'] {
  return assets
    .filter(isPriced)
    .map(({ price }) => price as Price)
    .map(({ chain, asset, usd, source }) => ({ chain, asset, usd, source }))
}

function amountOf(measure: Measure, certified: Certified): Report['ladder'][number]['value'] {
  if (certified.status === 'unavailable') return certified
  const amount = measure === 'value' ? scaledText(certified.part) : String(certified.part)
  return { status: 'measured', amount, share: certified.share }
}

/** The rule of returns enters L0 alone. */
function sensitivityRows({ grid }: LadderScore, headline: Headline): Report['sensitivity'] {
  return grid.map(({ windowDays, returnShare, W1 }) => {
    const value = `${windowDays} days, ${returnShare * 100} %`
    return rowOf('return-rule', 'window and return share', value, outcomeOf(headline, W1))
  })
}

function missingOf({ rows, gaps, reported, part }: ReportParts): Report['missing'] {
  return missingSection({
    ...{ coverage: rows.coverage, gaps, usages: reported.usages },
    unsettled: rows.settlements?.unsettledUsages ?? reported.usages,
    payers: part.payers,
  })
}

function unpricedSection({ assets, basis, usages }: Reported): Report['unpriced'] {
  const weighs = (chain: string, asset: string | null) =>
    basis.status === 'measured' && basis.weigh(chain, asset, 1n) !== null
  const outside = assets.map((asset) => ({
    ...asset,
    usages: weighs(asset.chain, asset.asset) ? asset.usages - asset.withAmount : asset.usages,
  }))
  const total = outside.reduce((sum, asset) => sum + asset.usages, 0)
  return {
    usages: total,
    share: usages === 0 ? 0 : total / usages,
    assets: outside
      .filter((asset) => asset.usages > 0)
      .map(({ chain, asset, symbol, usages: n }) => ({ chain, asset: asset ?? 'unknown', symbol, usages: n })),
  }
}

function describeSignal(signal: Signal, result: SignalResult): Report['signals'][number] {
  const { id, title, why, family, subject, blindSpots, references } = signal
  return {
    id,
    title,
    why,
    maturity: signal.status,
    family,
    subject,
    statistic: `${signal.statistic.name}: ${signal.statistic.definition}`,
    nullModel: `${signal.nullModel.name}: ${signal.nullModel.exchangeable}`,
    options: { ...signal.options },
    falsePositives: signal.falsePositives.map(({ id, story, mitigation }) => ({ id, story, mitigation })),
    blindSpots: [...blindSpots],
    references: references.map((reference) => ({ ...reference })),
    result:
      result.status === 'measured'
        ? {
            ...{ status: 'measured', tested: result.tested, findings: result.findings.length },
            entities: entityCounts(signal, result),
            note: result.note ?? null,
          }
        : result.status === 'unavailable'
          ? { status: 'unavailable', missing: [...result.missing] }
          : result,
  }
}
