import { readFileSync } from 'node:fs'
import { LedgerError } from './ledger.ts'

const texts = new Map<string, string>()

/** The text of `queries/ledger/<name>.sql`. The same relative path holds in development and in the published package. */
export function queryText(name: string): string {
  const known = texts.get(name)
  if (known !== undefined) return known
  try {
    const text = readFileSync(new URL(`../../queries/ledger/${name}.sql`, import.meta.url), 'utf8')
    texts.set(name, text)
    return text
  } catch (cause) {
    throw new LedgerError(`There is no ledger query named ${name}.`, {
      fix: 'Use the name of a file in queries/ledger without its ending.',
      cause,
    })
  }
}
