import { type Hex, keccak256 } from 'viem'
import type { EventKind } from '../records/usage-event.ts'
import { type OlasLog, type OlasRows, type OlasTransaction, olasContracts, placeOf } from './olas-contracts.ts'
import { olasAssets, olasDeployments } from './olas-deployments.ts'
import { decodeCreateMech, decodeRegistry } from './olas-links.ts'
import { stakingProgrammes } from './olas-programmes.ts'
import { decodeStaking } from './olas-staking.ts'
import { olasSubgraph } from './olas-subgraph.ts'
import { defineProtocol, type UnsourcedFacts } from './protocol.ts'

/**
 * Requests to AI agents ("mechs") of Olas: to the first mechs, on the legacy marketplace, and on both versions of the
 * present one.
 */
export const olasMech = defineProtocol({
  id: 'olas-mech',
  title: 'Olas mechs',
  version: 2,
  contracts: olasContracts,
  deployments: olasDeployments,
  discoveries: [
    { role: 'agent-factory', event: 'CreateMech', argument: 'mech', as: 'agent-mech' },
    { role: 'mech-marketplace', event: 'CreateMech', argument: 'mech', as: 'mech' },
    { role: 'staking-factory', event: 'InstanceCreated', argument: 'instance', as: 'staking' },
  ],
  assets: olasAssets,
  subgraph: olasSubgraph(decode),
  programmes: stakingProgrammes,
  // Activity checkers compare the marketplace's count of requests, which rises when a request is made.
  metric: { statuses: ['requested', 'priced', 'funded', 'delivered', 'settled'], time: 'requested_at', unitKind: null },
  about: {
    row: 'One request id: a task that a requester posts and a mech answers.',
    consumer: 'The requester, as a rule the Safe of a service; the sender of the transaction is only its agent.',
    provider: 'The mech that delivered, until then the mech that was asked first.',
    price: "The mech's delivery rate, from requester to the multisig of its service, in the balance tracker's asset.",
    unavailable: [
      'The price at the first mechs and the legacy marketplace: it is the value of a call and in no log.',
      'The asset of prices paid in dollars on Optimism, whose balance tracker does not say which token it holds.',
      'What the marketplace keeps of a price: trackers withhold it when a mech withdraws, and no log of a delivery says it.',
      'The token of a staking programme that does not pay OLAS: its logs do not name it.',
      'Staking programmes older than the factory (Alpha, Coastal, Alpine, Everest).',
      'What a window counted: the checker keeps it, no log. It is the usage of the multisigs of the service in it.',
      'The window of a service that was staked after the last checkpoint and did not pass: it stands as a whole window.',
      'Targets of programmes that are not in the published configurations, or that count other activity.',
    ],
    traps: [
      'Ids of mechs 0.8.19 and 0.8.21 hold no nonce: the same data from the same account again is the same usage.',
      'RevokeRequest is not read: it says that a delivery came second, early or too dear, not that the request ended.',
      'Requests signed off chain appear first when they are delivered, and count for the requester all the same.',
      'Version 1 of the marketplace indexes the list of requesters on delivery, which leaves only its hash.',
      'Windows run from checkpoint to checkpoint of each staking contract, which anyone may call late; they are no days.',
      'A window is of a service, not of a wallet: links name the multisigs of the service, and its holder.',
      'A staked service is held by its staking contract, which makes no owner of that.',
      'Several multisigs of one owner are the rule: Pearl gives each agent its own.',
      'The official agent stops one above its target: counts just above a target are the default of the software.',
    ],
    references: [
      { title: 'Mech contracts and ABIs', url: 'https://github.com/valory-xyz/ai-registry-mech' },
      { title: 'Staking contracts', url: 'https://github.com/valory-xyz/autonolas-registries' },
      {
        title: 'Staking programmes and activity checkers',
        url: 'https://github.com/valory-xyz/autonolas-staking-programmes',
      },
    ],
  },
  decode,
})

function decode(transaction: OlasTransaction): UnsourcedFacts {
  const details = detailsOf(transaction)
  const rows: OlasRows = { usage_events: [], payments: [], rewards: [], links: [], windows: [] }
  for (const log of transaction.logs) {
    if (log.role === 'agent-mech') decodeAgentMech(transaction, log, details, rows)
    else if (log.role === 'legacy-marketplace') decodeLegacyMarketplace(transaction, log, rows)
    else if (log.role === 'mech-marketplace') decodeMarketplace(transaction, log, details, rows)
    else if (log.role === 'service-registry') decodeRegistry(transaction, log, rows)
    else if (log.role === 'staking') decodeStaking(transaction, log, rows)
  }
  return rows
}

/** What other logs of the transaction say of a request: marketplace, mech and balance tracker each log a part. */
type Details = {
  /** Ids that the legacy marketplace handled; the logs of its mechs repeat them. */
  readonly legacyIds: ReadonlySet<string>
  readonly requestData: ReadonlyMap<string, string>
  readonly deliveries: ReadonlyMap<string, { readonly rate: bigint; readonly multisig: string }>
  /** What a mech was paid in. */
  readonly assets: ReadonlyMap<string, string | null>
}

function detailsOf({ logs }: OlasTransaction): Details {
  const legacyIds = new Set<string>()
  const requestData = new Map<string, string>()
  const deliveries = new Map<string, { rate: bigint; multisig: string }>()
  const assets = new Map<string, string | null>()
  for (const log of logs) {
    if (log.role === 'legacy-marketplace') legacyIds.add(hexId(log.args.requestId))
    else if (log.role === 'balance-tracker') assets.set(log.args.mech, log.deployment.asset ?? null)
    else if (log.role === 'mech' && log.eventName === 'Request') requestData.set(log.args.requestId, log.args.data)
    if ((log.role === 'mech' || log.role === 'mech-marketplace') && log.eventName === 'Deliver') {
      deliveries.set(log.args.requestId, { rate: log.args.deliveryRate, multisig: log.args.mechServiceMultisig })
      if ('requestData' in log.args) requestData.set(log.args.requestId, log.args.requestData)
    }
  }
  return { legacyIds, requestData, deliveries, assets }
}

/**
 * A mech of its own, or one behind the legacy marketplace, whose own logs then say the same again. `Deliver` of version
 * 0.8.21 carries the id without nonce, so requests go by that as well.
 */
function decodeAgentMech(transaction: OlasTransaction, log: OlasLog<'agent-mech'>, details: Details, rows: OlasRows) {
  const id = hexId(log.args.requestId)
  if (details.legacyIds.has(id)) return
  const usage = { id: `${log.address}:${id}`, provider: log.address }
  if (log.eventName === 'Deliver') {
    rows.usage_events.push(eventRow(transaction, log, 'delivered', usage))
    return
  }
  const { sender, data } = log.args
  rows.usage_events.push(eventRow(transaction, log, 'requested', { ...usage, consumer: sender, data }))
}

function decodeLegacyMarketplace(transaction: OlasTransaction, log: OlasLog<'legacy-marketplace'>, rows: OlasRows) {
  const id = hexId(log.args.requestId)
  if (log.eventName === 'MarketplaceDeliver') {
    const usage = { id, consumer: log.args.requester, provider: log.args.actualMech }
    rows.usage_events.push(eventRow(transaction, log, 'delivered', usage))
    return
  }
  const usage = { id, consumer: log.args.requester, provider: log.args.requestedMech, data: log.args.data }
  rows.usage_events.push(eventRow(transaction, log, 'requested', usage))
}

function decodeMarketplace(
  transaction: OlasTransaction,
  log: OlasLog<'mech-marketplace'>,
  details: Details,
  rows: OlasRows,
) {
  if (log.eventName === 'CreateMech') decodeCreateMech(transaction, log.args, rows)
  if (log.eventName === 'CreateMech' || log.eventName === 'Deliver') return
  log.args.requestIds.forEach((id, index) => {
    const usage = { id, index, ...partiesOf(log, index), data: details.requestData.get(id) }
    if (log.eventName !== 'MarketplaceDelivery') {
      const data = 'requestDatas' in log.args ? log.args.requestDatas[index] : usage.data
      rows.usage_events.push(eventRow(transaction, log, 'requested', { ...usage, data }))
      if (log.eventName === 'MarketplaceRequest') return
    } else if (log.args.deliveredRequests[index] !== true) return
    rows.usage_events.push(eventRow(transaction, log, 'delivered', { ...usage, data: undefined }))
    rows.payments.push(priceRow(transaction, log, usage, details))
  })
}

function partiesOf(log: OlasLog<'mech-marketplace'>, index: number): { consumer: string | null; provider: string } {
  if (log.eventName === 'MarketplaceRequest') return { consumer: log.args.requester, provider: log.args.priorityMech }
  if (log.eventName === 'MarketplaceDeliveryWithSignatures') {
    return { consumer: log.args.requester, provider: log.args.deliveryMech }
  }
  if (log.eventName !== 'MarketplaceDelivery') throw new TypeError(`${log.eventName} names no request of a list`)
  // Version 1 indexes the list, so that the log holds only its hash.
  const requesters: string | readonly string[] = log.args.requesters
  return {
    consumer: typeof requesters === 'string' ? null : (requesters[index] ?? null),
    provider: log.args.deliveryMech,
  }
}

type Usage = {
  readonly id: string
  /** Place in the log's list of requests. */
  readonly index?: number
  readonly consumer?: string | null
  readonly provider: string
  readonly data?: string | undefined
}

function eventRow(
  transaction: OlasTransaction,
  log: { readonly logIndex: number },
  kind: EventKind,
  { id, index = 0, consumer = null, provider, data }: Usage,
): OlasRows['usage_events'][number] {
  return {
    kind,
    protocol: 'olas-mech',
    usage_id: id,
    consumer,
    provider,
    evaluator: null,
    tx_from: transaction.from,
    service: null,
    units: null,
    expected_units: null,
    unit_kind: null,
    payload_hash: data === undefined ? null : digestOf(data),
    attribution: 'event',
    class: 'ordinary',
    ...placeOf(transaction, log, index),
  }
}

function priceRow(
  transaction: OlasTransaction,
  log: { readonly logIndex: number },
  { id, index = 0, consumer = null, provider }: Usage,
  { deliveries, assets }: Details,
): OlasRows['payments'][number] {
  const delivery = deliveries.get(id)
  return {
    event_kind: 'delivered',
    leg: 0,
    protocol: 'olas-mech',
    usage_id: id,
    from: consumer,
    to: delivery?.multisig ?? null,
    asset: assets.get(provider) ?? null,
    amount: delivery?.rate ?? null,
    expected_amount: null,
    kind: 'price',
    ...placeOf(transaction, log, index),
  }
}

/** All generations name a request by a 32-byte hash; the older ones log it as a number. */
function hexId(id: bigint): string {
  return `0x${id.toString(16).padStart(64, '0')}`
}

/** Request data is as a rule the digest of an IPFS content id, which says what was asked without being it. */
function digestOf(data: string): string {
  return data.length <= 66 ? data : keccak256(data as Hex)
}
