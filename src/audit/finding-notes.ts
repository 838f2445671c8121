import { type Funding, firstFunders } from '../features/first-funder.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Listed } from './evidence.ts'

/** What else the ledger knows of the two wallets of each finding; context for a reader, never a part of the score. */
export async function findingNotes(
  ledger: Ledger,
  listed: readonly Listed[],
  hasTransfers: boolean,
): Promise<string[][]> {
  const pairs = listed.flatMap(({ finding: { subjects } }, finding) => {
    const [payer, payee] = subjects
    return payer === undefined || payee === undefined ? [] : [{ finding, payer, payee }]
  })
  await ledger.keep('asked_pairs', {
    finding: { type: 'integer', values: Int32Array.from(pairs, ({ finding }) => finding) },
    payer: { type: 'text', values: pairs.map(({ payer }) => payer) },
    payee: { type: 'text', values: pairs.map(({ payee }) => payee) },
  })
  const wallets = pairs.flatMap(({ payer, payee }) => [payer, payee])
  const funders = hasTransfers ? await firstFunders(ledger, wallets) : new Map<string, Funding>()
  const rows = await ledger.rows('opposite-payments')
  const back = new Map(rows.map((row) => [Number(row.finding), Number(row.payments)]))
  const notes = listed.map((): string[] => [])
  for (const { finding, payer, payee } of pairs) notes[finding] = notesOn(payer, payee, back.get(finding) ?? 0, funders)
  return notes
}

function notesOn(payer: string, payee: string, back: number, funders: ReadonlyMap<string, Funding>): string[] {
  const notes: string[] = []
  if (back > 0) notes.push(`The payee is a customer of the payer too: ${back} counted usages the other way.`)
  const [first, second] = [funders.get(payer), funders.get(payee)]
  if (first?.funder === payee) notes.push(`The payee sent the payer its first native currency in ${first.transaction}.`)
  if (second?.funder === payer)
    notes.push(`The payer sent the payee its first native currency in ${second.transaction}.`)
  if (first !== undefined && second !== undefined && first.funder === second.funder)
    notes.push('The first native currency that the ledger knows came to both from one wallet.')
  return notes
}
