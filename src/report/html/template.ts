import { escapeHtml } from '../escape.ts'
import { clip } from '../format.ts'

/** HTML that is safe to print. Only the template tag makes it, so text cannot pass for markup. */
export type Html = { readonly html: string }

/** Text beyond this comes from a hostile file, and would break the size of the page; the embedded report keeps it. */
export const MAX_TEXT = 400

type Part = string | number | Html | readonly Html[] | null

/** Template tag that escapes every value put into it, except HTML that went through it before. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((page, text, index) => page + printed(parts[index - 1] ?? null) + text) }
}

function printed(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escapeHtml(clip(part, MAX_TEXT))
  if (typeof part === 'number') return String(part)
  return 'html' in part ? part.html : part.map((piece) => piece.html).join('')
}

/** What stands in a cell; `span` is for one that says the same for several columns. */
export type Cell = Html & { readonly span?: number }

export type TableOptions = {
  readonly caption: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Columns of numbers, aligned to the right. */
  readonly numeric?: readonly number[]
}

/** Rows a table prints; a report of a hostile file can hold any number of reasons and assets. */
const MAX_ROWS = 200

/**
 * A table whose first column names the row, in a region that scrolls by itself and by keyboard. Narrow screens stack
 * the cells of a row, each beside the name of its column.
 */
export function dataTable({ caption, header, rows, numeric = [] }: TableOptions): Html {
  const side = (index: number) => (numeric.includes(index) ? html` class="number"` : null)
  const head = header.map((name, index) => html`<th scope="col"${side(index)}>${name}</th>`)
  const body = rows.slice(0, MAX_ROWS).map((cells) => {
    const [first, ...others] = cells.map((cell, index) => {
      if (index === 0) return html`<th scope="row">${cell}</th>`
      return cell.span === undefined
        ? html`<td${side(index)} data-label="${header[index] ?? ''}">${cell}</td>`
        : html`<td colspan="${cell.span}">${cell}</td>`
    })
    return html`<tr>${first ?? null}${others}</tr>`
  })
  const stacked = header.length > 2 ? html` class="stacked"` : null
  const more = rows.length - body.length
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${stacked}>
<caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>
${more > 0 ? html`<p class="soft">${more} more rows in report.json.</p>` : null}`
}

/** A section with its heading, which contents and links can point to. The heading stands in the margin, or above. */
export const section = (id: string, title: string, content: Html, heading: 'margin' | 'above' = 'margin'): Html =>
  html`<section id="${id}"${heading === 'above' ? html` class="wide"` : null} aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<div>${content}</div></section>
`
