import { describe, expect, it } from 'vitest'
import { fitReport } from '../../src/audit/fit-report.ts'
import { canonicalJson } from '../../src/report/canonical-json.ts'
import { returnFinding, sampleReport } from '../support/sample-report.ts'

const bytes = (report: unknown) => Buffer.byteLength(canonicalJson(report))
const large = sampleReport({
  findings: Array.from({ length: 20 }, (_, i) => returnFinding(`finding-${i}`, i * 40 + 1, 40)),
})

describe('fitReport', () => {
  it('leaves a report that fits as it is', () => {
    expect(fitReport(large) === large).toBe(true)
  })

  it('shortens lists and keeps what they count', () => {
    const fitted = fitReport(large, 500_000)
    expect(bytes(fitted)).toBeLessThanOrEqual(500_000)
    expect(bytes(fitted)).toBeGreaterThan(250_000)
    expect(fitted.findings.map(({ id, count }) => [id, count])).toEqual(
      large.findings.map(({ id, count }) => [id, count]),
    )
    expect(fitted.findingsOmitted).toBe(0)
    for (const [i, { payments }] of fitted.findings.entries())
      expect(large.findings[i]!.payments.slice(0, payments.length)).toEqual(payments)
  })

  it('leaves findings out last, and counts them', () => {
    const fitted = fitReport(large, 60_000)
    expect(bytes(fitted)).toBeLessThanOrEqual(60_000)
    expect(fitted.findings.length).toBeLessThan(20)
    expect(fitted.findings.length + fitted.findingsOmitted).toBe(20)
    expect(fitted.findings[0]!.payments.length).toBeGreaterThan(0)
  })
})
