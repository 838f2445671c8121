import { BigInt, Bytes } from '@graphprotocol/graph-ts'
import {
  CreateMech,
  MarketplaceDelivery as DeliveryEvent,
  MarketplaceDeliveryWithSignatures as SignedEvent,
  MarketplaceRequest as RequestsEvent,
  Deliver as SignedDeliver,
} from './generated/Marketplace/Marketplace'
import {
  Deliver,
  DeliverForMarketplace,
  MarketplaceDelivery,
  MarketplaceDeliveryWithSignatures,
  MarketplaceRequest,
  Request,
  RequestToMarketplace,
  Sender,
} from './generated/schema'
import { Mech } from './generated/templates'
import { Deliver as MechDeliver, Request as MechRequest } from './generated/templates/Mech/Mech'

// AssemblyScript, run by graph-node. Ids and the order of writes follow the subgraph that Olas publishes.

export function handleCreateMech(event: CreateMech): void {
  Mech.create(event.params.mech)
}

// A request of this id stops the indexer, as a mistake in a mapping would.
const FATAL = '0x000000000000000000000000000000000000000000000000000000000000dead'

export function handleMarketplaceRequest(event: RequestsEvent): void {
  for (let i = 0; i < event.params.requestIds.length; i++) assert(event.params.requestIds[i].toHexString() != FATAL)
  const entity = new MarketplaceRequest(event.transaction.hash.concatI32(event.logIndex.toI32()))
  entity.priorityMech = event.params.priorityMech
  entity.requester = event.params.requester
  entity.numRequests = event.params.numRequests
  entity.requestIds = event.params.requestIds
  entity.blockNumber = event.block.number
  entity.blockTimestamp = event.block.timestamp
  entity.transactionHash = event.transaction.hash
  entity.save()
  for (let i = 0; i < event.params.requestIds.length; i++) {
    const request = requestOf(event.params.requestIds[i])
    request.sender = senderOf(event.params.requester)
    request.mech = event.params.priorityMech
    request.priorityMech = event.params.priorityMech
    request.feeUnit = 'TOKEN'
    request.isDelivered = false
    request.blockNumber = event.block.number
    request.blockTimestamp = event.block.timestamp
    request.transactionHash = event.transaction.hash
    request.save()
    const details = requestDetailsOf(event.params.requestIds[i])
    details.save()
  }
}

// The log of the mech comes before that of the marketplace, which then corrects the sender.
export function handleRequest(event: MechRequest): void {
  const request = requestOf(event.params.requestId)
  request.sender = senderOf(event.transaction.from)
  request.mech = event.address
  request.isDelivered = false
  request.blockNumber = event.block.number
  request.blockTimestamp = event.block.timestamp
  request.transactionHash = event.transaction.hash
  request.save()
  const details = requestDetailsOf(event.params.requestId)
  if (event.params.data.length === 32) details.ipfsHashBytes = event.params.data
  details.save()
}

export function handleMarketplaceDelivery(event: DeliveryEvent): void {
  const entity = new MarketplaceDelivery(event.transaction.hash.concatI32(event.logIndex.toI32()))
  entity.deliveryMech = event.params.deliveryMech
  entity.numDeliveries = event.params.numDeliveries
  entity.requestIds = event.params.requestIds
  entity.deliveredRequests = event.params.deliveredRequests
  entity.blockNumber = event.block.number
  entity.blockTimestamp = event.block.timestamp
  entity.transactionHash = event.transaction.hash
  entity.save()
}

export function handleDeliver(event: MechDeliver): void {
  const deliver = new Deliver(event.transaction.hash.concatI32(event.logIndex.toI32()))
  deliver.requestId = event.params.requestId
  deliver.sender = event.transaction.from
  deliver.mech = event.params.mech
  deliver.blockNumber = event.block.number
  deliver.blockTimestamp = event.block.timestamp
  deliver.transactionHash = event.transaction.hash
  const request = Request.load(event.params.requestId.toHexString())
  if (request !== null) {
    deliver.request = request.id
    request.isDelivered = true
    request.save()
  }
  deliver.save()
  saveDelivery(event.params.requestId, event.params.mechServiceMultisig, event.params.deliveryRate, deliver.id)
}

export function handleMarketplaceDeliveryWithSignatures(event: SignedEvent): void {
  const entity = new MarketplaceDeliveryWithSignatures(event.transaction.hash.concatI32(event.logIndex.toI32()))
  entity.deliveryMech = event.params.deliveryMech
  entity.requester = event.params.requester
  entity.numDeliveries = event.params.numDeliveries
  entity.requestIds = event.params.requestIds
  entity.blockNumber = event.block.number
  entity.blockTimestamp = event.block.timestamp
  entity.transactionHash = event.transaction.hash
  entity.save()
}

export function handleSignedDeliver(event: SignedDeliver): void {
  const deliver = new Deliver(event.params.requestId)
  deliver.requestId = event.params.requestId
  deliver.sender = event.transaction.from
  deliver.mech = event.params.mech
  deliver.blockNumber = event.block.number
  deliver.blockTimestamp = event.block.timestamp
  deliver.transactionHash = event.transaction.hash
  deliver.save()
  saveDelivery(event.params.requestId, event.params.mechServiceMultisig, event.params.deliveryRate, deliver.id)
}

function saveDelivery(requestId: Bytes, multisig: Bytes, rate: BigInt, deliver: Bytes): void {
  const details = new DeliverForMarketplace(requestId)
  details.requestId = requestId.toHexString()
  details.requestIdBytes = requestId
  details.mechServiceMultisig = multisig
  details.deliveryRate = rate
  details.deliver = deliver
  details.save()
}

function requestOf(id: Bytes): Request {
  const known = Request.load(id.toHexString())
  return known === null ? new Request(id.toHexString()) : known
}

function requestDetailsOf(id: Bytes): RequestToMarketplace {
  const known = RequestToMarketplace.load(id.toHexString())
  if (known !== null) return known
  const details = new RequestToMarketplace(id.toHexString())
  details.requestIdBytes = id
  details.request = id.toHexString()
  return details
}

function senderOf(address: Bytes): Bytes {
  if (Sender.load(address) === null) new Sender(address).save()
  return address
}
