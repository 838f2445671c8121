import type { Leg, OceanLog, OceanTransaction } from './ocean-contracts.ts'

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

/** What an exchange says beside its swaps: the token it sells for, and who is sent it. */
type Exchange = { readonly token: string; readonly collector: string | null; readonly market: string | null }

/**
 * The datatokens that one transaction brings in. A swap gives a price in money, if another log of its exchange names
 * the token. Otherwise the price of an order is its datatoken, which is all that is known of it.
 */
export function datatokenSupply(logs: OceanTransaction['logs']): Supply {
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
        const exchange = exchanges.get(lot.log.args.exchangeId)
        if (exchange !== undefined) return swapLegs(lot.log.args, exchange, amount, payer, collector)
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
  const datatokens = new Map<string, string>()
  for (const log of logs) {
    if (log.role === 'fixed-rate' && log.eventName === 'Swapped')
      datatokens.set(log.args.exchangeId, log.args.tokenOutAddress)
  }
  const exchanges = new Map<string, Exchange>()
  for (const log of logs) {
    if (log.role !== 'fixed-rate' || log.eventName === 'Swapped') continue
    const { exchangeId, token, to } = log.args
    // A publisher may collect unsold datatokens as well.
    if (token === datatokens.get(exchangeId)) continue
    const { collector = null, market = null } = exchanges.get(exchangeId) ?? {}
    const collects = log.eventName === 'TokenCollected'
    exchanges.set(exchangeId, { token, collector: collects ? to : collector, market: collects ? market : to })
  }
  return exchanges
}

/** Fees are part of what is swapped. Several orders can share one swap, each by its datatokens, rounded down. */
function swapLegs(
  swap: SwapLog['args'],
  { token, collector, market }: Exchange,
  amount: bigint,
  payer: string | null,
  paid: string | null,
): Leg[] {
  const share = (value: bigint) => (value * amount) / swap.datatokenSwappedAmount
  const to = collector ?? paid
  const gross = share(swap.baseTokenSwappedAmount)
  const fees = [
    { to: null, amount: share(swap.oceanFeeAmount) },
    { to: null, amount: share(swap.marketFeeAmount) },
    { to: market, amount: share(swap.consumeMarketFeeAmount) },
  ].filter((fee) => fee.amount > 0n)
  const leg = { from: payer, asset: token }
  return [
    { ...leg, kind: 'price', to, amount: gross },
    { ...leg, kind: 'net', to, amount: fees.reduce((net, fee) => net - fee.amount, gross) },
    ...fees.map((fee): Leg => ({ ...leg, ...fee, kind: 'platform-fee' })),
  ]
}
