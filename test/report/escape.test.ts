import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeMarkdown, embedJson, escapeCsv, escapeHtml, escapeMarkdown, visible } from '../../src/report/escape.ts'
import { hiddenCharacter } from '../support/hostile-report.ts'

/** Text of any characters, with the dangerous ones far more often than chance would have them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'<>&"\'`|[](){}*_~#$\\=+-@!:;,/\t\r\n\u001b\u009b\u202e\u2066\u2028\u200b\ufeff\ud800',
        '://',
        'www.',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
  )
  .map((parts) => parts.join(''))

describe('escaping', () => {
  it('shows every hidden character as a replacement', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(hiddenCharacter)
      }),
    )
    expect(visible('a\u202eb\u001b[31mc')).toBe('a\ufffdb\ufffd[31mc')
    expect(visible('Ünï 漢字')).toBe('Ünï 漢字')
  })

  it('leaves no markup in HTML', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
        expect(escapeHtml(text)).not.toMatch(hiddenCharacter)
      }),
    )
  })

  it('leaves no unescaped punctuation in Markdown', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = escapeMarkdown(text).replace(/\\[^\s]/g, 'x')
        expect(bare).not.toMatch(/[\\`*_[\]|~$<>@]|:\/\//)
        expect(escapeMarkdown(text)).not.toMatch(/^\s*(#|[+=-]|\d+[.)](\s|$))/)
      }),
    )
    expect(escapeMarkdown('a|b [x](javascript:1) <b>')).toBe('a\\|b \\[x\\](javascript:1) &lt;b&gt;')
  })

  it('cannot be left from a Markdown code span', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(codeMarkdown(text)).toMatch(/^(`[^`|\r\n]+`|\(empty\))$/)
      }),
    )
  })

  it('starts no formula in CSV', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const field = escapeCsv(text)
        expect(field.replace(/^"/, '')).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/)
        expect(field).toMatch(/^("([^"]|"")*"|[^",\r\n]*)$/)
      }),
    )
    expect(escapeCsv('=cmd()')).toBe("'=cmd()")
    expect(escapeCsv('\t=1')).toBe("' =1")
    expect(escapeCsv(-1)).toBe('-1')
  })

  it('embeds JSON that parses to the same and cannot end its element', () => {
    fc.assert(
      fc.property(hostile, fc.string({ unit: 'binary' }), (a, b) => {
        const embedded = embedJson({ a, [b]: [a] })
        expect(embedded).not.toMatch(/[<\u2028\u2029]/)
        expect(JSON.parse(embedded)).toEqual(JSON.parse(JSON.stringify({ a, [b]: [a] })))
      }),
    )
  })
})
