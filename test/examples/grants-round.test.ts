import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import grantsRound from '../../examples/grants-round.ts'
import { audit, importFiles, importTransactions, type Ledger, openLedger } from '../../src/index.ts'
import { itWithData } from '../support/outside-data.ts'

const RAW = 'gitcoin-round-6/core_transactions_raw.json.gz'
const DONATIONS = 'gitcoin-round-6/donations.csv.gz'
const TRANSFERS = 'gitcoin-round-6/transfers.csv.gz'

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger(':memory:')
})
afterEach(() => ledger.close())

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
const importTransfers = (path: string) =>
  importFiles({
    ledger,
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
      await importTransfers(transfers as string)
      const { report } = await audit(ledger)
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
})
