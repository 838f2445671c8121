/**
 * Text as one line in which everything can be seen. Control characters (so every ANSI sequence), bidi controls,
 * zero-width and other format characters and lone surrogates become U+FFFD: what is hidden shows that it was there.
 */
export function visible(text: string): string {
  return text.replace(/[\t\n\r\v\f\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD')
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => htmlEntities[character] ?? '')
}

/** Prose for Markdown, in a table cell too: no markup, no HTML, no link, not even the automatic ones of GitHub. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[&<>]/g, (character) => htmlEntities[character] ?? '')
    .replace(/:(?=\/\/)|@|(?<=\bwww)\./gi, '\\$&')
    .replace(/^(\s*)([#+=-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
}

/** An on-chain string as a Markdown code span, in which nothing but backtick and pipe has a meaning. */
export function codeMarkdown(text: string): string {
  const inert = visible(text).replaceAll('`', "'").replaceAll('|', '¦').trim()
  return inert === '' ? '(empty)' : `\`${inert}\``
}

/**
 * A CSV field after RFC 4180. A spreadsheet runs text that starts with = + - @, tab or return as a formula
 * (their full-width forms too): such text gets a leading quote. Numbers are passed as numbers and stay bare.
 */
export function escapeCsv(field: string | number): string {
  if (typeof field === 'number') return String(field)
  const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(field)
  const safe = formula ? `'${visible(field)}` : visible(field)
  return /[",;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Text for a terminal. */
export const escapeTerminal = visible

/** JSON for a script element: it cannot end the element, and holds no invisible character; it parses to the same. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]|\p{Cf}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => codeUnit(character.charCodeAt(index))).join(''),
  )
}

const codeUnit = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`
