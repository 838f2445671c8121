import type { Leg, OceanLog, OceanTransaction } from './ocean-contracts.ts'
import { partAddress } from './protocol.ts'

/** Where the datatokens of orders came from, by the order of the logs. */
export type Supply = {
  /** Legs for the datatokens that an order takes, out of what was bought or dispensed before it. */
  take(
    order: { readonly address: string; readonly logIndex: number },
    amount: bigint,
    payer: string | null,
    collector: string | null,
  ): Leg[]
}

type SwapLog = Extract<OceanLog<'fixed-rate'>, { readonly eventName: 'Swapped' }>
type DispenserLog = OceanLog<'dispenser'>

type Lot = { readonly log: SwapLog | DispenserLog; readonly datatoken: string; left: bigint }

/** What an exchange says beside its swaps: who is sent the money, and the fee of the market that sells. */
type Exchange = { readonly collector: string | null; readonly market: string | null }

/**
 * The datatokens that one transaction brings in. A swap gives a price in the money of its exchange. Without one, or at
 * an exchange that was never announced, the price of an order is its datatoken, which is all that is known of it.
 */
export function datatokenSupply({ logs, find }: Pick<OceanTransaction, 'logs' | 'find'>): Supply {
  const lots = logs.flatMap(lotOf)
  const exchanges = exchangesOf(logs)
  return {
    take(order, amount, payer, collector) {
      const lot = lots.find(
        ({ log, datatoken, left }) =>
          datatoken === order.address && log.logIndex < order.logIndex && left > 0n && left >= amount,
      )
      if (lot !== undefined) lot.left -= amount
      if (lot?.log.role === 'fixed-rate') {
        const { exchangeId } = lot.log.args
        const token = find(partAddress(exchangeId))?.asset
        const exchange = exchanges.get(exchangeId)
        if (token !== undefined) {
          const to = exchange?.collector ?? collector
          return swapLegs(lot.log.args, amount, { from: payer, to, asset: token }, exchange?.market ?? null)
        }
      }
      const price: Leg = { kind: 'price', from: payer, to: collector, asset: order.address, amount }
      if (lot?.log.role !== 'dispenser') return [price]
      return [price, { ...price, kind: 'subsidy', from: lot.log.address, to: payer }]
    },
  }
}

function lotOf(log: OceanTransaction['logs'][number]): Lot[] {
  if (log.role === 'dispenser') return [{ log, datatoken: log.args.datatokenAddress, left: log.args.amount }]
  if (log.role !== 'fixed-rate' || log.eventName !== 'Swapped') return []
  // A sale of datatokens to the exchange has the other token going out, whose address no order will have.
  return [{ log, datatoken: log.args.tokenOutAddress, left: log.args.datatokenSwappedAmount }]
}

function exchangesOf(logs: OceanTransaction['logs']): ReadonlyMap<string, Exchange> {
  const exchanges = new Map<string, Exchange>()
  for (const log of logs) {
    if (log.role !== 'fixed-rate') continue
    const { collector = null, market = null } = exchanges.get(log.args.exchangeId) ?? {}
    // A publisher may collect datatokens left unsold as well, but not in the transaction of an order.
    if (log.eventName === 'TokenCollected') exchanges.set(log.args.exchangeId, { collector: log.args.to, market })
    if (log.eventName === 'ConsumeMarketFee') exchanges.set(log.args.exchangeId, { collector, market: log.args.to })
  }
  return exchanges
}

/** Fees are part of what is swapped. Several orders can share one swap, each by its datatokens, rounded down. */
function swapLegs(
  swap: SwapLog['args'],
  amount: bigint,
  paid: Pick<Leg, 'from' | 'to' | 'asset'>,
  market: string | null,
): Leg[] {
  const share = (value: bigint) => (value * amount) / swap.datatokenSwappedAmount
  const gross = share(swap.baseTokenSwappedAmount)
  const fees = [
    { to: null, amount: share(swap.oceanFeeAmount) },
    { to: null, amount: share(swap.marketFeeAmount) },
    { to: market, amount: share(swap.consumeMarketFeeAmount) },
  ].filter((fee) => fee.amount > 0n)
  return [
    { ...paid, kind: 'price', amount: gross },
    { ...paid, kind: 'net', amount: fees.reduce((net, fee) => net - fee.amount, gross) },
    ...fees.map((fee): Leg => ({ ...paid, ...fee, kind: 'platform-fee' })),
  ]
}
