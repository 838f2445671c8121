import type { TextTable } from './adoption-text.ts'
import { formatNumber } from './format.ts'
import type { Report } from './report.ts'

type Pattern = Report['tokenmaxxing']['tests'][number]

const statusWords: { readonly [status in Pattern['status']]: string } = {
  fired: 'found',
  quiet: 'not found',
  context: 'context only',
  untestable: 'not testable',
  error: 'error',
}

/** One row a phrase of the tale: whether it was found, one number, and on what it rests. */
export function patternTable({ tokenmaxxing }: Report): TextTable | null {
  if (tokenmaxxing.tests.length === 0) return null
  return {
    caption: 'The pattern, phrase by phrase',
    header: ['', 'Phrase', 'Found', 'One number', 'q', 'Evidence, or what would make it testable'],
    rows: tokenmaxxing.tests.map((test) => [
      test.id,
      `“${test.phrase}”: ${test.name}`,
      statusWords[test.status],
      test.effect === null ? '–' : effectText(test.effect),
      test.qValue === null ? '–' : formatNumber(test.qValue),
      evidenceText(test),
    ]),
    numeric: [4],
  }
}

function effectText({ name, value, low, high }: NonNullable<Pattern['effect']>): string {
  const range = low === null || high === null ? '' : ` [${formatNumber(low)}, ${formatNumber(high)}]`
  return `${name} ${formatNumber(value)}${range}`
}

function evidenceText({ statement, lacks, status }: Pattern): string {
  if (status === 'untestable') return `Needs ${lacks.join('; ')}.`
  return statement ?? ''
}
