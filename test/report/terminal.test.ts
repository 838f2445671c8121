import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { displayWidth } from '../../src/report/terminal-text.ts'
import { hiddenCharacter, hostileStrings, withHostileText } from '../support/hostile-report.ts'
import { sampleReport } from '../support/sample-report.ts'

const files = ['report.json', 'report.html']
const plain = (report: Report, columns = 80) => renderTerminal(report, { color: false, columns, files })

function assertFits(text: string, columns: number) {
  const lines = text.trimEnd().split('\n')
  for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(columns)
  if (columns >= 80) expect(lines.length).toBeLessThanOrEqual(30)
  expect(text.replaceAll('\n', '')).not.toMatch(hiddenCharacter)
}

describe('the screen', () => {
  it('reads as a whole', () => expect(plain(sampleReport())).toMatchSnapshot())

  it.each([24, 40, 63, 64, 80, 132])('fits %i columns', (columns) =>
    assertFits(plain(sampleReport(), columns), columns),
  )

  it('colours only when told to, and says the same', () => {
    const colored = renderTerminal(sampleReport(), { color: true, columns: 80, files })
    expect(colored).toContain('\u001b[')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is tested
    expect(colored.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(plain(sampleReport()))
  })

  it('stays one screen when every field is at its longest', () => {
    const long = { status: 'unavailable', reason: 'because of a long story '.repeat(20) } as const
    const values = {
      L0: long,
      L1: long,
      P: { status: 'measured', low: 0.1, mid: 0.2, high: 0.3 },
      U1: long,
      audited: long,
    } as const
    const { coverage, signals } = sampleReport()
    const report = sampleReport({
      incomplete: true,
      published: { value: values, count: values, units: values, users: values },
      coverage: ['a', 'b', 'c'].flatMap((source) => coverage.map((row) => ({ ...row, source: source.repeat(90) }))),
      signals: Array.from({ length: 30 }, () => signals).flat(),
    })
    const paths = ['/a/very/long/path/'.repeat(20)]
    assertFits(renderTerminal(report, { color: false, columns: 80, files: paths }), 80)
    expect(plain(report)).toContain('Incomplete: gaps were allowed')
  })

  it('says so when there is nothing, and when it could not look', () => {
    const unknown = { status: 'unavailable', reason: 'no transfers were collected' } as const
    const { published, reported } = sampleReport()
    const blind = sampleReport({
      published: {
        ...published,
        count: { ...published.count, L0: unknown },
        value: { ...published.value, L0: unknown },
      },
    })
    expect(plain(blind)).toContain('measured: no transfers were collected.')
    const nothing = { status: 'measured', low: 0, mid: 0, high: 0 } as const
    const clean = sampleReport({
      published: {
        ...published,
        count: { ...published.count, L0: nothing },
        value: { ...published.value, L0: nothing },
      },
    })
    expect(plain(clean)).toContain('undetermined, not clean')
    expect(plain(sampleReport({ reported: { ...reported, count: 0 } }))).toContain('nothing to audit')
  })
})

describe('hostile text', () => {
  it.each(hostileStrings)('is inert: %j', (text) => {
    const report = withHostileText(sampleReport(), text)
    for (const columns of [40, 80])
      assertFits(renderTerminal(report, { color: false, columns, files: [text] }), columns)
  })

  it('is inert whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) =>
        assertFits(plain(withHostileText(sampleReport(), text)), 80),
      ),
      { numRuns: 25 },
    )
  })
})
