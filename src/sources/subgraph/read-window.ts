import { z } from 'zod'
import type { Entities } from '../../protocols/protocol.ts'
import type { BlockRange } from '../../records/block-range.ts'
import type { Reject } from '../../records/coverage.ts'
import { InconsistentSourceError } from '../source.ts'
import type { Meta, SubgraphClient } from './client.ts'
import type { Operation } from './document.ts'
import { strangeAnswer } from './failure.ts'

/** The entities of a window of blocks by field, and those that do not have their declared shape. */
export type Window = {
  readonly found: { readonly [field: string]: readonly unknown[] }
  readonly rejects: readonly Omit<Reject, 'source'>[]
}

type Page = { readonly id: string } & { readonly [field: string]: unknown }

const page = z.array(z.looseObject({ id: z.string().min(1) }))

/** Asks every operation for a window of blocks, each until a page comes back empty: servers may give fewer than asked. */
export async function readWindow(
  client: SubgraphClient,
  operations: readonly Operation[],
  entities: Entities,
  meta: Meta,
  range: BlockRange,
): Promise<Window> {
  const found: { [field: string]: unknown[] } = {}
  const rejects: Omit<Reject, 'source'>[] = []
  for (const operation of operations) {
    const { field } = operation
    found[field] = []
    const shape = entities[field] as Entities[string]
    for await (const rows of readPages(client, operation, meta, range))
      for (const row of rows) {
        const parsed = shape.safeParse(row)
        if (!parsed.success) rejects.push(rejectOf(field, row, parsed.error))
        else if (parsed.data.blockNumber < range.from || parsed.data.blockNumber > range.to)
          throw notAsked(client.chain, field, row.id, range)
        else found[field].push(parsed.data)
      }
  }
  return { found, rejects }
}

/** Pages by `id_gt`, which neither skips nor repeats a row where others change, all at one block. */
async function* readPages(
  client: SubgraphClient,
  { field, text }: Operation,
  meta: Meta,
  { from, to }: BlockRange,
): AsyncGenerator<readonly Page[]> {
  const seen = new Set<string>()
  for (let after = ''; ; ) {
    const answer = await client.askAt(meta, text, { after, from: String(from), to: String(to) })
    const rows = page.safeParse((answer as { readonly [name: string]: unknown })[field])
    if (!rows.success) throw strangeAnswer(client.chain, `a list of ${field}`, answer)
    if (rows.data.length === 0) return
    for (const { id } of rows.data) {
      if (seen.has(id)) throw twice(client.chain, field, id)
      seen.add(id)
    }
    yield rows.data
    after = rows.data.at(-1)!.id
  }
}

function rejectOf(field: string, row: Page, error: z.ZodError): Omit<Reject, 'source'> {
  const issue = error.issues[0]
  const where = [field, ...(issue?.path ?? [])].join('.')
  return {
    table_name: 'usage_events',
    position: row.id,
    reason: `${where}: ${issue?.message ?? 'not as declared'}`,
    raw: JSON.stringify(row),
  }
}

function twice(chain: string, field: string, id: string): InconsistentSourceError {
  return new InconsistentSourceError(`The subgraph of ${chain} gave one entity on two pages.`, {
    details: [`${field} ${id}`],
    fix: 'Use another endpoint; this one does not page as asked.',
  })
}

function notAsked(chain: string, field: string, id: string, { from, to }: BlockRange): InconsistentSourceError {
  return new InconsistentSourceError(`The subgraph of ${chain} gave an entity that was not asked for.`, {
    details: [`asked for blocks ${from} to ${to}`, `got ${field} ${id}`],
    fix: 'Use another endpoint; this one does not filter as asked.',
  })
}
