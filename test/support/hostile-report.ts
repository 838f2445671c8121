import { type Report, reportSchema } from '../../src/report/report.ts'

/** Control, bidi, zero-width and other format characters, and lone surrogates. */
export const hiddenCharacter = /[\p{Cc}\p{Cf}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** Strings that markup, spreadsheets, terminals or readers would act on. */
export const hostileStrings = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</script><script>alert(1)//',
  '<!--<script>',
  '=cmd|"/C calc"!A0',
  '@SUM(1+1)*cmd',
  '\t=1+1',
  '\u001b[31mred\u001b[0m\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007',
  '\u009b31m',
  'safe\u202eexe.txt\u2066\u2069',
  'a\u2028b\u2029c',
  '](javascript:alert(1)) [x](javascript:alert(1))',
  '![x](https://example.org/pixel.png)',
  '`x` | y | <b>z</b>\r\n| new | row |',
  'https://example.org www.example.org me@example.org',
  'url(https://example.org/x) @import "https://example.org/x.css"',
  '漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな漢字かな',
  '👩‍👩‍👧‍👦'.repeat(30),
  'x'.repeat(5_000),
  '\ud800lone',
  '',
] as const

/** The report with `text` in every text field, as far as the contract allows it there. */
export function withHostileText(report: Report, text: string): Report {
  const copy = structuredClone(report)
  for (const { holder, key } of textFields(copy)) {
    const before = holder[key]
    holder[key] = text
    if (!reportSchema.safeParse(copy).success) holder[key] = before
  }
  return reportSchema.parse(copy)
}

type Field = { readonly holder: Record<string, unknown>; readonly key: string }

function textFields(value: unknown): Field[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) =>
    typeof holder[key] === 'string' ? [{ holder, key }] : textFields(holder[key]),
  )
}
