import { clip, clipName, formatCount, plural, shortAddress } from './format.ts'
import type { Report, ReportFinding } from './report.ts'

/** Longer statements stand in report.json. */
const MAX_STATEMENT = 600

type Statement = ReportFinding['contested'][number]

/** A statement in the words of whoever made it. */
export function statementText({ statement, by, expires }: Statement): string {
  return `“${clip(statement, MAX_STATEMENT)}” (${by === null ? '' : `by ${clipName(by)}, `}holds to ${clipName(expires)})`
}

/** How many statements there are and what they change; null where there are none. */
export function contestedTotals({ contested, findings }: Report): string | null {
  if (contested.length === 0) return null
  const expired = contested.filter((row) => row.expired).length
  const about = findings.filter((finding) => finding.contested.length > 0).length
  const old = expired === 0 ? '' : `, of which ${formatCount(expired)} expired and changed nothing`
  return `${plural(contested.length, 'statement')} against findings or wallets${old}; ${plural(about, 'listed finding')} contested, and counted all the same`
}

export function contestedLines({ contested }: Report): string[] {
  return contested.map((row) => {
    const about = `${row.kind} ${shortAddress(clipName(row.id))}`
    return `${row.expired ? 'Expired, about' : 'About'} ${about}, ${plural(row.findings, 'listed finding')}: ${statementText(row)}`
  })
}

/** `3 entities (1 contested)`. */
export function namedSummary({ named }: Report): string {
  return `${plural(named.total, 'entity', 'entities')}${named.contested === 0 ? '' : ` (${formatCount(named.contested)} contested)`}`
}

/** Who is named, and how many are not listed because a current statement contests them. */
export function namedText({ named }: Report): string {
  const left = named.contested === 0 ? '' : `, ${formatCount(named.contested)} of them contested and not listed`
  return `${plural(named.total, 'entity', 'entities')} named by two families of evidence${left}`
}
