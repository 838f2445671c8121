import { describe, expect, it } from 'vitest'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import type { Deployment, SubgraphPlace } from '../../src/protocols/protocol.ts'

const { subgraph } = olasMech
const GNOSIS = 'eip155:100'
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const id = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
const hash = `0x${'7e'.repeat(32)}`
const at = { blockNumber: '41500000', blockTimestamp: '1700000000', transactionHash: hash }
const mech = address(0xa1)
const payee = address(0xb1)

type Given = { readonly [field: string]: readonly object[] }

/** Facts of entities as a subgraph gives them; those that do not parse throw. */
function decode(given: Given, chain = GNOSIS, deployments: readonly Deployment[] = olasMech.deployments) {
  const found = Object.fromEntries(
    Object.entries(subgraph!.entities).map(([field, shape]) => [
      field,
      (given[field] ?? []).map((entity) => shape.parse(entity)),
    ]),
  )
  const place: SubgraphPlace = { chain, deployments, assets: olasMech.assets }
  return subgraph!.decode(found as never, place)
}

const delivery = (ids: readonly number[], delivered: readonly boolean[]) => ({
  ...{ id: `${hash}0a010000`, ...at, deliveryMech: mech },
  ...{ requestIds: ids.map(id), deliveredRequests: delivered },
})
const deliver = (n: number, feeUnit: string | null = 'TOKEN', request = true) => ({
  ...{ id: `${hash}${n.toString(16).padStart(8, '0')}`, requestId: id(n) },
  ...{ blockNumber: at.blockNumber, transactionHash: hash },
  request: request ? { sender: { id: address(n) }, feeUnit } : null,
  marketplaceDelivery: { deliveryRate: String(10 * n), mechServiceMultisig: payee },
})

describe('the marketplace subgraph of Olas', () => {
  it('places a delivery in its log, with consumer, price and payee of each request that was delivered', () => {
    const given = {
      marketplaceDeliveries: [delivery([1, 2, 3], [true, false, true])],
      delivers: [deliver(1), deliver(3)],
    }
    const { usage_events, payments } = decode(given)
    const place = {
      chain: GNOSIS,
      tx_hash: hash,
      log_index: 266,
      block_number: 41_500_000,
      timestamp: 1_700_000_000_000,
    }
    expect(usage_events).toMatchObject([
      { ...place, sub_index: 0, kind: 'delivered', usage_id: id(1), consumer: address(1), provider: mech },
      { ...place, sub_index: 2, kind: 'delivered', usage_id: id(3), consumer: address(3), provider: mech },
    ])
    expect(payments).toMatchObject([
      { ...place, sub_index: 0, usage_id: id(1), from: address(1), to: payee, amount: 10n, kind: 'price' },
      { ...place, sub_index: 2, usage_id: id(3), from: address(3), to: payee, amount: 30n, kind: 'price' },
    ])
  })

  it.each([
    ['NATIVE', GNOSIS, 'native'],
    ['TOKEN', GNOSIS, '0xce11e14225575945b8e6dc0d4f2dd4c570f79d9f'],
    ['CREDITS', GNOSIS, 'nvm-credits:0x7d686bd1fd3cff6e45a40165154d61043af7d67c'],
    ['USDC', GNOSIS, null],
    ['NATIVE', 'eip155:1', null],
    [null, GNOSIS, null],
  ])('knows what a price of unit %s on %s is in from the trackers: %s', (unit, chain, asset) => {
    const given = { marketplaceDeliveries: [delivery([1], [true])], delivers: [deliver(1, unit)] }
    expect(decode(given, chain).payments).toMatchObject([{ asset, amount: 10n }])
  })

  it('does not choose between two trackers of one unit', () => {
    const tracker = olasMech.deployments.find(({ asset }) => asset?.startsWith('0x') === true) as Deployment
    const another = { ...tracker, role: 'balance-tracker', chain: GNOSIS, asset: address(0xff) }
    const given = { marketplaceDeliveries: [delivery([1], [true])], delivers: [deliver(1)] }
    expect(decode(given, GNOSIS, [...olasMech.deployments, another]).payments).toMatchObject([{ asset: null }])
  })

  it('leaves open what no entity tells', () => {
    const alone = decode({
      marketplaceDeliveries: [delivery([1, 2], [true, true])],
      delivers: [deliver(2, 'TOKEN', false)],
    })
    expect(alone.usage_events).toMatchObject([{ consumer: null }, { consumer: null }])
    expect(alone.payments).toMatchObject([
      { from: null, to: null, amount: null },
      { from: null, to: payee, amount: 20n },
    ])
  })

  it('takes a request signed off chain for requested and delivered at once', () => {
    const signed = { id: `${hash}01000000`, ...at, deliveryMech: mech, requester: address(9), requestIds: [id(9)] }
    const { usage_events, payments } = decode({
      marketplaceDeliveryWithSignatures_collection: [signed],
      delivers: [{ ...deliver(9, null, false), id: id(9) }],
    })
    expect(usage_events?.map(({ kind, consumer, provider }) => [kind, consumer, provider])).toEqual([
      ['requested', address(9), mech],
      ['delivered', address(9), mech],
    ])
    expect(payments).toMatchObject([{ from: address(9), to: payee, amount: 90n, asset: null }])
  })

  it('keeps the digest of what was asked, by the request and not by its place', () => {
    const request = {
      id: `${hash}02000000`,
      ...at,
      priorityMech: mech,
      requester: address(5),
      requestIds: [id(1), id(2)],
    }
    const details = { id: id(2), blockNumber: at.blockNumber, marketplaceRequest: { ipfsHashBytes: id(77) } }
    const { usage_events } = decode({ marketplaceRequests: [request], requests: [details] })
    expect(usage_events?.map(({ usage_id, payload_hash }) => [usage_id, payload_hash])).toEqual([
      [id(1), null],
      [id(2), id(77)],
    ])
  })

  it('does not take a legacy request or delivery for one of the marketplace', () => {
    const details = { id: id(2), blockNumber: at.blockNumber, marketplaceRequest: null }
    const legacy = { ...deliver(2), marketplaceDelivery: null }
    expect(decode({ requests: [details], delivers: [legacy] })).toEqual({ usage_events: [], payments: [] })
  })

  it('refuses an id that does not hold the place of a log', () => {
    const { marketplaceDeliveries } = subgraph!.entities
    const sound = delivery([1], [true])
    expect(marketplaceDeliveries!.safeParse(sound).success).toBe(true)
    for (const wrong of [`${hash}0a`, `0x${'11'.repeat(36)}`, id(1)])
      expect(marketplaceDeliveries!.safeParse({ ...sound, id: wrong }).success).toBe(false)
  })
})
