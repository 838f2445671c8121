import {
  addUse,
  type Leg,
  type OceanLog,
  type OceanRows,
  type OceanTransaction,
  type OceanUse,
} from './ocean-contracts.ts'
import { FEED_HELPER, isOperatorTest } from './ocean-deployments.ts'
import { datatokenSupply, type Supply } from './ocean-supply.ts'

const NOBODY = `0x${'0'.repeat(40)}`

type DatatokenLog = OceanLog<'datatoken'>
type OrderLog = Extract<DatatokenLog, { readonly eventName: 'OrderStarted' }>
type ReuseLog = Extract<DatatokenLog, { readonly eventName: 'OrderReused' }>

/** An order or its reuse, and what the same datatoken logs of it from there to the next one. */
type Act = { readonly log: OrderLog | ReuseLog; readonly rest: DatatokenLog[] }

/**
 * Orders and reuses of one transaction. Each log of a datatoken between two orders of it belongs to the first; what
 * bought the datatokens stands before.
 */
export function decodeOrders(transaction: OceanTransaction, rows: OceanRows): void {
  const supply = datatokenSupply(transaction)
  const orders = new Map<string, number>()
  for (const act of actsOf(transaction)) {
    const { log } = act
    if (log.eventName === 'OrderReused') {
      addUse(transaction, log, reuseOf(transaction, log, act), rows)
      continue
    }
    const earlier = orders.get(log.address) ?? 0
    orders.set(log.address, earlier + 1)
    addUse(transaction, log, orderOf(transaction, log, act, supply, earlier), rows)
  }
}

function actsOf({ logs }: OceanTransaction): readonly Act[] {
  const acts: Act[] = []
  const current = new Map<string, Act>()
  for (const log of logs) {
    if (log.role !== 'datatoken') continue
    if (log.eventName === 'OrderStarted' || log.eventName === 'OrderReused') {
      const act = { log, rest: [] }
      current.set(log.address, act)
      acts.push(act)
    } else current.get(log.address)?.rest.push(log)
  }
  return acts
}

/** A reuse names an order by its transaction alone, so the first order of a datatoken goes by no more than that. */
function usageId(hash: string, datatoken: string, earlier = 0): string {
  return [hash, datatoken, ...(earlier === 0 ? [] : [earlier])].join(':')
}

function orderOf(transaction: OceanTransaction, log: OrderLog, act: Act, supply: Supply, earlier: number): OceanUse {
  const { consumer, amount } = log.args
  const payer = payerOf(transaction, log)
  const subscription = act.rest.find((one) => one.eventName === 'NewSubscription')
  return {
    kind: 'settled',
    usage_id: usageId(transaction.hash, log.address, earlier),
    consumer,
    provider: log.address,
    service: log.address,
    ...(subscription?.eventName === 'NewSubscription'
      ? { units: subscription.args.expires - subscription.args.epoch, unit_kind: 'subscription-second' }
      : {}),
    class: isOperatorTest(transaction.chain, consumer) ? 'operator-test' : 'ordinary',
    legs: [...supply.take(log, amount, payer, collectorOf(log, act)), ...feesOf(act, payer)],
  }
}

/** The order is whoever's it was: the chain does not check which order a reuse names, nor by whom. */
function reuseOf(transaction: OceanTransaction, log: ReuseLog, act: Act): OceanUse {
  const caller = isPool(transaction, log.args.caller) ? null : log.args.caller
  return {
    kind: 'reused',
    usage_id: usageId(log.args.orderTxId, log.address),
    consumer: null,
    provider: log.address,
    service: log.address,
    legs: feesOf(act, caller),
  }
}

/**
 * Contracts that order for many are nobody's wallet. The factory takes the datatoken from whom it orders for; the
 * helper of prediction feeds orders for its caller only.
 */
function payerOf(transaction: OceanTransaction, { args, address, logIndex }: OrderLog): string | null {
  if (!isPool(transaction, args.payer)) return args.payer
  const handed = transaction.logs.findLast(
    (log) =>
      log.logIndex < logIndex &&
      log.role === 'datatoken' &&
      log.address === address &&
      log.eventName === 'Transfer' &&
      log.args.to === args.payer &&
      log.args.from !== address,
  )
  return handed?.eventName === 'Transfer' ? (handed.args as { readonly from: string }).from : args.consumer
}

function isPool({ chain, find }: OceanTransaction, address: string): boolean {
  return find(address)?.role === 'erc721-factory' || `${chain}:${address}` === FEED_HELPER
}

/** Who is sent the datatoken, after fees; later templates burn it, and then no log of the order says. */
function collectorOf({ args }: OrderLog, { rest }: Act): string | null {
  for (const log of rest) {
    if (log.eventName !== 'Transfer' || log.args.from !== args.payer) continue
    return log.args.to === NOBODY ? null : log.args.to
  }
  return null
}

function feesOf({ rest }: Act, from: string | null): Leg[] {
  return rest.flatMap((log): Leg[] => {
    switch (log.eventName) {
      case 'PublishMarketFee': {
        const { PublishMarketFeeAddress: to, PublishMarketFeeToken: asset, PublishMarketFeeAmount: amount } = log.args
        return [{ kind: 'platform-fee', from, to, asset, amount }]
      }
      case 'ConsumeMarketFee': {
        const { consumeMarketFeeAddress: to, consumeMarketFeeToken: asset, consumeMarketFeeAmount: amount } = log.args
        return [{ kind: 'platform-fee', from, to, asset, amount }]
      }
      case 'ProviderFee': {
        const { providerFeeAddress: to, providerFeeToken: asset, providerFeeAmount: amount } = log.args
        // It is logged whether or not there is one.
        return amount === 0n || to === NOBODY || asset === NOBODY
          ? []
          : [{ kind: 'provider-fee', from, to, asset, amount }]
      }
      default:
        return []
    }
  })
}
