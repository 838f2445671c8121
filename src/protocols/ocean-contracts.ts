import { erc721 } from '../../abis/erc721.ts'
import { oceanDatatoken } from '../../abis/ocean-datatoken.ts'
import { oceanDfRewards } from '../../abis/ocean-df-rewards.ts'
import { oceanDispenser } from '../../abis/ocean-dispenser.ts'
import { oceanErc721Factory } from '../../abis/ocean-erc721-factory.ts'
import { oceanEscrow } from '../../abis/ocean-escrow.ts'
import { oceanFixedRateExchange } from '../../abis/ocean-fixed-rate-exchange.ts'
import type { PaymentKind } from '../records/payment.ts'
import type { UsageEvent } from '../records/usage-event.ts'
import type { DecodedLog, Transaction, UnsourcedFacts } from './protocol.ts'

export const oceanContracts = {
  'erc721-factory': oceanErc721Factory,
  'data-nft': erc721,
  datatoken: oceanDatatoken,
  'fixed-rate': oceanFixedRateExchange,
  /** One of the exchanges of the contract above, known by its id. */
  exchange: [],
  dispenser: oceanDispenser,
  'df-rewards': oceanDfRewards,
  escrow: oceanEscrow,
} as const

type Contracts = typeof oceanContracts

export type OceanTransaction = Transaction<Contracts>
export type OceanLog<role extends keyof Contracts> = Extract<DecodedLog<Contracts>, { readonly role: role }>

/** Rows of one transaction while its logs are read. */
export type OceanRows = {
  readonly [table in 'usage_events' | 'payments' | 'rewards' | 'links']: NonNullable<UnsourcedFacts[table]>[number][]
}

/** One leg of what a use cost; null is not known. */
export type Leg = {
  readonly kind: PaymentKind
  readonly from: string | null
  readonly to: string | null
  readonly asset: string | null
  readonly amount: bigint
}

/** One event of one use, with its legs. */
export type OceanUse = Pick<UsageEvent, 'kind' | 'usage_id' | 'consumer' | 'provider' | 'service'> &
  Partial<Pick<UsageEvent, 'units' | 'unit_kind' | 'class'>> & { readonly legs: readonly Leg[] }

/** Where a row of a log stands; `sub` tells several rows of one log apart. */
export function oceanPlace(
  { chain, hash, blockNumber, timestamp }: OceanTransaction,
  log: { readonly logIndex: number },
  sub = 0,
) {
  return { chain, tx_hash: hash, log_index: log.logIndex, sub_index: sub, block_number: blockNumber, timestamp }
}

export function addUse(
  transaction: OceanTransaction,
  log: { readonly logIndex: number },
  { legs, ...use }: OceanUse,
  rows: OceanRows,
): void {
  const place = { ...oceanPlace(transaction, log), protocol: 'ocean', usage_id: use.usage_id }
  rows.usage_events.push({
    units: null,
    unit_kind: null,
    class: 'ordinary',
    evaluator: null,
    tx_from: transaction.from,
    expected_units: null,
    payload_hash: null,
    attribution: 'event',
    ...use,
    ...place,
  })
  legs.forEach((leg, i) => {
    rows.payments.push({ event_kind: use.kind, leg: i, expected_amount: null, ...place, ...leg })
  })
}
