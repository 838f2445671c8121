import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OceanTransaction } from '../../src/protocols/ocean-contracts.ts'
import { datatokenSupply } from '../../src/protocols/ocean-supply.ts'
import { partAddress } from '../../src/protocols/protocol.ts'

const ONE = 10n ** 18n
const datatoken = `0x${'d1'.repeat(20)}`
const exchangeId = `0x${'ab'.repeat(32)}` as const
const token = `0x${'0c'.repeat(20)}` as const
const deployment = {
  chain: 'eip155:1',
  role: 'fixed-rate',
  address: token,
  fromBlock: 0,
  verified: true,
  source: 'test',
}

const find: OceanTransaction['find'] = (address) =>
  address === partAddress(exchangeId) ? { ...deployment, role: 'exchange', asset: token } : undefined

/** The logs of one swap whose exchange is then collected. */
function logsOf(bought: bigint, gross: bigint, fees: readonly [bigint, bigint, bigint]): OceanTransaction['logs'] {
  const [marketFeeAmount, oceanFeeAmount, consumeMarketFeeAmount] = fees
  const shared = { role: 'fixed-rate', address: token, deployment } as const
  const swapped = {
    exchangeId,
    by: token,
    baseTokenSwappedAmount: gross,
    datatokenSwappedAmount: bought,
    tokenOutAddress: datatoken as `0x${string}`,
    marketFeeAmount,
    oceanFeeAmount,
    consumeMarketFeeAmount,
  }
  return [
    { ...shared, eventName: 'Swapped', logIndex: 0, args: swapped },
    { ...shared, eventName: 'TokenCollected', logIndex: 1, args: { exchangeId, to: token, token, amount: gross } },
  ]
}

describe('supply', () => {
  it('never gives out more than was paid, nor loses more than the rounding', () => {
    const money = fc.bigInt(0n, 10n ** 30n)
    const swaps = fc.record({
      orders: fc.integer({ min: 1, max: 20 }),
      spare: fc.bigInt(0n, ONE - 1n),
      gross: money,
      fees: fc.tuple(money, money, money),
    })
    fc.assert(
      fc.property(swaps, ({ orders, spare, gross, fees }) => {
        const total = gross + fees[0] + fees[1] + fees[2]
        const bought = BigInt(orders) * ONE + spare
        const supply = datatokenSupply({ logs: logsOf(bought, total, fees), find })
        const taken = Array.from({ length: orders }, (_, i) =>
          supply.take({ address: datatoken, logIndex: 2 + i }, ONE, 'payer', null),
        )
        const sum = (kind: string) =>
          taken.flat().reduce((all, leg) => all + (leg.kind === kind && leg.asset === token ? leg.amount : 0n), 0n)
        expect(sum('price')).toBe(sum('net') + sum('platform-fee'))
        const due = (total * BigInt(orders) * ONE) / bought
        expect(sum('price') <= due && due < sum('price') + BigInt(orders) + 1n).toBe(true)
        // What is left buys no order.
        const after = supply.take({ address: datatoken, logIndex: 99 }, ONE, 'payer', null)
        expect(after).toEqual([{ kind: 'price', from: 'payer', to: null, asset: datatoken, amount: ONE }])
      }),
    )
  })

  it('does not reach back before the swap, nor to another datatoken', () => {
    const supply = datatokenSupply({ logs: logsOf(ONE, 5n, [0n, 0n, 0n]), find })
    expect(supply.take({ address: datatoken, logIndex: 0 }, ONE, null, null)).toMatchObject([{ asset: datatoken }])
    expect(supply.take({ address: token, logIndex: 5 }, ONE, null, null)).toMatchObject([{ asset: token, amount: ONE }])
    expect(supply.take({ address: datatoken, logIndex: 5 }, ONE, null, null)).toMatchObject([{ amount: 5n }, {}])
  })
})
