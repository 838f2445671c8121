import type { Address, Hex } from 'viem'
import { z } from 'zod'
import type { olasBalanceTracker } from '../../abis/olas-balance-tracker.ts'
import type { olasMechContract } from '../../abis/olas-mech.ts'
import type { olasMechMarketplace } from '../../abis/olas-mech-marketplace.ts'
import { address, bigInt, bytes, integer, isPlaced, logIndexIn, misplaced, place, word } from './event-subgraph.ts'
import {
  type DecodedLog,
  type Deployment,
  defineSubgraph,
  type SubgraphPlace,
  type Transaction,
  type UnsourcedFacts,
} from './protocol.ts'

/** The contracts whose logs the marketplace subgraph keeps. */
type Contracts = {
  readonly 'mech-marketplace': typeof olasMechMarketplace
  readonly mech: typeof olasMechContract
  readonly 'balance-tracker': typeof olasBalanceTracker
}
type Log = DecodedLog<Contracts>
type Decode = (transaction: Transaction<Contracts>) => UnsourcedFacts

const entities = {
  marketplaceRequests: z
    .object({ ...place, priorityMech: address, requester: address, requestIds: z.array(word) })
    .refine(isPlaced, misplaced),
  requests: z.object({
    id: word,
    blockNumber: integer,
    marketplaceRequest: z.object({ ipfsHashBytes: bytes.nullable() }).nullable(),
  }),
  marketplaceDeliveries: z
    .object({ ...place, deliveryMech: address, requestIds: z.array(word), deliveredRequests: z.array(z.boolean()) })
    .refine(isPlaced, misplaced),
  marketplaceDeliveryWithSignatures_collection: z
    .object({ ...place, deliveryMech: address, requester: address, requestIds: z.array(word) })
    .refine(isPlaced, misplaced),
  delivers: z.object({
    id: bytes,
    requestId: word,
    blockNumber: integer,
    transactionHash: word,
    request: z.object({ sender: z.object({ id: address }), feeUnit: z.string().nullable() }).nullable(),
    marketplaceDelivery: z
      .object({ deliveryRate: bigInt.nullable(), mechServiceMultisig: address.nullable() })
      .nullable(),
  }),
} as const

type Found = { readonly [field in keyof typeof entities]: readonly z.output<(typeof entities)[field]>[] }
type Deliver = Found['delivers'][number]

/**
 * The marketplace subgraph that Olas publishes for each chain. It keeps what the logs said, so its entities become those
 * logs again and go through the decoder of the chain: both sources give the same rows by the same code.
 */
export const olasSubgraph = (decode: Decode) =>
  defineSubgraph({
    document: 'olas-marketplace',
    entities,
    unavailable: [
      'Requests to the first mechs and on the legacy marketplace: their entities name no place in the log.',
      'Staking rewards, which another subgraph keeps.',
      'The asset of requests signed off chain, and the data of requests that are no IPFS digest.',
    ],
    decode: (found, at) => {
      const facts = transactionsOf(found, at).map(decode)
      return {
        usage_events: facts.flatMap(({ usage_events = [] }) => usage_events),
        payments: facts.flatMap(({ payments = [] }) => payments),
      }
    },
  })

/** The logs again, by transaction. Logs that only add details stand at −1: no row names their place. */
function transactionsOf(found: Found, at: SubgraphPlace): Transaction<Contracts>[] {
  const data = new Map(found.requests.map(({ id, marketplaceRequest }) => [id, marketplaceRequest?.ipfsHashBytes]))
  const delivers = new Map(found.delivers.map((one) => [`${one.transactionHash}:${one.requestId}`, one]))
  const transactions = new Map<string, Transaction<Contracts> & { readonly logs: Log[] }>()
  const add = (entity: Placed, logs: readonly Log[]) => {
    const { transactionHash: hash, blockNumber, blockTimestamp } = entity
    const known = transactions.get(hash)
    if (known !== undefined) known.logs.push(...logs)
    else
      transactions.set(hash, {
        ...{ chain: at.chain, hash, blockNumber, timestamp: blockTimestamp * 1000, from: null },
        ...{ logs: [...logs], rawLogs: [], find: () => undefined },
      })
  }
  for (const entity of found.marketplaceRequests) add(entity, requestLogs(entity, data, at))
  for (const entity of found.marketplaceDeliveries) add(entity, deliveryLogs(entity, delivers, at))
  for (const entity of found.marketplaceDeliveryWithSignatures_collection) add(entity, signedLogs(entity, delivers, at))
  return [...transactions.values()]
}

type Placed = z.output<z.ZodObject<typeof place>>
type Delivers = ReadonlyMap<string, Deliver>

function requestLogs(
  entity: Found['marketplaceRequests'][number],
  data: ReadonlyMap<string, Hex | null | undefined>,
  at: SubgraphPlace,
): Log[] {
  const { priorityMech, requester, requestIds } = entity
  const args = { priorityMech, requester, numRequests: BigInt(requestIds.length), requestIds }
  const details = requestIds.flatMap((requestId): Log[] => {
    const digest = data.get(requestId)
    const named = { mech: priorityMech, requestId, data: digest ?? '0x' } as const
    return digest == null ? [] : [{ ...detailOf(at, 'mech'), eventName: 'Request', args: named }]
  })
  return [{ ...logOf(at, entity), eventName: 'MarketplaceRequest', args }, ...details]
}

function deliveryLogs(entity: Found['marketplaceDeliveries'][number], delivers: Delivers, at: SubgraphPlace): Log[] {
  const { deliveryMech, requestIds, deliveredRequests } = entity
  const details = requestIds.map((id) => delivers.get(`${entity.transactionHash}:${id}`))
  // A request that the subgraph does not know leaves a hole, which the decoder takes for an unknown consumer.
  const requesters = details.map((deliver) => deliver?.request?.sender.id) as Address[]
  const numDeliveries = BigInt(deliveredRequests.filter(Boolean).length)
  const args = { deliveryMech, requesters, numDeliveries, requestIds, deliveredRequests }
  return [{ ...logOf(at, entity), eventName: 'MarketplaceDelivery', args }, ...detailLogs(deliveryMech, details, at)]
}

function signedLogs(
  entity: Found['marketplaceDeliveryWithSignatures_collection'][number],
  delivers: Delivers,
  at: SubgraphPlace,
): Log[] {
  const { deliveryMech, requester, requestIds } = entity
  const details = requestIds.map((id) => delivers.get(`${entity.transactionHash}:${id}`))
  const args = { deliveryMech, requester, numDeliveries: BigInt(requestIds.length), requestIds }
  return [
    { ...logOf(at, entity), eventName: 'MarketplaceDeliveryWithSignatures', args },
    ...detailLogs(deliveryMech, details, at),
  ]
}

/** Price and payee of each delivery, and what the mech was paid in. */
function detailLogs(mech: Address, details: readonly (Deliver | undefined)[], at: SubgraphPlace): Log[] {
  const logs = details.flatMap((deliver): Log[] => {
    const { deliveryRate = null, mechServiceMultisig = null } = deliver?.marketplaceDelivery ?? {}
    if (deliver === undefined || deliveryRate === null || mechServiceMultisig === null) return []
    const args = { mech, mechServiceMultisig, requestId: deliver.requestId, deliveryRate, data: '0x' } as const
    return [{ ...detailOf(at, 'mech'), eventName: 'Deliver', args }]
  })
  const unit = details.find((deliver) => deliver?.request?.feeUnit != null)?.request?.feeUnit
  const asset = unit == null ? null : assetOf(unit, at)
  if (asset === null) return logs
  const args = { mech, deliveryRate: 0n, balance: 0n, rateDiff: 0n }
  return [...logs, { ...detailOf(at, 'balance-tracker', asset), eventName: 'MechBalanceAdjusted', args }]
}

/** The asset that the balance trackers of the chain count in under this name; null where there is not exactly one. */
function assetOf(unit: string, { chain, deployments, assets }: SubgraphPlace): string | null {
  const trackers = deployments.filter((one) => one.chain === chain && one.role === 'balance-tracker')
  const counted = new Set(trackers.flatMap(({ asset }) => asset ?? []))
  const found = [...counted].filter((asset) => unitOf(chain, asset, assets) === unit)
  return found.length === 1 ? (found[0] as string) : null
}

function unitOf(chain: string, asset: string, assets: SubgraphPlace['assets']): string {
  if (asset === 'native') return 'NATIVE'
  if (!asset.startsWith('0x')) return 'CREDITS'
  return assets.find((one) => one.chain === chain && one.asset === asset)?.symbol === 'USDC' ? 'USDC' : 'TOKEN'
}

function logOf(at: SubgraphPlace, { id }: Placed) {
  return { ...detailOf(at, 'mech-marketplace'), logIndex: logIndexIn(id) }
}

function detailOf<role extends keyof Contracts>({ chain }: SubgraphPlace, role: role, asset?: string) {
  const deployment: Deployment = {
    ...{ chain, role, address: '', fromBlock: null, verified: false, source: 'subgraph' },
    ...(asset === undefined ? {} : { asset }),
  }
  return { role, address: '', logIndex: -1, deployment }
}
