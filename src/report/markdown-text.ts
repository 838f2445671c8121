import { codeMarkdown, escapeMarkdown } from './escape.ts'
import { clip } from './format.ts'

/** Markdown that is escaped already. The brand makes unescaped text in a cell a compile error. */
export type Cell = string & { readonly markdown: true }

/** Longer text comes from a hostile file; report.json keeps it whole. */
const MAX_TEXT = 1000
const MAX_CODE = 200

export const text = (value: string): Cell => escapeMarkdown(clip(value, MAX_TEXT)) as Cell

export const code = (value: string): Cell => codeMarkdown(clip(value, MAX_CODE)) as Cell

export const heading = (level: number, title: string): string =>
  `${'#'.repeat(level)} ${escapeMarkdown(clip(title, MAX_CODE))}`

export const list = (items: readonly (Cell | string)[]): string => items.map((item) => `- ${item}`).join('\n')

type Align = 'left' | 'right'

export function table(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  align: readonly Align[] = [],
): string {
  const rule = header.map((_, index) => (align[index] === 'right' ? '---:' : '---'))
  return [header.map(escapeMarkdown), rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
