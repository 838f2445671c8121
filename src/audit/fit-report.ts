import { canonicalJson } from '../report/canonical-json.ts'
import type { Report } from '../report/report.ts'

/** DESIGN §8, in bytes. */
const MOST_BYTES = 4_000_000
const STEP = 0.75
/** Below this share of their rows, findings themselves are left out. */
const LEAST_SHARE = 0.05

/**
 * The report with as many of the listed hashes, payments, transfers and links as 4 MB hold, the same share of each list
 * and at least one; only where that is not enough, with fewer findings. All of it stands in the evidence.
 */
export function fitReport(report: Report, mostBytes = MOST_BYTES): Report {
  let fitted = report
  for (let share = STEP; Buffer.byteLength(canonicalJson(fitted)) > mostBytes; share *= STEP) {
    const findings = share < LEAST_SHARE ? first(fitted.findings, STEP) : report.findings
    if (findings.length === fitted.findings.length && share < LEAST_SHARE) break
    fitted = {
      ...report,
      findings: findings.map((finding) => shortened(finding, Math.max(share, LEAST_SHARE))),
      findingsOmitted: report.findingsOmitted + report.findings.length - findings.length,
      clusters: report.clusters.map((cluster) => ({
        ...cluster,
        members: first(cluster.members, share),
        links: first(cluster.links, share),
      })),
    }
  }
  return fitted
}

function shortened(finding: Report['findings'][number], share: number): Report['findings'][number] {
  return {
    ...finding,
    transactions: first(finding.transactions, share),
    payments: first(finding.payments, share),
    returns: first(finding.returns, share),
    transfers: first(finding.transfers, share),
  }
}

function first<row>(rows: readonly row[], share: number): row[] {
  return rows.slice(0, Math.max(1, Math.floor(rows.length * share)))
}
