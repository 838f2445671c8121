import { keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AcpChain,
  client,
  evaluator,
  eventsOf,
  legsOf,
  nobody,
  provider,
  recipient,
  startAcpChain,
  treasury,
} from '../support/acp-chain.ts'

let chain: AcpChain
let token: string
let perform: AcpChain['perform']
let payments: string
beforeAll(async () => {
  chain = await startAcpChain()
  token = chain.token.address
  perform = chain.perform
})
afterAll(() => chain.anvil.stop())

const hash = (text: string) => keccak256(toHex(text))
const asks = (name: string) => JSON.stringify({ name, requirement: { topic: 'weather' } })

describe('first generation', () => {
  it('follows a job from request to payout, with net, fees and work', async () => {
    const id = 'v1:1'
    const { acp } = chain
    const created = await perform(acp, 'createJob', [1n, client, provider, evaluator, token])
    expect(eventsOf(created)).toEqual([['requested', id, { consumer: client, provider, evaluator }]])
    expect(created.facts.usage_events![0]).toMatchObject({ tx_from: chain.anvil.account, attribution: 'event' })
    const memo = await perform(acp, 'createMemo', [1n, client, asks('report')])
    expect(eventsOf(memo)).toEqual([['requested', id, { service: 'report', work: hash(asks('report')) }]])
    expect(eventsOf(await perform(acp, 'createMemo', [1n, provider, 'I accept']))).toEqual([])
    const priced = await perform(acp, 'setBudget', [1n, 1000n, token])
    expect(eventsOf(priced)).toEqual([['priced', id, {}]])
    expect(legsOf(priced)).toEqual([['price', id, null, null, token, 1000n]])
    expect(eventsOf(await perform(acp, 'enter', [1n, 1]))).toEqual([])
    const funded = await perform(acp, 'enter', [1n, 2])
    expect([eventsOf(funded), legsOf(funded)]).toEqual([[['funded', id, {}]], []])
    const delivered = await perform(acp, 'deliver', [1n, 'ipfs://work'])
    expect(eventsOf(delivered)).toEqual([['delivered', id, { provider, work: hash('ipfs://work') }]])
    const settled = await perform(acp, 'enter', [1n, 4])
    expect(eventsOf(settled)).toEqual([['settled', id, {}]])
    expect(legsOf(settled)).toEqual([
      ['evaluator-fee', id, acp.address, evaluator, token, 50n],
      ['net', id, acp.address, provider, token, 940n],
      ['platform-fee', id, acp.address, treasury, token, 10n],
    ])
    // A node gives the logs of the contract alone: what was paid stands, in what and to whom else does not.
    expect(legsOf(chain.decodeOwn(settled.raw))).toEqual([
      ['evaluator-fee', id, acp.address, evaluator, null, 50n],
      ['net', id, acp.address, provider, null, 940n],
    ])
  })

  it('does not know the token of a budget that names none', async () => {
    expect(legsOf(await perform(chain.acp, 'setBudget', [2n, 5n, nobody]))).toEqual([
      ['price', 'v1:2', null, null, null, 5n],
    ])
  })

  it('refunds a rejected job, and nothing to one that was never funded', async () => {
    const { acp } = chain
    await perform(acp, 'createJob', [3n, client, provider, nobody, token])
    await perform(acp, 'setBudget', [3n, 70n, token])
    await perform(acp, 'enter', [3n, 2])
    const rejected = await perform(acp, 'enter', [3n, 5])
    expect(eventsOf(rejected)).toEqual([
      ['rejected', 'v1:3', {}],
      ['refunded', 'v1:3', { consumer: client }],
    ])
    expect(legsOf(rejected)).toEqual([['refund', 'v1:3', acp.address, client, token, 70n]])
    const expired = await perform(acp, 'enter', [4n, 6])
    expect([eventsOf(expired), legsOf(expired)]).toEqual([[['expired', 'v1:4', {}]], []])
  })

  it('keeps principal apart from price and fees, also where both move at once', async () => {
    const { acp } = chain
    await perform(acp, 'createJob', [5n, client, provider, nobody, token])
    await perform(acp, 'setBudget', [5n, 100n, token])
    await perform(acp, 'enter', [5n, 2])
    const paid = await perform(acp, 'payPrincipal', [5n, client, recipient, token, 9000n, true])
    expect(legsOf(paid)).toEqual([
      ['principal', 'v1:5', client, recipient, token, 9000n],
      ['net', 'v1:5', acp.address, provider, token, 94n],
      ['platform-fee', 'v1:5', acp.address, treasury, token, 1n],
    ])
    const requested = await perform(acp, 'requestPrincipal', [5n, client, recipient, token, 8n])
    expect([eventsOf(requested), legsOf(requested)]).toEqual([
      [],
      [['principal', 'v1:5', client, recipient, token, 8n]],
    ])
  })
})

describe('second generation', () => {
  const job = 1_000_000_001n
  const id = `v2:${job}`

  it('finds its modules by what the router calls them', async () => {
    const { discovered } = await perform(chain.router, 'install')
    expect(discovered.map(({ role }) => role)).toEqual(['job-manager', 'memo-manager', 'payment-manager'])
    expect(discovered.map(({ source }) => source.slice(0, 19))).toEqual(Array(3).fill('announced by router'))
    payments = discovered[2]!.address
  })

  it('follows a job whose price is set again, with all that is asked and delivered', async () => {
    const { router } = chain
    const created = await perform(router, 'createJob', [job, client, provider, evaluator, token, 0n, asks('image')])
    expect(eventsOf(created)).toEqual([
      ['requested', id, { consumer: client, provider, evaluator }],
      ['priced', id, {}],
      ['requested', id, { service: 'image', work: hash(asks('image')) }],
    ])
    expect(legsOf(created)).toEqual([['price', id, null, null, token, 0n]])
    expect(legsOf(await perform(router, 'setBudget', [job, token, 500n]))).toEqual([
      ['price', id, null, null, token, 500n],
    ])
    expect(eventsOf(await perform(router, 'respond', [job, provider, 'accepted']))).toEqual([])
    expect(eventsOf(await perform(router, 'fund', [job, client, token, 500n]))).toEqual([['funded', id, {}]])
    expect(eventsOf(await perform(router, 'deliver', [job, provider, 'work', true, token, 500n]))).toEqual([
      ['delivered', id, { provider, work: hash('work') }],
    ])
    const settled = await perform(router, 'complete', [job, provider, evaluator, token, 500n])
    expect(eventsOf(settled)).toEqual([['settled', id, {}]])
    expect(legsOf(settled)).toEqual([
      ['net', id, payments, provider, token, 400n],
      ['platform-fee', id, payments, treasury, token, 50n],
      ['evaluator-fee', id, payments, evaluator, token, 50n],
    ])
    expect(legsOf(chain.decodeOwn(settled.raw))).toEqual([['net', id, payments, provider, token, 400n]])
  })

  it('refunds what was funded', async () => {
    const lost = job + 2n
    await perform(chain.router, 'fund', [lost, client, token, 60n])
    const refunded = await perform(chain.router, 'reject', [lost, client, token, 60n])
    expect(eventsOf(refunded).map(([kind]) => kind)).toEqual(['rejected', 'refunded'])
    expect(legsOf(refunded)).toEqual([['refund', `v2:${lost}`, payments, client, token, 60n]])
  })

  it('ties principal to its job by the memo, made or signed, and rejects it where nothing does', async () => {
    for (const signed of [false, true]) {
      const paid = await perform(chain.router, 'payMemo', [job, client, recipient, token, 7n, signed])
      expect([eventsOf(paid), legsOf(paid)]).toEqual([[], [['principal', id, client, recipient, token, 7n]]])
    }
    const unknown = await perform(chain.router, 'payUnknownMemo', [client, recipient, token, 7n])
    expect(legsOf(unknown)).toEqual([])
    expect(unknown.facts.rejects).toMatchObject([{ reason: 'no log of the transaction says whose memo this is' }])
  })
})
