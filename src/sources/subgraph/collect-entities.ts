import { getIntrospectionQuery } from 'graphql'
import { ConfigError } from '../../errors.ts'
import { withoutOversized } from '../../protocols/decode-transaction.ts'
import type { AnyProtocol, AnySubgraph } from '../../protocols/protocol.ts'
import { type BlockRange, chunkRange } from '../../records/block-range.ts'
import type { Coverage, Reject } from '../../records/coverage.ts'
import type { Batch, Facts } from '../../records/index.ts'
import { contextRows } from '../protocol-rows.ts'
import { gapsOf, specOf } from '../rpc/want.ts'
import type { Covered, Progress, Want } from '../source.ts'
import type { Meta, SubgraphClient } from './client.ts'
import { checkSchema, documentText, operationsOf } from './document.ts'
import type { Pin } from './failure.ts'
import { readWindow, type Window } from './read-window.ts'

export type CollectEntities = {
  readonly client: SubgraphClient
  readonly protocol: AnyProtocol
  readonly range: BlockRange
  /** The block at which everything is read; without one, where the subgraph stands when it is first asked. */
  readonly pin?: Pin
  readonly covered: Covered
  /** Blocks in one window and one batch. */
  readonly windowBlocks?: number
  readonly progress?: Progress
  /** Ends the collection between two batches. */
  readonly signal?: AbortSignal
}

/** The name under which facts say that they come from a subgraph of a chain. Which one is said by the spec alone. */
function subgraphSourceOf(chain: string): string {
  return `subgraph:${chain}`
}

/** Reads what a subgraph holds of a protocol, window by window, each with the coverage it completes. */
export async function* collectEntities(options: CollectEntities): AsyncGenerator<Batch> {
  const { client, protocol, range, signal, windowBlocks = 10_000 } = options
  const { chain } = client
  const subgraph = protocol.subgraph ?? none(protocol)
  const text = documentText(subgraph.document)
  checkSchema(chain, text, await client.ask(getIntrospectionQuery({ descriptions: false })))
  const meta = await client.settle(options.pin)
  if (range.to > meta.block.number) throw beyond(chain, range, meta)
  const operations = operationsOf(text)
  const document = operations.map((operation) => operation.text)
  const spec = specOf({ version: protocol.version, document, deployment: meta.deployment })
  const want: Want = { source: subgraphSourceOf(chain), protocol: protocol.id, chain, table: 'usage_events', spec }
  const gaps = gapsOf(range, await options.covered(want))
  yield { facts: contextRows(protocol, chain) }
  const told = {
    stage: `${protocol.id} on ${chain}: subgraph`,
    total: gaps.reduce((n, { from, to }) => n + to - from + 1, 0),
  }
  let done = 0
  let rows = 0
  for (const window of gaps.flatMap((gap) => [...chunkRange(gap, windowBlocks)])) {
    if (signal?.aborted) return
    const read = await readWindow(client, operations, subgraph.entities, meta, window)
    const facts = factsOf(protocol, subgraph, want, read)
    yield { facts: { ...facts, coverage: [coverageOf(want, window, meta, facts)] } }
    done += window.to - window.from + 1
    rows += facts.usage_events?.length ?? 0
    options.progress?.({ ...told, done, rows })
  }
}

function factsOf(protocol: AnyProtocol, subgraph: AnySubgraph, { source, chain }: Want, window: Window): Facts {
  const { deployments, assets } = protocol
  const decoded = subgraph.decode(window.found as never, { chain, deployments, assets })
  const { facts, oversized } = withoutOversized(decoded)
  const rejects: Reject[] = window.rejects.map((reject) => ({ source, ...reject }))
  for (const { table, row, reason } of oversized) {
    const { tx_hash, log_index } = row as { readonly tx_hash?: string; readonly log_index?: number }
    const raw = JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
    rejects.push({ source, table_name: table, position: `${tx_hash}:${log_index}`, reason, raw })
  }
  const sourced = Object.entries(facts).map(([table, rows]) => [table, rows.map((row) => ({ ...row, source }))])
  return { ...Object.fromEntries(sourced), rejects } as Facts
}

/** Hashes are known of the pinned block alone; times are those of the first and last row. */
function coverageOf(
  { table, ...want }: Want,
  range: BlockRange,
  { block }: Meta,
  { usage_events = [] }: Facts,
): Coverage {
  const times = usage_events.map(({ timestamp }) => timestamp)
  return {
    ...want,
    table_name: table,
    from_block: range.from,
    to_block: range.to,
    from_hash: range.from === block.number ? block.hash : null,
    to_hash: range.to === block.number ? block.hash : null,
    from_time: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    to_time: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    method: 'subgraph',
    rows: usage_events.length,
    checked: null,
  }
}

function none({ id }: AnyProtocol): never {
  throw new ConfigError(`No subgraph is known for ${id}.`, {
    fix: 'Leave out --subgraph, and read the chain with --rpc.',
  })
}

function beyond(chain: string, range: BlockRange, { block }: Meta): ConfigError {
  return new ConfigError(`The range ends after the block at which the subgraph of ${chain} is read.`, {
    details: [`range: ${range.from} to ${range.to}`, `pinned at block ${block.number}`],
    fix: 'Set --to to that block or an earlier one.',
  })
}
