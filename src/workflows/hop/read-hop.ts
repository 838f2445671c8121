import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip, gunzipSync } from 'node:zlib'
import type { WalletActivity } from '../../clusters/wallet-activity.ts'
import { WashboardError } from '../../errors.ts'
import { type AddressTable, addressTable } from './address-table.ts'

/** The hop-bridge data: what clustering reads, and the addresses of the wallets in the order of their file. */
export type HopBridge = {
  readonly addresses: readonly string[]
  readonly activity: WalletActivity
  /** Number of a node by its address in text; −1 for an address without an edge. Adds none. */
  readonly table: AddressTable
}

/** Reads `wallets.csv.gz` and `transfer-edges.csv.gz`; of the wallets address, first use and volume alone. */
export async function readHop(folder: string): Promise<HopBridge> {
  const columns = await readColumns(join(folder, 'wallets.csv.gz'), ['address', 'first_use_ts', 'volume_usd'])
  const [addresses, times, volumes] = columns as [string[], string[], string[]]
  const table = addressTable()
  for (const [i, address] of addresses.entries())
    if (numberOf(table, address) !== i)
      throw new HopFileError('wallets.csv.gz', i + 2, `${address} is no address, or stands twice`)
  const edges = await readEdges(join(folder, 'transfer-edges.csv.gz'), table)
  const firstUse = Float64Array.from(times, (text) => Number(text) * 1000)
  const size = Float64Array.from(volumes, Number)
  return { addresses, table, activity: { wallets: addresses.length, nodes: table.size(), firstUse, size, ...edges } }
}

/** Number of an address in text; of one not met before the next. */
export function numberOf(table: AddressTable, address: string): number {
  return address.length === 42 ? table.number(Buffer.from(address, 'latin1'), 2) : -1
}

/** Columns of a small gzipped CSV file without quotes, by the names of its header. */
export async function readColumns(file: string, names: readonly string[]): Promise<string[][]> {
  const [header = '', ...lines] = gunzipSync(await readFile(file))
    .toString('latin1')
    .trimEnd()
    .split(/\r?\n/)
  const places = names.map((name) => header.split(',').indexOf(name))
  if (places.includes(-1)) throw new HopFileError(file, 1, `columns ${names.join(', ')} are not all in "${header}"`)
  const columns = names.map((): string[] => [])
  for (const line of lines) {
    const cells = line.split(',')
    for (const [k, place] of places.entries()) columns[k]!.push(cells[place] ?? '')
  }
  return columns
}

const COMMA = 44
const NEWLINE = 10
/** `kind,chain` are told apart by their bytes; addresses have a fixed length. */
const HEADER = 'kind,chain,from,to,n'

/** Reads edges byte by byte as they are unzipped; no line becomes a string. */
async function readEdges(file: string, table: AddressTable) {
  const columns = growingEdges()
  const types = new Map<string, number>()
  let kept: Buffer = Buffer.alloc(0)
  let last: Buffer = kept
  let [lines, lastType] = [0, -1]
  const typeOf = (bytes: Buffer, start: number, end: number) => {
    if (end - start === last.length && bytes.compare(last, 0, last.length, start, end) === 0) return lastType
    last = Buffer.from(bytes.subarray(start, end))
    const name = last.toString('latin1')
    if (!types.has(name)) types.set(name, types.size)
    lastType = types.get(name)!
    return lastType
  }
  const readLine = (bytes: Buffer, start: number, end: number) => {
    if (lines++ === 0) {
      const header = bytes.toString('latin1', start, end).trim()
      if (header !== HEADER) throw new HopFileError(file, 1, `the header is "${header}", not "${HEADER}"`)
      return
    }
    const typeEnd = bytes.indexOf(COMMA, bytes.indexOf(COMMA, start) + 1)
    const from = table.number(bytes, typeEnd + 3)
    const to = table.number(bytes, typeEnd + 46)
    let count = 0
    let at = typeEnd + 87
    for (; at < end && bytes[at]! >= 48 && bytes[at]! <= 57; at++) count = count * 10 + bytes[at]! - 48
    if (from < 0 || to < 0 || count === 0 || bytes[typeEnd + 43] !== COMMA || (at < end && bytes[at] !== 13))
      throw new HopFileError(file, lines, `"${bytes.toString('latin1', start, end)}" is no edge`)
    columns.add(from, to, typeOf(bytes, start, typeEnd), count)
  }
  const source = createReadStream(file, { highWaterMark: 1 << 18 })
  const unzipped = source.pipe(createGunzip({ chunkSize: 1 << 18 }))
  source.on('error', (error) => unzipped.destroy(error))
  for await (const chunk of unzipped as AsyncIterable<Buffer>) {
    const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      readLine(bytes, start, end)
      start = end + 1
    }
    kept = bytes.subarray(start)
  }
  if (kept.length > 0) readLine(kept, 0, kept.length)
  return columns.take()
}

function growingEdges() {
  let [count, room] = [0, 1 << 16]
  let columns = { from: new Int32Array(room), to: new Int32Array(room), count: new Int32Array(room) }
  let type = new Uint8Array(room)
  const resize = (length: number) => {
    const resized = (column: Int32Array) => {
      const next = new Int32Array(length)
      next.set(column.subarray(0, Math.min(count, length)))
      return next
    }
    columns = { from: resized(columns.from), to: resized(columns.to), count: resized(columns.count) }
    const types = new Uint8Array(length)
    types.set(type.subarray(0, Math.min(count, length)))
    type = types
  }
  return {
    add(from: number, to: number, kind: number, n: number): void {
      if (count === room) {
        room *= 2
        resize(room)
      }
      columns.from[count] = from
      columns.to[count] = to
      columns.count[count] = n
      type[count++] = kind
    },
    take() {
      resize(count)
      return { ...columns, type }
    },
  }
}

/** A file of the hop-bridge data is not as its description says. */
export class HopFileError extends WashboardError {
  override readonly name = 'HopFileError'

  constructor(file: string, line: number, fact: string) {
    super('A file of the hop-bridge data cannot be read.', {
      details: [`${file}, line ${line}: ${fact}.`],
      fix: 'Get the file again.',
    })
  }
}
