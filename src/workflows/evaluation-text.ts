/** A share in percent to three digits; NaN: there is nothing to take a share of. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${Number((share * 100).toPrecision(3))} %`
}

export function number(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3)
}

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
