import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip, gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { ConfigError } from '../../errors.ts'
import type { RawTransaction } from '../../protocols/protocol.ts'

/** A transaction, or the record that could not be read as one, with its place in the file. */
export type TransactionRecord =
  | { readonly transaction: RawTransaction }
  | { readonly position: string; readonly reason: string; readonly raw: string }

/** Node limits on one string; a larger document must come as lines. */
const MOST_DOCUMENT_BYTES = 400_000_000

const hex = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/)
  .transform((text) => text.toLowerCase())
const whole = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^(0x[0-9a-fA-F]+|\d+)$/)
      .transform(Number),
  ])
  .refine((value) => Number.isSafeInteger(value) && value >= 0, 'not a whole number')
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text.toLowerCase())
const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((text) => text.toLowerCase())
const log = z.object({ address, topics: z.array(hash).max(4), data: hex, logIndex: whole })

/** A transaction with its receipt, as explorers and nodes write it. Amounts in it are ignored: they stand in the logs. */
const receiptRecord = z.object({
  hash,
  blockNumber: whole,
  timestamp: whole,
  from: address.nullish(),
  receipt: z.object({ logs: z.array(log).default([]) }).nullish(),
})

/** A log by itself, as ethereum-etl writes it. */
const logRecord = z.object({
  address,
  topics: z.array(hash).max(4),
  data: hex,
  log_index: whole,
  transaction_hash: hash,
  block_number: whole,
  block_timestamp: whole,
})

/**
 * Transactions with their receipts: an array, `{ data: [...] }` as explorer dumps nest it, or one a line.
 * Times are seconds.
 */
export async function* readReceipts(path: string, chain: string): AsyncGenerator<TransactionRecord> {
  for await (const { value, position } of jsonRecords(path)) {
    const read = parseTransaction(value, chain)
    if ('reason' in read) yield { position, reason: read.reason, raw: JSON.stringify(value) ?? String(value) }
    else yield { transaction: read }
  }
}

/** One transaction with its receipt, its time in seconds; or the reason why it is none. */
export function parseTransaction(value: unknown, chain: string): RawTransaction | { readonly reason: string } {
  const parsed = receiptRecord.safeParse(value)
  if (!parsed.success) return { reason: reasonOf(parsed.error) }
  const { hash, blockNumber, timestamp, from, receipt } = parsed.data
  const logs = [...(receipt?.logs ?? [])].sort((a, b) => a.logIndex - b.logIndex)
  return { chain, hash, blockNumber, timestamp: timestamp * 1000, from: from ?? null, logs }
}

/** Logs one a line; those of one transaction stand together, as in every export by block. */
export async function* readLogs(path: string, chain: string): AsyncGenerator<TransactionRecord> {
  let open: { -readonly [key in keyof RawTransaction]: RawTransaction[key] } | undefined
  for await (const { value, position } of jsonRecords(path)) {
    const parsed = logRecord.safeParse(value)
    if (!parsed.success) {
      yield { position, reason: reasonOf(parsed.error), raw: JSON.stringify(value) ?? String(value) }
      continue
    }
    const { transaction_hash, block_number, block_timestamp, log_index, ...rest } = parsed.data
    if (open !== undefined && open.hash !== transaction_hash) {
      yield { transaction: open }
      open = undefined
    }
    const logs = [...(open?.logs ?? []), { ...rest, logIndex: log_index }]
    open = {
      chain,
      hash: transaction_hash,
      blockNumber: block_number,
      timestamp: block_timestamp * 1000,
      from: null,
      logs,
    }
  }
  if (open !== undefined) yield { transaction: open }
}

type JsonRecord = { readonly value: unknown; readonly position: string }

async function* jsonRecords(path: string): AsyncGenerator<JsonRecord> {
  const packed = path.toLowerCase().endsWith('.gz')
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(path) || (await isLines(path, packed))) {
    const raw = createReadStream(path)
    let line = 0
    for await (const text of createInterface({ input: packed ? raw.pipe(createGunzip()) : raw })) {
      line++
      if (text.trim() !== '') yield { value: parsed(text), position: `line ${line}` }
    }
    return
  }
  if ((await stat(path)).size > MOST_DOCUMENT_BYTES)
    throw new ConfigError(`${path} is too large for one JSON document.`, {
      details: [`Limit: ${MOST_DOCUMENT_BYTES} bytes`],
      fix: 'Write it with one transaction a line (.jsonl).',
    })
  const bytes = await readFile(path)
  const document: unknown = parsed((packed ? gunzipSync(bytes) : bytes).toString('utf8'))
  if (document === undefined) throw new ConfigError(`${path} is not JSON.`, { fix: 'Check that the file is whole.' })
  let record = 0
  for (const value of flatten(document)) yield { value, position: `record ${++record}` }
}

/** Whether the first line is a JSON value by itself: a file of lines under the ending `.json`. */
async function isLines(path: string, packed: boolean): Promise<boolean> {
  const raw = createReadStream(path)
  raw.on('error', () => undefined)
  try {
    for await (const line of createInterface({ input: packed ? raw.pipe(createGunzip()) : raw })) {
      if (line.trim() === '') continue
      const value = parsed(line)
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        !('data' in value && Array.isArray(value.data))
      )
    }
    return false
  } catch (cause) {
    throw new ConfigError(`The file ${path} cannot be read.`, {
      fix: 'Check the path and that the file is whole.',
      cause,
    })
  } finally {
    raw.destroy()
  }
}

/** `undefined` stands for text that is no JSON; it fails every schema and so is kept as a reject. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function* flatten(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) for (const item of value) yield* flatten(item)
  else if (typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data))
    yield* flatten(value.data)
  else yield value
}

function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined
    ? 'not a transaction'
    : `${issue.path.join('.') || 'the record'}: ${issue.message}`.slice(0, 200)
}
