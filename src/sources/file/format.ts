import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { ConfigError } from '../../errors.ts'

export type FileFormat = 'csv' | 'jsonl' | 'parquet'

/** One column of a file. `integer`: typed as a whole number by the file itself, so its digits need no check. */
export type Header = { readonly name: string; readonly type: 'text' | 'integer' }

export type FileFacts = {
  readonly path: string
  readonly format: FileFormat
  readonly headers: readonly Header[]
  /** Field separator of a CSV file. */
  readonly delimiter: string
}

export type FileDigest = {
  /** Of the file as it stands on disk, packed or not. */
  readonly sha256: string
  /** Lines of text in the file, its header among them; 0 for Parquet. */
  readonly lines: number
}

/** Format by file name; `.gz` may follow. */
export function formatOf(path: string): FileFormat {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (name.endsWith('.csv') || name.endsWith('.tsv')) return 'csv'
  if (name.endsWith('.jsonl') || name.endsWith('.ndjson')) return 'jsonl'
  if (name.endsWith('.parquet')) return 'parquet'
  throw new ConfigError(`The format of ${path} cannot be told from its name.`, {
    details: ['Known endings: .csv .tsv .jsonl .ndjson .parquet, and .gz after the text ones.'],
    fix: 'Rename the file after what it holds; a whole JSON document needs a preset such as `receipts`.',
  })
}

/** Reads the beginning of a file for its columns. */
export async function inspectFile(path: string): Promise<FileFacts> {
  if (/[*?[\]]/.test(path))
    throw new ConfigError(`The path ${path} holds a pattern character.`, { fix: 'Name each file without * ? [ or ].' })
  const format = formatOf(path)
  if (format === 'parquet') return { path, format, headers: await parquetHeaders(path), delimiter: '' }
  const start = await firstLines(path, format === 'csv' ? 1 : 100)
  const first = start[0]
  if (first === undefined)
    throw new ConfigError(`The file ${path} is empty.`, { fix: 'Export it again, or leave it out.' })
  const delimiter = format === 'csv' ? delimiterOf(first) : ''
  const names = format === 'csv' ? splitCsvLine(first, delimiter) : jsonKeys(start)
  return { path, format, headers: names.map((name) => ({ name, type: 'text' })), delimiter }
}

/** Reads a whole file for its hash and, where its format is one of lines, their number. */
export async function digestFile(path: string, format: FileFormat = 'parquet'): Promise<FileDigest> {
  const hash = createHash('sha256')
  const lines = lineCounter()
  const packed = path.toLowerCase().endsWith('.gz')
  const read = createReadStream(path, { highWaterMark: 1 << 20 })
  try {
    for await (const chunk of read) {
      hash.update(chunk as Buffer)
      if (!packed && format !== 'parquet') lines.add(chunk as Buffer)
    }
    if (packed && format !== 'parquet')
      for await (const chunk of createReadStream(path).pipe(createGunzip())) lines.add(chunk as Buffer)
  } catch (cause) {
    throw unreadable(path, cause)
  }
  return { sha256: hash.digest('hex'), lines: lines.total() }
}

/** Counts lines over chunks; a last line without its line feed counts too. */
function lineCounter() {
  let feeds = 0
  let last = 10
  return {
    add(chunk: Buffer): void {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) feeds++
      last = chunk.at(-1) ?? last
    },
    total: () => feeds + (last === 10 ? 0 : 1),
  }
}

async function firstLines(path: string, wanted: number): Promise<string[]> {
  const raw = createReadStream(path)
  const input = path.toLowerCase().endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  const lines: string[] = []
  try {
    // Readline hides the errors of its input, so the file is opened before it.
    await once(raw, 'open')
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      lines.push(lines.length === 0 ? line.replace(/^\uFEFF/, '') : line)
      if (lines.length >= wanted) break
    }
  } catch (cause) {
    throw unreadable(path, cause)
  } finally {
    raw.destroy()
  }
  return lines
}

function delimiterOf(line: string): string {
  const outside = line.replace(/"[^"]*"/g, '')
  const best = [',', ';', '\t'].map((mark) => ({ mark, n: outside.split(mark).length })).sort((a, b) => b.n - a.n)[0]
  return best?.mark ?? ','
}

function splitCsvLine(line: string, delimiter: string): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] as string
    if (letter === '"' && quoted && line[i + 1] === '"') {
      field += '"'
      i++
    } else if (letter === '"') quoted = !quoted
    else if (letter === delimiter && !quoted) {
      fields.push(field.trim())
      field = ''
    } else field += letter
  }
  return [...fields, field.trim()]
}

function jsonKeys(lines: readonly string[]): string[] {
  const keys = new Set<string>()
  for (const line of lines) {
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        for (const key of Object.keys(value)) keys.add(key)
    } catch {
      // A broken line is counted when the file is read; here only the names of columns are wanted.
    }
  }
  return [...keys]
}

const INTEGER_TYPES = /^(U?(TINY|SMALL|BIG)INT|U?INTEGER|U?HUGEINT|DECIMAL\(\d+,0\))$/

async function parquetHeaders(path: string): Promise<Header[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(`describe select * from read_parquet(${literal(path)})`)
    return reader.getRows().map(([name, type]) => ({
      name: String(name),
      type: INTEGER_TYPES.test(String(type)) ? 'integer' : 'text',
    }))
  } catch (cause) {
    throw unreadable(path, cause)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function unreadable(path: string, cause: unknown): ConfigError {
  const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
  return new ConfigError(`The file ${path} cannot be read.`, {
    details: [message.slice(0, 200)],
    fix: 'Check the path and that the file is whole.',
    cause,
  })
}

/** A text as an SQL literal. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
