import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import grantsRound from '../../examples/grants-round.ts'
import { audit, importFiles, importTransactions, type Ledger, openLedger } from '../../src/index.ts'
import { itWithData } from '../support/outside-data.ts'

const RAW = 'gitcoin-round-6/core_transactions_raw.json.gz'
const DONATIONS = 'gitcoin-round-6/donations.csv.gz'
const TRANSFERS = 'gitcoin-round-6/transfers.csv.gz'

let ledger: Ledger
let folder: string
beforeEach(async () => {
  ledger = await openLedger(':memory:')
  folder = await mkdtemp(join(tmpdir(), 'washboard-round-'))
})
afterEach(async () => {
  ledger.close()
  await rm(folder, { recursive: true, force: true })
})

type Key = { readonly tx_hash: string; readonly log_index: string }
type Recount = {
  readonly anyTime: number
  readonly afterPayment: number
  readonly excludingSettlements: number
  readonly selfPayments: readonly Key[]
  readonly returns: readonly Key[]
}

/** The script that counts with plain SQL, run as a person would. */
const recountRound6 = (): Recount =>
  JSON.parse(execFileSync(process.execPath, ['scripts/recount-round-6.mjs', '--json'], { encoding: 'utf8' }))

const rowsOf = (path: string) => {
  const [header = '', ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [names[i], field])))
}

const importRaw = (path: string) =>
  importTransactions({ ledger, files: [path], preset: 'receipts', protocol: grantsRound, chain: 'eip155:1' })

/** The transfers around the round; the file of native rows says `native` and has no place in a block. */
const importTransfers = (into: Ledger, path: string) =>
  importFiles({
    ledger: into,
    files: [path],
    table: 'transfers',
    protocol: 'grants-round',
    map: {
      block_number: { header: 'block' },
      timestamp: { header: 'ts' },
      asset: { header: 'token' },
      amount: { header: 'amount_raw' },
    },
    dialect: { chain: 'eip155:1' },
  })

const importDonations = (into: Ledger, path: string) =>
  importFiles({
    ledger: into,
    files: [path],
    table: 'usage',
    protocol: 'grants-round',
    map: {
      block_number: { header: 'block' },
      timestamp: { header: 'ts' },
      consumer: { header: 'donor' },
      provider: { header: 'grant' },
      asset: { header: 'token' },
      amount: { header: 'amount_raw' },
    },
    dialect: { chain: 'eip155:1' },
  })

describe('a grants round as a network of its own', () => {
  itWithData('rebuilds every donation from topics and data alone', [RAW, DONATIONS], async (raw, donations) => {
    const [imported] = await importRaw(raw as string)
    expect(imported).toMatchObject({ transactions: 1111, rejected: 0, added: { usage_events: 3011, payments: 3011 } })
    const rebuilt = (await ledger.rows('all-payments')).map((row) =>
      [row.tx_hash, row.log_index, row.from, row.to, row.asset, row.amount].join(' '),
    )
    const expected = rowsOf(donations as string).map((row) =>
      [
        row.tx_hash,
        row.log_index,
        row.donor,
        row.grant,
        row.token?.startsWith('0xeeee') ? 'native' : row.token,
        row.amount_raw,
      ].join(' '),
    )
    expect(rebuilt).toHaveLength(3011)
    expect([...rebuilt].sort()).toEqual([...expected].sort())
  })

  itWithData(
    'lists every self-payment and every return, as plain SQL counts them',
    [RAW, TRANSFERS, DONATIONS],
    async (raw, transfers) => {
      await importRaw(raw as string)
      await importTransfers(ledger, transfers as string)
      const { report } = await audit(ledger, { controls: 'none' })
      const recount = recountRound6()
      expect(report.accounting.returns).toMatchObject({
        anyTime: recount.anyTime,
        afterPayment: recount.afterPayment,
        excludingSettlements: recount.excludingSettlements,
      })
      const self = report.findings
        .filter((finding) => finding.signal === 'self-payment')
        .flatMap((finding) => finding.payments)
      expect(self.map((payment) => `${payment.transaction} ${payment.logIndex}`).sort()).toEqual(
        recount.selfPayments.map((row) => `${row.tx_hash} ${row.log_index}`).sort(),
      )
      const returns = report.findings.flatMap((finding) => finding.returns)
      expect(returns.map((row) => `${row.transaction} ${row.logIndex}`).sort()).toEqual(
        recount.returns.map((row) => `${row.tx_hash} ${row.log_index}`).sort(),
      )
      expect(report.accounting.followUp).toEqual({ complete: 0, incomplete: 3011 })
      expect(report.accounting.unsettledUsages).toBe(410)
      for (const finding of report.findings)
        for (const payment of finding.payments) expect(payment.benign.length).toBeGreaterThan(0)
    },
  )

  itWithData(
    'says the same without the transfers that settle a donation',
    [DONATIONS, TRANSFERS],
    async (donations, transfers) => {
      const settled = new Map<string, number>()
      const keyOf = (row: { [name: string]: string | undefined }, from: string, to: string) =>
        [row.tx_hash, row[from], row[to], row.token, row.amount_raw].join(' ')
      for (const row of rowsOf(donations as string)) {
        const key = keyOf(row, 'donor', 'grant')
        settled.set(key, (settled.get(key) ?? 0) + 1)
      }
      const text = gunzipSync(readFileSync(transfers as string))
        .toString()
        .trim()
        .split('\n')
      const rows = rowsOf(transfers as string)
      const kept = text.slice(1).filter((_, i) => {
        const key = keyOf(rows[i] ?? {}, 'from', 'to')
        const left = settled.get(key) ?? 0
        settled.set(key, left - 1)
        return left <= 0
      })
      expect(text.length - 1 - kept.length).toBe(2601)
      const path = join(folder, 'kept.csv')
      await writeFile(path, [text[0], ...kept].join('\n'))
      const reports = []
      for (const file of [transfers as string, path]) {
        const own = await openLedger(':memory:')
        await importDonations(own, donations as string)
        await importTransfers(own, file)
        reports.push((await audit(own, { controls: 'none' })).report)
        own.close()
      }
      const [whole, without] = reports
      for (const part of ['reported', 'published', 'ladder', 'findings', 'sensitivity'] as const)
        expect(without?.[part]).toEqual(whole?.[part])
      expect(whole?.accounting.returns.excludingSettlements).toBe(6)
      expect(without?.accounting.returns.excludingSettlements).toBe(6)
      expect([whole?.accounting.unsettledUsages, without?.accounting.unsettledUsages]).toEqual([410, 3011])
    },
  )
})
