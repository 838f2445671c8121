import type { MalformedLog, OversizedRow } from '../protocols/decode-transaction.ts'
import type { RawLog, RawTransaction } from '../protocols/protocol.ts'
import type { Reject } from '../records/coverage.ts'
import type { TableName } from '../records/index.ts'

/** What is needed of a transaction to say where a row came from. */
type Place = Pick<RawTransaction, 'hash' | 'blockNumber' | 'logs'>

/** A log that does not hold what its event declares, kept whole. */
export function malformedReject(
  source: string,
  table: TableName,
  transaction: RawTransaction,
  { log, reason }: MalformedLog,
): Reject {
  return { source, table_name: table, position: positionOf(transaction, log), reason, raw: rawOf(transaction, log) }
}

/** A row whose amount the ledger cannot hold, kept as the log it came from. */
export function oversizedReject(source: string, transaction: Place, { table, row, reason }: OversizedRow): Reject {
  const index = (row as { readonly log_index?: unknown }).log_index
  const log = transaction.logs.find(({ logIndex }) => logIndex === index)
  const raw = log === undefined ? JSON.stringify(row, amountsAsText) : rawOf(transaction, log)
  return { source, table_name: table, position: `${transaction.hash}:${String(index)}`, reason, raw }
}

function positionOf({ hash }: Place, { logIndex }: RawLog): string {
  return `${hash}:${logIndex}`
}

/** The log as it stands in the chain, in one spelling whatever node it came from. */
function rawOf({ hash, blockNumber }: Place, { address, topics, data, logIndex }: RawLog): string {
  return JSON.stringify({ address, topics, data, blockNumber, transactionHash: hash, logIndex })
}

function amountsAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
