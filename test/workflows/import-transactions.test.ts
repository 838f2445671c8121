import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { olasMech } from '../../src/protocols/index.ts'
import { importFiles } from '../../src/workflows/import-files.ts'
import { importTransactions } from '../../src/workflows/import-transactions.ts'
import { itWithData } from '../support/outside-data.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))
let ledger: Ledger
let folder: string
beforeEach(async () => {
  ledger = await openLedger(':memory:')
  folder = await mkdtemp(join(tmpdir(), 'washboard-transactions-'))
})
afterEach(async () => {
  ledger.close()
  await rm(folder, { recursive: true, force: true })
})

const importLogs = (path: string) =>
  importTransactions({ ledger, files: [path], preset: 'logs', protocol: olasMech, chain: 'eip155:1' })

/** Another tool's decode, read as text: its integers are beyond what JSON numbers hold. */
const expectedTransfers = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const field = (name: string) => new RegExp(`"${name}": "?([^",}]+)`).exec(line)?.[1] ?? ''
      const names = ['transaction_hash', 'log_index', 'from_address', 'to_address', 'token_address', 'value']
      return names.map(field).join(' ')
    })
    .sort()

const foundTransfers = async () =>
  (await ledger.rows('all-transfers'))
    .map((row) => [row.tx_hash, row.log_index, row.from, row.to, row.asset, row.amount ?? row.token_id].join(' '))
    .sort()

describe('importTransactions', () => {
  it('reads every token transfer of logs exactly, whatever the adapter makes of the rest', async () => {
    const [imported] = await importLogs(fixture('ethereum-logs.jsonl'))
    expect(imported).toMatchObject({ rejected: 0, added: { transfers: 29 } })
    expect(await foundTransfers()).toEqual(expectedTransfers(fixture('ethereum-token-transfers.jsonl')))
  })

  const files = ['logs', 'token_transfers'].map((name) => `ethereum-blocks/blocks_17173049_17173050_${name}.json`)
  itWithData(
    'reproduces all 282 ERC-20 and 9 ERC-721 transfers of two whole blocks',
    files,
    async (logs, transfers) => {
      await importLogs(logs as string)
      expect(await foundTransfers()).toEqual(expectedTransfers(transfers as string))
      const kinds = (await ledger.rows('all-transfers')).map((row) => row.kind)
      expect([
        kinds.filter((kind) => kind === 'erc20').length,
        kinds.filter((kind) => kind === 'erc721').length,
      ]).toEqual([282, 9])
    },
  )

  it('keeps and counts records that are no transactions, and adds nothing twice', async () => {
    const path = join(folder, 'broken.jsonl')
    const [first = ''] = readFileSync(fixture('ethereum-logs.jsonl'), 'utf8').split('\n')
    await writeFile(
      path,
      `${first}\nnot json\n{"address": "0x12"}\n${first.replace('"log_index": 0', '"log_index": -1')}\n`,
    )
    expect((await importLogs(path))[0]).toMatchObject({ transactions: 1, rejected: 3 })
    expect((await ledger.rows('all-rejects')).map((row) => row.position)).toEqual(['line 2', 'line 3', 'line 4'])
    const hash = await ledger.hash()
    await importLogs(path)
    expect(await ledger.hash()).toBe(hash)
  })

  it('refuses a chain that has no EVM logs and a file that is not there', async () => {
    const to = { ledger, preset: 'logs', protocol: olasMech } as const
    await expect(importTransactions({ ...to, files: ['x'], chain: 'file:x' })).rejects.toThrow(/Fix: Add --chain/)
    await expect(importLogs(join(folder, 'none.jsonl'))).rejects.toThrow(/cannot be read[\s\S]*Fix:/)
  })
})

describe('explorer presets', () => {
  const importPreset = (files: string[], preset: string, dialect = {}) =>
    importFiles({ ledger, files, preset, protocol: 'shop', dialect: { chain: 'eip155:1', ...dialect } })

  it('reads native transactions, exactly, and keeps those that failed apart', async () => {
    const [imported] = await importPreset([fixture('etherscan-export.csv')], 'etherscan-transactions')
    expect(imported).toMatchObject({ read: 44, rejected: 5, merged: { transfers: { added: 39 } } })
    const reasons = (await ledger.rows('all-rejects')).map((row) => row.reason)
    expect(new Set(reasons)).toEqual(new Set(['the transaction failed and moved nothing']))
    const [first] = (await ledger.rows('all-transfers')).filter((row) =>
      String(row.tx_hash).startsWith('0x6187cc109d57'),
    )
    expect(first).toMatchObject({
      amount: 6_300_000_000_000_000n,
      asset: 'native',
      kind: 'native',
      log_index: -1,
      block_number: 13918069,
    })
  })

  itWithData(
    'reads all 5,000 rows of an export',
    ['etherscan-export/gitcoin_bulk_checkout_etherscan_export.csv.gz'],
    async (path) => {
      const [imported] = await importPreset([path as string], 'etherscan-transactions')
      const { added, known } = imported?.merged.transfers ?? { added: 0, known: 0 }
      expect(imported?.read).toBe(5000)
      expect(added + known + (imported?.rejected ?? 0)).toBe(5000)
      const reasons = new Map((await ledger.rows('reject-counts')).map((row) => [row.reason, Number(row.rows)]))
      expect(Object.fromEntries(reasons)).toEqual({ 'the transaction failed and moved nothing': 38 })
    },
  )

  it('reads token transfers with the decimals that the user gives', async () => {
    const path = join(folder, 'tokens.csv')
    const party = (digit: string) => `0x${digit.repeat(40)}`
    await writeFile(
      path,
      `"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue","USDValueDayOfTx","ContractAddress","TokenName","TokenSymbol"\n` +
        `"0x${'1'.repeat(64)}","1","1700000000","2023-11-14 22:13:20","${party('a')}","${party('b')}","1,234.5","$1","${party('c')}","T","T"\n`,
    )
    await expect(importPreset([path], 'etherscan-token-transfers')).rejects.toThrow(
      /need the decimals[\s\S]*Fix: Add --decimals/,
    )
    await importPreset([path], 'etherscan-token-transfers', { decimals: '6' })
    expect(await ledger.rows('all-transfers')).toMatchObject([
      { amount: 1_234_500_000n, asset: party('c'), kind: 'erc20' },
    ])
  })
})
