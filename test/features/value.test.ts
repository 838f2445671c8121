import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { type AssetTotal, assetTotals, type Price, ratio, scaledText, valueBasis } from '../../src/features/value.ts'
import type { Facts } from '../../src/records/index.ts'
import { MAX_AMOUNT } from '../../src/records/table.ts'
import type { Report } from '../../src/report/report.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const ONE = 10n ** 18n
const asset = (fields: Partial<AssetTotal> = {}): AssetTotal => ({
  chain: 'c',
  asset: 'token',
  symbol: 'T',
  decimals: 6,
  declared: true,
  price: null,
  usages: 1,
  withAmount: 1,
  overflowing: 0,
  total: 1n,
  selfTotal: 0n,
  ...fields,
})
const price = (usd: string, fields: Partial<Price> = {}): Price => ({
  chain: 'c',
  asset: 'token',
  usd,
  source: 'test',
  ...fields,
})
const weigh = (assets: readonly AssetTotal[], amount: bigint, name = 'token', chain = 'c') => {
  const basis = valueBasis(assets)
  if (basis.status === 'unavailable') throw new Error(basis.reason)
  return basis.weigh(chain, name, amount)
}
const row = (fields = {}) => ({
  chain: 'c',
  asset: 'token',
  symbol: null,
  decimals: null,
  peg: null,
  declared: false,
  usages: 3n,
  priced_usages: 2n,
  overflowing: 1n,
  high: 5n,
  low: 7n,
  self_high: 0n,
  self_low: 7n,
  ...fields,
})

describe('dollars', () => {
  it('are exact for a price with decimals', () => {
    const priced = asset({ decimals: 18, price: price('2315.07') })
    expect(weigh([priced], ONE)).toBe(231_507n * 10n ** 16n)
    expect(weigh([priced], 1n)).toBe(2_315n)
    expect(weigh([asset({ decimals: 0, price: price('0.000001') })], 3n)).toBe(3n * 10n ** 12n)
  })

  it('are cut and never rounded up, whatever the amount, price and decimals', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 9n })
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
        digits,
        fc.nat(9),
        fc.nat(30),
        (amount, cents, places, decimals) => {
          const text = cents.toString().padStart(places + 1, '0')
          const usd = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
          const value = weigh([asset({ decimals, price: price(usd) })], amount) as bigint
          const scale = 10n ** BigInt(decimals + places)
          expect(value * scale).toBeLessThanOrEqual(amount * cents * ONE)
          expect((value + 1n) * scale).toBeGreaterThan(amount * cents * ONE)
        },
      ),
    )
  })

  it('count an asset pegged to the dollar as one, unless a price is given', () => {
    const pegged = row({ peg: 'USD', declared: true, decimals: 6 })
    expect(weigh(assetTotals([pegged], []), 2_500_000n)).toBe(25n * 10n ** 17n)
    expect(weigh(assetTotals([pegged], [price('0.9')]), 1_000_000n)).toBe(9n * 10n ** 17n)
  })

  it('do not weigh a pegged asset that nobody declared, nor one of unknown decimals', () => {
    expect(valueBasis(assetTotals([row({ peg: 'USD', decimals: 6 })], []))).toMatchObject({ status: 'unavailable' })
    expect(valueBasis([asset({ price: price('1'), decimals: null, declared: false })]).status).toBe('unavailable')
  })

  it('take a given price as a declaration, of that asset on that chain', () => {
    const given = [price('2', { decimals: 2, symbol: 'X' })]
    const totals = assetTotals([row(), row({ chain: 'd' })], given)
    expect(totals.map(({ declared, decimals, symbol }) => [declared, decimals, symbol])).toEqual([
      [true, 2, 'X'],
      [false, null, null],
    ])
    expect(weigh(totals, 100n)).toBe(2n * ONE)
    expect(weigh(totals, 100n, 'token', 'd')).toBeNull()
  })
})

describe('assetTotals', () => {
  it('joins the halves of a sum', () => {
    expect(assetTotals([row()], [])[0]).toMatchObject({ total: 5n * ONE + 7n, selfTotal: 7n, withAmount: 2, usages: 3 })
  })
})

describe('valueBasis', () => {
  it('counts the one declared asset in itself where nothing has a price', () => {
    const basis = valueBasis([asset(), asset({ asset: 'other', declared: false })])
    expect(basis).toMatchObject({ status: 'measured', basis: 'asset', asset: 'T' })
    expect(weigh([asset(), asset({ asset: 'other', declared: false })], 1_500_000n)).toBe(15n * 10n ** 17n)
    expect(weigh([asset(), asset({ asset: 'other', declared: false })], 1n, 'other')).toBeNull()
  })

  it('says why there is none', () => {
    const reason = (assets: readonly AssetTotal[]) => {
      const basis = valueBasis(assets)
      return basis.status === 'unavailable' ? basis.reason : ''
    }
    expect(reason([asset(), asset({ asset: 'other' })])).toContain('--prices')
    expect(reason([asset({ declared: false })])).toContain('declared')
    expect(reason([asset({ withAmount: 0 })])).toBe('no usage has an amount')
    expect(reason([])).toBe('no usage has an amount')
  })
})

describe('scaledText and ratio', () => {
  it('cut to the digits asked for', () => {
    expect(scaledText(0n)).toBe('0')
    expect(scaledText(ONE)).toBe('1')
    expect(scaledText((ONE * 3n) / 2n)).toBe('1.5')
    expect(scaledText(ONE - 1n)).toBe('0.999999')
    expect(scaledText(1n, 18)).toBe('0.000000000000000001')
  })

  it('are exact to 10^-15, and 0 of nothing', () => {
    expect(ratio(1n, 3n)).toBe(0.333333333333333)
    expect(ratio(MAX_AMOUNT, MAX_AMOUNT)).toBe(1)
    expect(ratio(1n, 0n)).toBe(0)
  })
})

describe('a hostile asset', () => {
  const { facts } = simulateMarket({ seed: 3, consumers: 20, ring: { puppets: 2, payments: 4, selfPayments: 2 } })
  const chain = facts.assets?.[0]?.chain as string
  const hostile = (n: number, amounts: readonly bigint[]): Facts => {
    const key = { chain, tx_hash: `0xhostile${n}`, usage_id: `hostile-${n}`, protocol: 'simulation', block_number: n }
    const timestamp = Date.UTC(2025, 0, 2)
    return {
      usage_events: [
        usageEvent({ ...key, timestamp, units: 1n, unit_kind: 'token', provider: '0xdd', consumer: '0xcc' }),
      ],
      payments: amounts.map((amount, leg) =>
        payment({ ...key, timestamp, leg, amount, asset: '0xhostile', from: '0xcc', to: '0xdd' }),
      ),
    }
  }
  const reportOf = (...more: Facts[]) =>
    withLedger([facts, ...more], async ({ ledger }) => (await audit(ledger)).report)

  it('changes nothing by value, and is counted, with amounts near 10^38 and beyond it in one usage', async () => {
    const before = await reportOf()
    const after = await reportOf(
      ...[1, 2, 3, 4, 5].map((n) => hostile(n, [MAX_AMOUNT])),
      hostile(6, [MAX_AMOUNT, MAX_AMOUNT, MAX_AMOUNT]),
      hostile(7, [MAX_AMOUNT, 1n]),
    )
    expect(after.reported.value).toEqual(before.reported.value)
    expect(after.published.value).toEqual(before.published.value)
    expect(after.ladder.map(({ value }) => value)).toEqual(before.ladder.map(({ value }) => value))
    // Seven payments more move the nulls of signals that compare payers, not what a certificate says.
    const certified = (report: Report) => report.findings.filter(({ tested }) => tested === null)
    expect(certified(after)).toEqual(certified(before))
    expect(after.reported.count).toBe(before.reported.count + 7)
    expect(after.reported.byAsset.find((total) => total.asset === '0xhostile')).toMatchObject({
      payments: 7,
      overflowing: 2,
      amount: String(5n * MAX_AMOUNT),
      declared: false,
      priced: false,
    })
    expect(after.unpriced.usages).toBe(before.unpriced.usages + 7)
  })
})
