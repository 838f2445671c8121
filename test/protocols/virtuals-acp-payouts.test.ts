import { keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AcpChain, client, eventsOf, legsOf, provider, startAcpChain, treasury } from '../support/acp-chain.ts'

let chain: AcpChain
let token: string
let perform: AcpChain['perform']
beforeAll(async () => {
  chain = await startAcpChain()
  token = chain.token.address
  perform = chain.perform
})
afterAll(() => chain.anvil.stop())

const hash = (text: string) => keccak256(toHex(text))

const job = 1_000_000_001n

describe('payouts', () => {
  beforeAll(async () => {
    await perform(chain.router, 'install')
  })

  it('takes delivery for completion where nobody evaluates, and both fees for the platform’s', async () => {
    const [free, of] = [job + 1n, `v2:${job + 1n}`]
    await perform(chain.router, 'fund', [free, client, token, 100n])
    const done = await perform(chain.router, 'deliver', [free, provider, 'work', false, token, 100n])
    expect(eventsOf(done)).toEqual([
      ['delivered', of, { provider, work: hash('work') }],
      ['settled', of, {}],
    ])
    expect(legsOf(done).map(([kind, , , to]) => [kind, to])).toEqual([
      ['net', provider],
      ['platform-fee', treasury],
      ['platform-fee', treasury],
    ])
  })

  it('are one for a job', async () => {
    const twice = job + 3n
    await perform(chain.router, 'fund', [job + 4n, client, token, 200n])
    const stolen = await perform(chain.router, 'payTwice', [twice, provider, token, 100n])
    expect(legsOf(stolen).filter(([kind]) => kind === 'net')).toHaveLength(1)
    expect(stolen.facts.rejects).toMatchObject([
      { table_name: 'payments', reason: 'a second payout of one job in one transaction is above its budget' },
    ])
    expect(JSON.parse(stolen.facts.rejects![0]!.raw)).toMatchObject({ jobId: String(twice), amount: '80' })
  })
})
