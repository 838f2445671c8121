import { escapeTerminal } from './escape.ts'

/** Symbols and emoji below U+10000 that terminals draw two columns wide, and the wide scripts of East Asia. */
const wide =
  /[\u1100-\u115f\u231a-\u231b\u23e9-\u23ff\u25fd-\u25fe\u2600-\u27bf\u2b00-\u2bff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufb50-\ufdff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Columns that a text takes at most; marks that some terminals do not combine count too. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += character.length === 2 || wide.test(character) ? 2 : 1
  return width
}

/** Text cut to a width, with an ellipsis where something is missing. */
export function clipWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  return `${takeWidth(text, width - 1)}…`
}

function takeWidth(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const character of text) {
    used += displayWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}

/** Breaks text at spaces into lines of at most `width`; longer words are cut; past `maxLines` an ellipsis stands. */
export function wrap(text: string, width: number, maxLines: number): string[] {
  const lines: string[] = []
  let line = ''
  // A percent sign stays with its number.
  for (let word of escapeTerminal(text).split(/ (?!%)/)) {
    if (line !== '' && displayWidth(`${line} ${word}`) > width) {
      lines.push(line)
      line = ''
    }
    while (displayWidth(word) > width) {
      const head = takeWidth(word, width)
      lines.push(head)
      word = word.slice(head.length)
    }
    line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  const last = kept.pop() ?? ''
  return [...kept, `${takeWidth(last, width - 1)}…`]
}

/** Pads to a width on the right, or on the left for numbers. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'right' ? text + spaces : spaces + text
}

export type Tone = 'plain' | 'strong' | 'quiet' | 'accent' | 'warning'

const codes: Readonly<Record<Tone, string>> = { plain: '', strong: '1', quiet: '2', accent: '36', warning: '33' }

/** Wraps text in ANSI colour. node:util.styleText would read NO_COLOR from the environment; that is for the CLI. */
export function painter(color: boolean): (text: string, tone: Tone) => string {
  return (text, tone) => (color && codes[tone] !== '' && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text)
}
