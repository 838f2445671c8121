import { parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { decodeFacts } from '../../src/protocols/decode-transaction.ts'
import { eventSubgraph, logIndexIn, subgraphFields } from '../../src/protocols/event-subgraph.ts'
import { paidUsage } from '../../src/protocols/paid-usage.ts'
import { defineProtocol, type Transaction } from '../../src/protocols/protocol.ts'
import { artifacts, startAnvil } from '../support/anvil.ts'

const contracts = {
  desk: parseAbi([
    'event JobPaid(uint256 indexed jobId, address indexed buyer, address indexed seller, uint256 price, uint32 tokens, string model)',
  ]),
}

function decode(transaction: Transaction<typeof contracts>) {
  const uses = transaction.logs.map(({ args, logIndex, deployment }) => ({
    ...{ logIndex, consumer: args.buyer, provider: args.seller, asset: deployment.asset ?? null, amount: args.price },
    ...{ units: BigInt(args.tokens), service: `${args.jobId} ${args.model}` },
  }))
  return paidUsage(transaction, 'desk', uses)
}

const subgraph = eventSubgraph({
  ...{ document: { text: '{ jobPaids { id } }' }, field: 'jobPaids' },
  ...{ contracts, role: 'desk', event: 'JobPaid', decode },
})
const entityOf = subgraph.entities.jobPaids!

describe('the entities of an event', () => {
  it('give the rows that the logs of a chain give, but for the sender', async () => {
    const anvil = await startAnvil()
    const token = await anvil.deploy('Erc20')
    const desk = await anvil.deploy('JobDesk', [token.address])
    const [buyer, seller] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`]
    await anvil.send(token, 'mint', [buyer, 100n])
    await anvil.send(desk, 'pay', [[buyer, buyer], [seller, buyer], [30n, 2n], 9])
    const transactions = await anvil.transactions()
    await anvil.stop()
    const protocol = defineProtocol({
      ...{ id: 'desk', title: 'A desk', version: 1, contracts, assets: [], decode },
      deployments: [
        { ...{ chain: anvil.chain, role: 'desk', address: desk.address, asset: token.address }, ...unknownPlace },
      ],
      metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
      about: { row: '', consumer: '', provider: '', price: '', unavailable: [], traps: [], references: [] },
    })
    const last = transactions.at(-1)!
    const { facts } = decodeFacts(protocol, { ...last, from: null })
    expect(facts.usage_events).toHaveLength(2)

    // As graph-node writes them; the order of entities is that of their ids, not of the logs.
    const paid = last.logs.filter(({ address }) => address === desk.address)
    const entities = paid.map(({ logIndex }, i) => ({
      id: `${last.hash}${Buffer.from(Uint32Array.of(logIndex).buffer).toString('hex')}`,
      ...{ jobId: String(i + 1), buyer, seller: i === 0 ? seller : buyer, price: i === 0 ? '30' : '2', tokens: '9' },
      ...{ model: 'small', transactionHash: last.hash, blockNumber: String(last.blockNumber) },
      blockTimestamp: String(last.timestamp / 1000),
    }))
    const found = { jobPaids: entities.reverse().map((entity) => entityOf.parse(entity)) }
    const { deployments, assets } = protocol
    expect(subgraph.decode(found as never, { chain: anvil.chain, deployments, assets })).toEqual(facts)
  })

  const entity = {
    ...{ id: `0x${'7e'.repeat(32)}0a010000`, transactionHash: `0x${'7e'.repeat(32)}` },
    ...{ blockNumber: '5', blockTimestamp: '6', jobId: '1', buyer: `0x${'a1'.repeat(20)}` },
    ...{ seller: `0x${'b2'.repeat(20)}`, price: '30', tokens: 9, model: 'x' },
  }

  it('know their place in the log by their id', () => {
    expect(entityOf.safeParse(entity).success).toBe(true)
    expect(logIndexIn(entity.id)).toBe(266)
  })

  it.each([
    ['an id of another kind', { id: '0x01' }],
    ['an address that is none', { buyer: '0x12' }],
    ['a price that is no integer', { price: '1.5' }],
    ['no price', { price: undefined }],
  ])('are refused with %s', (_, change) => {
    expect(entityOf.safeParse({ ...entity, ...change }).success).toBe(false)
  })

  it('hold neither lists nor structs, and no argument in the place of the id', () => {
    const [event] = parseAbi(['event Done(bytes32 id, uint256[] parts, (uint256 x) job, bool ok)'])
    expect(subgraphFields(event).map(({ field }) => field)).toEqual(['id_', 'ok'])
  })

  it('need an event of the ABI', () => {
    const { desk } = contracts
    const options = { document: 'x', field: 'x', contracts: { desk }, role: 'desk', event: 'Other', decode } as const
    expect(() => eventSubgraph(options)).toThrow(/no event Other/)
    expect(artifacts.JobDesk?.abi).toContainEqual(expect.objectContaining({ name: 'JobPaid' }))
  })
})

const unknownPlace = { fromBlock: null, verified: false, source: 'test' }
