import { createHash } from 'node:crypto'
import { ConfigError } from '../errors.ts'
import type { Ledger, MergeSummary } from '../ledger/ledger.ts'
import { decodeFacts, withoutOversized } from '../protocols/decode-transaction.ts'
import type { AnyProtocol, Deployment, Protocol, RawTransaction } from '../protocols/protocol.ts'
import { tokenTransfers } from '../protocols/token-transfers.ts'
import type { Coverage, Reject } from '../records/coverage.ts'
import type { Facts, TableName } from '../records/index.ts'
import { malformedReject, oversizedReject } from '../sources/decode-rejects.ts'
import { digestFile } from '../sources/file/format.ts'
import { readLogs, readReceipts, type TransactionRecord } from '../sources/file/transactions.ts'
import { contextRows } from '../sources/protocol-rows.ts'

export type ImportTransactionsOptions = {
  readonly ledger: Ledger
  readonly files: readonly string[]
  /** `receipts`: transactions with receipts, as explorers dump them. `logs`: logs alone, as ethereum-etl writes them. */
  readonly preset: 'receipts' | 'logs'
  readonly protocol: AnyProtocol
  /** CAIP-2. */
  readonly chain: string
}

export type ImportedTransactions = {
  readonly path: string
  readonly transactions: number
  readonly rejected: number
  readonly added: { readonly [table in TableName]?: number }
}

/** Transactions that one batch holds; the memory of an import does not grow beyond it. */
const BATCH_TRANSACTIONS = 5_000

/** Decodes the logs of files exactly as those of a node: the protocol's events and every token transfer beside them. */
export async function importTransactions(options: ImportTransactionsOptions): Promise<ImportedTransactions[]> {
  if (!/^eip155:\d+$/.test(options.chain))
    throw new ConfigError(`Transactions stand on an EVM chain, which ${options.chain} is not.`, {
      fix: 'Add --chain eip155:1, or the chain that the file is from.',
    })
  const imported: ImportedTransactions[] = []
  for (const path of options.files) imported.push(await importFile(options, path))
  return imported
}

async function importFile(options: ImportTransactionsOptions, path: string): Promise<ImportedTransactions> {
  const { ledger, protocol, chain } = options
  const source = `file:${(await digestFile(path)).sha256}`
  const read = options.preset === 'receipts' ? readReceipts : readLogs
  const added: { [table in TableName]?: number } = {}
  const span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY, transactions: 0, rejected: 0 }
  let batch: TransactionRecord[] = []
  const flush = async () => {
    const decoded = decodeBatch(protocol, source, batch)
    span.rejected += decoded.rejects?.length ?? 0
    count(added, await ledger.append({ facts: decoded }))
    batch = []
  }
  for await (const record of read(path, chain)) {
    batch.push(record)
    if ('transaction' in record) {
      span.transactions++
      span.from = Math.min(span.from, record.transaction.timestamp)
      span.to = Math.max(span.to, record.transaction.timestamp)
    }
    if (batch.length >= BATCH_TRANSACTIONS) await flush()
  }
  await flush()
  if (span.transactions > 0)
    await ledger.append({
      facts: {
        ...contextRows(protocol, chain),
        coverage: coverageRows(options, source, span),
      },
    })
  return { path, transactions: span.transactions, rejected: span.rejected, added }
}

function decodeBatch(protocol: AnyProtocol, source: string, records: readonly TransactionRecord[]): Facts {
  const facts: { [table in TableName]?: object[] } = {}
  const rejects: Reject[] = []
  const clones = new Map<string, Deployment>()
  for (const record of records) {
    if (!('transaction' in record)) {
      rejects.push({
        source,
        table_name: 'usage_events',
        position: record.position,
        reason: record.reason,
        raw: record.raw,
      })
      continue
    }
    const { transaction } = record
    const decoded = decodeFacts(protocol as unknown as Protocol, transaction, (address) => clones.get(address))
    for (const deployment of decoded.discovered) clones.set(deployment.address, deployment)
    const tokens = decodeTransfers(transaction)
    for (const rows of [decoded.facts, tokens.facts])
      for (const [table, list] of Object.entries(rows)) {
        facts[table as TableName] ??= []
        for (const row of list as readonly object[]) facts[table as TableName]?.push({ ...row, source })
      }
    for (const bad of [...decoded.malformed, ...tokens.malformed])
      rejects.push(malformedReject(source, 'usage_events', transaction, bad))
    for (const row of [...decoded.oversized, ...tokens.oversized])
      rejects.push(oversizedReject(source, transaction, row))
  }
  return { ...facts, rejects: [...(facts.rejects ?? []), ...rejects] } as Facts
}

function decodeTransfers(transaction: RawTransaction) {
  const { transfers, malformed } = tokenTransfers(transaction)
  return { ...withoutOversized({ transfers }), malformed }
}

function coverageRows(
  { protocol, chain, preset }: ImportTransactionsOptions,
  source: string,
  span: { readonly from: number; readonly to: number; readonly transactions: number },
): Coverage[] {
  const spec = createHash('sha256')
    .update(JSON.stringify([protocol.id, protocol.version, preset, protocol.configuration ?? null]))
    .digest('hex')
  return (['usage_events', 'transfers'] as const).map((table_name) => ({
    source,
    protocol: protocol.id,
    chain,
    table_name,
    from_block: null,
    to_block: null,
    from_hash: null,
    to_hash: null,
    from_time: span.from,
    to_time: span.to,
    spec,
    method: `file ${preset}`,
    rows: span.transactions,
    checked: null,
  }))
}

function count(added: { [table in TableName]?: number }, summary: MergeSummary): void {
  for (const [table, merged] of Object.entries(summary))
    added[table as TableName] = (added[table as TableName] ?? 0) + merged.added
}
