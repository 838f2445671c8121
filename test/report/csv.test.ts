import { describe, expect, it } from 'vitest'
import { csvTables, renderCsv } from '../../src/report/csv.ts'
import { hostileStrings, withHostileText } from '../support/hostile-report.ts'
import { sampleReport } from '../support/sample-report.ts'

/** A plain RFC 4180 reader. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true)
  const records = text.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? []
  expect(records.join('')).toBe(text)
  return records.map((record) =>
    [...`,${record.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    ),
  )
}

describe('renderCsv', () => {
  it('parses back to the payments of the report', () => {
    const [header = [], ...rows] = parseCsv(renderCsv(sampleReport(), 'payments'))
    const payments = sampleReport().findings.flatMap((finding) => finding.payments)
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)])
    expect(column('transaction')).toEqual(payments.map(({ transaction }) => transaction))
    expect(column('amount_smallest_unit')).toEqual(payments.map(({ amount }) => amount ?? ''))
    expect(column('amount')[0]).toBe('1.012345')
    expect(column('log_index')).toEqual(payments.map(({ logIndex }) => String(logIndex)))
  })

  it('prints the header when there is nothing to list', () => {
    const empty = sampleReport({ findings: [], clusters: [], cards: [] })
    for (const table of csvTables) {
      expect(parseCsv(renderCsv(empty, table))).toHaveLength(1)
      expect(renderCsv(empty, table).split('\r\n')[0]).toBe(renderCsv(sampleReport(), table).split('\r\n')[0])
    }
  })

  it('counts a payment to oneself as made and received, once', () => {
    const findings = sampleReport().findings.slice(0, 2)
    const rows = parseCsv(renderCsv(sampleReport({ findings: [...findings, ...findings] }), 'wallets'))
    const self = rows.find(([wallet]) => wallet === findings[0]?.subjects[0])
    expect(self?.slice(3)).toEqual(['1', '1', '1', '0', '0'])
  })

  it.each(hostileStrings)('is a table without formulas: %j', (text) => {
    const report = withHostileText(sampleReport(), text)
    for (const table of csvTables) {
      const [header = [], ...rows] = parseCsv(renderCsv(report, table))
      for (const row of rows) {
        expect(row).toHaveLength(header.length)
        for (const field of row) expect(field).not.toMatch(/^\s*[=+\-@]/)
      }
    }
  })
})
