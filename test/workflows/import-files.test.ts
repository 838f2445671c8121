import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { importFiles } from '../../src/workflows/import-files.ts'

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
const HEADER = 'timestamp,from,to,value,token,tx'

let folder: string
let ledger: Ledger
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-import-'))
  ledger = await openLedger(':memory:')
})
afterEach(async () => {
  ledger.close()
  await rm(folder, { recursive: true, force: true })
})

const save = async (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const map = {
  consumer: { header: 'from' },
  provider: { header: 'to' },
  amount: { header: 'value' },
  asset: { header: 'token' },
}
const goodRow = (n: number) => `${1_700_000_000 + n},${address(n + 1)},${address(9)},${n}000,${address(77)},${hash(n)}`
const usage = (files: string[], extra: object = {}) =>
  importFiles({ ledger, files, table: 'usage', protocol: 'shop', map, dialect: { chain: 'eip155:1' }, ...extra })

describe('importFiles', () => {
  it('writes an event and its price leg for each paid use', async () => {
    const path = await save('a.csv', `${HEADER}\n${goodRow(1)}\n${goodRow(2)}\n`)
    const [file] = await usage([path])
    expect(file).toMatchObject({ read: 2, rejected: 0, merged: { usage_events: { added: 2 }, payments: { added: 2 } } })
    expect(await ledger.rows('all-payments')).toMatchObject([
      {
        from: address(2),
        to: address(9),
        amount: 1000n,
        asset: address(77),
        timestamp: 1_700_000_001_000,
        log_index: 1,
      },
      { from: address(3), amount: 2000n, log_index: 2 },
    ])
  })

  it('keeps every good row and every bad one, with its line and reason', async () => {
    const good = Array.from({ length: 990 }, (_, n) => goodRow(n))
    const bad = [
      `${1_700_000_000},${address(1)},${address(9)},twelve,${address(77)},${hash(1)}`,
      `${1_700_000_000},${address(1)},${address(9)},5`,
      `${1_700_000_000},${address(1)},${address(9)},-5,${address(77)},${hash(1)}`,
      `${1_700_000_000},0x12,${address(9)},5,${address(77)},${hash(1)}`,
      `${1_700_000_000},\xff\xfe,${address(9)},5,${address(77)},${hash(1)}`,
      `yesterday,${address(1)},${address(9)},5,${address(77)},${hash(1)}`,
      `${1_700_000_000_000},${address(1)},${address(9)},5,${address(77)},${hash(1)}`,
      `${1_700_000_000},,${address(9)},5,${address(77)},${hash(1)}`,
      `${1_700_000_000},${address(1)},${address(9)},${'9'.repeat(39)},${address(77)},${hash(1)}`,
      `${1_700_000_000},${address(1)},${address(9)},1.5,${address(77)},${hash(1)}`,
    ]
    const rows = [...good.slice(0, 500), ...bad, ...good.slice(500)]
    const path = await save('bad.csv', Buffer.from(`${HEADER}\n${rows.join('\n')}\n`, 'latin1'))
    const [file] = await usage([path])
    expect(file).toMatchObject({
      read: 1000,
      rejected: 10,
      merged: { usage_events: { added: 990 }, payments: { added: 990 } },
    })
    const rejects = await ledger.rows('all-rejects')
    expect(rejects.map((row) => [row.position, row.reason])).toEqual([
      ['line 502', 'amount is not a whole number'],
      ['line 503', 'unreadable: missing columns'],
      ['line 504', 'amount is negative'],
      ['line 505', 'consumer is not an address'],
      ['line 506', 'unreadable: invalid encoding'],
      ['line 507', 'timestamp is not a time'],
      ['line 508', 'timestamp is outside 2000–2100, check --time'],
      ['line 509', 'consumer is missing'],
      ['line 510', 'amount is above 10^38 − 1'],
      ['line 511', 'amount is not a whole number'],
    ])
    expect(JSON.parse(String(rejects[0]?.raw))).toMatchObject({ value: 'twelve', tx: hash(1) })
    expect((await ledger.rows('all-payments')).at(-1)?.log_index).toBe(1000)
  })

  it('gives the same hash when imported twice, and refuses the same file under another map', async () => {
    const path = await save('a.csv', `${HEADER}\n${goodRow(1)}\n`)
    await usage([path])
    const first = await ledger.hash()
    const [again] = await usage([path])
    expect(again?.merged).toEqual({ usage_events: { added: 0, known: 1, conflicting: 0 } })
    expect(await ledger.hash()).toBe(first)
    await expect(
      usage([path], { map: { ...map, consumer: { header: 'to' }, provider: { header: 'from' } } }),
    ).rejects.toThrow(/under another column map[\s\S]*Fix:/)
  })

  it('reads CSV, gzipped CSV, JSONL and Parquet to the same facts', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => goodRow(n))
    const names = HEADER.split(',')
    const csv = `${HEADER}\r\n${rows.join('\r\n')}\r\n`
    const jsonl = rows
      .map((row) => JSON.stringify(Object.fromEntries(row.split(',').map((field, i) => [names[i], field]))))
      .join('\n')
    const parquet = join(folder, 'a.parquet')
    const plain = await save('a.csv', csv)
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(
      `copy (select * replace (timestamp::bigint as timestamp, value::hugeint::decimal(38,0) as value) from read_csv('${plain}', all_varchar = true)) to '${parquet}' (format parquet)`,
    )
    connection.closeSync()
    instance.closeSync()
    const files = [plain, await save('b.csv.gz', gzipSync(csv)), await save('c.jsonl', jsonl), parquet]
    const seen: unknown[] = []
    for (const file of files) {
      const own = await openLedger(':memory:')
      await importFiles({
        ledger: own,
        files: [file],
        table: 'usage',
        protocol: 'shop',
        map,
        dialect: { chain: 'eip155:1' },
      })
      const payments = await own.rows('all-payments')
      seen.push(payments.map(({ source: _, tx_hash: __, usage_id: ___, ...row }) => row))
      own.close()
    }
    expect(seen[0]).toHaveLength(20)
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0])
  })

  it('keeps integers beyond 2^53 of JSON numbers exactly, and counts broken JSON lines', async () => {
    const row = `{"timestamp":1700000000,"from":"${address(1)}","to":"${address(2)}","value":123456789012345678901234567890,"token":"native"}`
    const path = await save('a.jsonl', `${row}\n{"timestamp":\n`)
    const [file] = await usage([path])
    expect(file).toMatchObject({ read: 2, rejected: 1 })
    expect((await ledger.rows('all-payments'))[0]).toMatchObject({
      amount: 123456789012345678901234567890n,
      asset: 'native',
    })
    expect((await ledger.rows('all-rejects'))[0]).toMatchObject({ position: 'line 2', reason: 'the line is not JSON' })
  })

  it('multiplies decimal amounts exactly and refuses digits the asset does not have', async () => {
    const row = (value: string, i: number) =>
      `${1_700_000_000 + i},${address(1)},${address(2)},"${value}",${address(77)},${hash(i)}`
    const values = [
      '0.000000000000000001',
      '1,234.5',
      '12',
      '0.0000000000000000001',
      '99999999999999999999',
      '1e-5',
      '2.5e-05',
      '1e+30',
      '007.50',
    ]
    const path = await save('a.csv', `${HEADER}\n${values.map(row).join('\n')}\n`)
    await usage([path], { dialect: { chain: 'eip155:1', amounts: 'units', decimals: '18' } })
    expect((await ledger.rows('all-payments')).map((payment) => payment.amount)).toEqual([
      1n,
      1_234_500_000_000_000_000_000n,
      12_000_000_000_000_000_000n,
      99_999_999_999_999_999_999_000_000_000_000_000_000n,
      10_000_000_000_000n,
      25_000_000_000_000n,
      7_500_000_000_000_000_000n,
    ])
    expect((await ledger.rows('all-rejects')).map((reject) => reject.reason)).toEqual([
      'amount has more digits than the asset has decimals',
      'amount is not a decimal number',
    ])
  })

  it('drops and counts rows that overlap between exports, by log or by what makes them alike', async () => {
    const header = 'tx_hash,from,to,asset,amount,timestamp'
    const row = (n: number) => `${hash(n)},${address(1)},${address(2)},native,5,${1_700_000_000 + n}`
    const one = await save('one.csv', `${header}\n${row(1)}\n${row(2)}\n${row(2)}\n`)
    const two = await save('two.csv', `${header}\n${row(2)}\n${row(2)}\n${row(3)}\n`)
    const files = await importFiles({
      ledger,
      files: [one, two],
      table: 'transfers',
      protocol: 'shop',
      dialect: { chain: 'eip155:1' },
    })
    expect(files.map((file) => file.merged.transfers)).toEqual([
      { added: 3, known: 0, conflicting: 0 },
      { added: 1, known: 2, conflicting: 0 },
    ])
  })

  it('says what is missing when the map, the header or the file is wrong', async () => {
    const path = await save('a.csv', `${HEADER}\n${goodRow(1)}\n`)
    await expect(usage([path], { map: { consumer: { header: 'buyer' } } })).rejects.toThrow(
      /no column "buyer"[\s\S]*Columns of the file: timestamp/,
    )
    await expect(usage([path], { map: {} })).rejects.toThrow(/Nothing in .* is mapped to consumer, provider/)
    await expect(usage([path], { map: { ...map, colour: { header: 'tx' } } })).rejects.toThrow(/names colour/)
    await expect(usage([join(folder, 'none.csv')])).rejects.toThrow(/cannot be read[\s\S]*Fix: Check the path/)
    await expect(usage([await save('a.txt', 'x')])).rejects.toThrow(/format of .* cannot be told/)
    await expect(usage([await save('empty.csv', '')])).rejects.toThrow(/is empty/)
    await expect(usage([path], { table: 'colours' })).rejects.toThrow(/cannot be imported into colours/)
    const mixed = await save('mixed.csv', `${HEADER}\r\n${goodRow(1)}\r\n\n`)
    await expect(usage([mixed])).rejects.toThrow(/cannot be read in the format[\s\S]*Fix: Save it again/)
    await expect(usage([path], { preset: 'none' })).rejects.toThrow(/no preset named none/)
  })
})
