import { expect, it } from 'vitest'
import { programmeAccounts } from '../../src/clusters/programme-accounts.ts'
import { feeValues } from '../../src/features/usage-fees.ts'
import type { Asset, Link } from '../../src/records/context.ts'
import type { Reward } from '../../src/records/reward.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const DAY = 86_400_000
/** Who pays whom on which day, and what of it is a fee. */
const uses = [
  { usage_id: '1', consumer: '0xaa', provider: '0xbb', timestamp: 8 * DAY, amount: 100n, fee: 10n },
  { usage_id: '2', consumer: '0xaa', provider: '0xab', timestamp: 9 * DAY, amount: 50n, fee: 5n },
  { usage_id: '3', consumer: '0xaa', provider: '0xbb', timestamp: 15 * DAY, amount: 7n, fee: 0n },
  { usage_id: '4', consumer: '0xcc', provider: '0xbb', timestamp: 16 * DAY, amount: null, fee: 0n },
  { usage_id: '5', consumer: '0xdd', provider: '0xbb', timestamp: 16 * DAY, amount: 3n, fee: 0n },
].map((use) => ({ ...use, tx_hash: `0x${use.usage_id}` }))
const rewards = [
  { recipient: '0xaa', amount: 120n, timestamp: 14 * DAY },
  { recipient: '0xaa', amount: 20n, timestamp: 21 * DAY },
  { recipient: '0xcc', amount: 20n, timestamp: 21 * DAY },
  { recipient: '0xdd', amount: null, timestamp: 20 * DAY },
  { recipient: '0xbb', amount: 9n, timestamp: 20 * DAY },
].map((reward, i): Reward => {
  const place = { chain: 'eip155:1', tx_hash: `0xf${i}`, log_index: 0, sub_index: 0, block_number: 1, source: 'test' }
  return {
    ...place,
    ...reward,
    subject: null,
    protocol: 'test',
    programme: 'p',
    asset: '0xee',
    epoch: null,
    basis: null,
  }
})
const asset: Asset = {
  ...{ chain: 'eip155:1', asset: '0xee', symbol: 'USDX', decimals: 0, declared: true, peg: 'USD', source: 'test' },
}
const owner = {
  chain: 'eip155:1',
  object: '0xo',
  kind: 'owner',
  from_block: null,
  to_block: null,
  source: 'test',
} as const
const facts = {
  usage_events: uses.map(({ amount: _, fee: __, ...use }) => usageEvent(use)),
  payments: uses.flatMap(({ amount, fee, consumer, provider, ...use }) => [
    payment({ ...use, from: consumer, to: provider, asset: '0xee', amount }),
    payment({ ...use, from: provider, to: '0xfee', asset: '0xee', amount: fee, leg: 1, kind: 'platform-fee' }),
  ]),
  ...{ rewards, assets: [asset] },
  links: ['0xaa', '0xab'].map((subject): Link => ({ ...owner, subject })),
}

it('an entity has what it was paid and paid away by weeks, and the fees of what it paid to itself', () =>
  withLedger(facts, async ({ context }) => {
    expect([...(await context.get(feeValues))]).toEqual([10, 5, 0, 0, 0])
    const { unit, accounts } = await context.get(programmeAccounts)
    expect(unit).toBe('USD')
    expect(accounts).toHaveLength(1)
    const { programme, entity, week, rewards, paid, fees } = accounts[0]!
    expect(programme).toBe('p')
    // Neither who has a price or reward that is not known, nor who was rewarded and used nothing.
    expect(new Set(entity).size).toBe(1)
    expect([week, rewards, paid, fees].map((column) => [...column])).toEqual([
      [0, 1],
      [20, 120],
      [7, 100],
      [0, 5],
    ])
  }))
