import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { hiddenCharacter, hostileStrings, withHostileText } from '../support/hostile-report.ts'
import { sampleReport } from '../support/sample-report.ts'

/** The shape of the document: where lines, tables and headings are, without what they say. */
const shape = (markdown: string) =>
  markdown.split('\n').map((line) => {
    const marker = /^(#+ |- |\||\*\*)/.exec(line)?.[0] ?? ''
    return line === '' ? '' : marker === '|' ? `| ${line.replace(/\\\|/g, '').split('|').length}` : marker
  })

/** What is left when code spans are taken out and escaped characters stand as x: all that Markdown would act on. */
const active = (markdown: string) => markdown.replace(/`[^`\n]*`/g, '').replace(/\\[^\s]/g, 'x')

describe('renderMarkdown', () => {
  const markdown = renderMarkdown(sampleReport())

  it('holds the answer, every payment and what to do with them', () => {
    expect(markdown).toContain('**At least 1.5 % of payments and 2.1 % of value are consistent with wash usage')
    for (const { transaction } of sampleReport().findings.flatMap(({ payments }) => payments))
      expect(markdown).toContain(transaction)
    expect(markdown).toContain('| 2025-02-11 09:30 UTC | W1 |')
    expect(markdown).toContain('Refund, Mutual customers')
    for (const { transaction } of sampleReport().findings.flatMap(({ returns }) => returns))
      expect(markdown).toContain(transaction)
    expect(markdown).toContain('| 0.617277 USDX | 0.467277 USDX matched |')
    expect(markdown).toContain('another asset than was paid, or past the window: listed and not counted by value')
    expect(markdown).toContain('Beside it: The payee is a customer of the payer too')
    expect(markdown).toContain('Scores stood still after 12 iterations')
    expect(markdown).toContain('## How to verify')
    expect(markdown).not.toMatch(/fraud|\bfake|scam|undefined|\[object/i)
  })

  it('cuts what is longer than any honest text', () => {
    const hostile = renderMarkdown(withHostileText(sampleReport(), 'w'.repeat(5_000)))
    expect(Math.max(...(hostile.match(/w+/g) ?? []).map((run) => run.length))).toBeLessThanOrEqual(1_000)
  })

  it.each(hostileStrings)('keeps its shape and stays inert: %j', (text) => {
    const hostile = renderMarkdown(withHostileText(sampleReport(), text))
    const [expected, actual] = [shape(renderMarkdown(withHostileText(sampleReport(), 'plain'))), shape(hostile)]
    expect(actual).toEqual(expected)
    expect(active(hostile)).not.toMatch(/<|\]\(|!\[|:\/\/|@/)
    expect(hostile.replaceAll('\n', '')).not.toMatch(hiddenCharacter)
  })
})
