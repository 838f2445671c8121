import type { Facts, TableName } from '../../src/records/index.ts'
import { patterns } from '../../src/tokenmaxxing/index.ts'
import { type PatternOutcome, runPatterns } from '../../src/tokenmaxxing/run-patterns.ts'
import { withLedger } from './ledger-with.ts'

/** What the tests of the pattern with these ids say of a ledger that holds the facts. */
export function outcomesOf(batches: Facts | readonly Facts[], ids: readonly string[]): Promise<PatternOutcome[]> {
  const filled = new Set([batches].flat().flatMap((facts) => Object.keys(facts) as TableName[]))
  const wanted = patterns.filter(({ id }) => ids.includes(id))
  return withLedger(batches, ({ context }) => runPatterns(wanted, context, filled, 1))
}

/** The word of a protocol that usage does not count. */
export const officialClaim = (protocol: string): NonNullable<Facts['claims']>[number] => ({
  ...{ protocol, metric: 'usage-counts', value: '0', from_time: null, to_time: null, source: 'test' },
  ...{ url: 'https://acme.example/word', quote: 'Figures of usage do not count.', date: '2025-01-01' },
})
