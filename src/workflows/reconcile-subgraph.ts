import { collectSubgraph } from '../collect/subgraph.ts'
import { ConfigError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import type { Progress } from '../sources/source.ts'
import { type Reconciliation, reconcile } from './reconcile.ts'

export type ReconcileSubgraphOptions = {
  /** What was collected from the chain itself; it is read and not changed. */
  readonly ledger: Ledger
  /** An empty ledger, or one that holds nothing but this subgraph. */
  readonly against: Ledger
  readonly protocol: AnyProtocol
  /** CAIP-2. */
  readonly chain: string
  readonly url: string
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/**
 * Reads a subgraph over the blocks that a ledger holds from the chain, at the last of them by its hash, and compares
 * both row by row. Numbers stay those of the chain.
 */
export async function reconcileSubgraph(options: ReconcileSubgraphOptions): Promise<Reconciliation> {
  const { ledger, against, protocol, chain, url, progress, signal } = options
  const rows = (await ledger.rows('all-coverage')).filter(
    (row) =>
      row.protocol === protocol.id &&
      row.chain === chain &&
      row.table_name === 'usage_events' &&
      row.source === `rpc:${chain}` &&
      row.to_hash !== null,
  )
  const last = rows.reduce<(typeof rows)[number] | null>(
    (best, row) => (best === null || Number(row.to_block) > Number(best.to_block) ? row : best),
    null,
  )
  if (last === null) throw nothingRead(protocol.id, chain)
  const from = Math.min(...rows.map(({ from_block }) => Number(from_block)))
  const pin = { number: Number(last.to_block), hash: String(last.to_hash) }
  await collectSubgraph({
    ledger: against,
    protocol,
    chain,
    url,
    range: { from, to: pin.number },
    pin,
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  })
  return reconcile({ used: ledger, against, protocol: protocol.id, chain })
}

function nothingRead(protocol: string, chain: string): ConfigError {
  return new ConfigError(`The ledger holds nothing of ${protocol} that was read from ${chain} itself.`, {
    fix: `Collect it first: washboard collect ${protocol} --rpc ${chain.replace('eip155:', '')}=<url>.`,
  })
}
