import { fileURLToPath } from 'node:url'
import { type Audit, audit } from '../audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { importFiles } from './import-files.ts'

const data = (name: string) => fileURLToPath(new URL(`../../examples/data/${name}`, import.meta.url))

/** Imports the mainnet sample that ships with the package and audits it, all offline. */
export async function auditDemo(ledger: Ledger): Promise<Audit> {
  const shared = { ledger, protocol: 'grants-round', dialect: { chain: 'eip155:1' } }
  await importFiles({ ...shared, files: [data('usage.parquet')], table: 'usage' })
  await importFiles({ ...shared, files: [data('transfers.parquet')], table: 'transfers' })
  await importFiles({ ...shared, files: [data('assets.csv')], table: 'assets', dialect: { chain: 'chain' } })
  return audit(ledger)
}
