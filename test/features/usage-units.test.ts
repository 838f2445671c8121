import { expect, it } from 'vitest'
import { programmePanels } from '../../src/clusters/programme-panels.ts'
import { programmeRewards } from '../../src/features/programme-rewards.ts'
import { usageUnits } from '../../src/features/usage-units.ts'
import type { Reward } from '../../src/records/reward.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const DAY = 86_400_000
const uses = [
  { protocol: 'b', usage_id: '1', consumer: '0xaa', units: 5n, timestamp: DAY },
  { protocol: 'a', usage_id: '2', consumer: '0xcc', units: null, timestamp: 2 * DAY },
  { protocol: 'a', usage_id: '3', consumer: '0xaa', units: 10n ** 15n, timestamp: 3 * DAY },
  { protocol: 'a', usage_id: '4', consumer: '0xaa', units: 7n, timestamp: 4 * DAY },
].map((use) => ({ ...use, tx_hash: `0x${use.usage_id}` }))
const rewards = [
  { recipient: '0xaa', subject: null, amount: 3n, timestamp: 5 * DAY },
  { recipient: '0x99', subject: '0xcc', amount: null, timestamp: 4 * DAY },
  { recipient: '0x99', subject: null, amount: 1n, timestamp: 4 * DAY },
].map((reward, i): Reward => {
  const place = { chain: 'eip155:1', tx_hash: `0xf${i}`, log_index: 0, sub_index: 0, block_number: 1, source: 'test' }
  return { ...place, ...reward, protocol: 'a', programme: 'p', asset: 'native', epoch: null, basis: null }
})
const facts = {
  usage_events: uses.map((use) => usageEvent(use)),
  payments: uses.map(({ units: _, consumer, ...use }) => payment({ ...use, from: consumer })),
  rewards,
}

it('units and networks of payments stand in the order of usage', () =>
  withLedger(facts, async ({ context }) => {
    const { protocols, protocol, units } = await context.get(usageUnits)
    expect(protocols).toEqual(['a', 'b'])
    expect([...protocol]).toEqual([0, 0, 0, 1])
    expect([...units]).toEqual([Number.NaN, Number.NaN, 7, 5])
  }))

it('rewards belong to the recipient, or to the party for which they were paid', () =>
  withLedger(facts, async ({ context }) => {
    const { programmes, party, time, amount } = await context.get(programmeRewards)
    expect(programmes).toEqual([{ protocol: 'a', programme: 'p' }])
    expect([...time]).toEqual([4 * DAY, 5 * DAY])
    expect([...amount]).toEqual([Number.NaN, 3])
    expect(party[0]).not.toBe(party[1])
  }))

it('a panel holds the uses of its own network, and ends with the last reward where no term is dated', () =>
  withLedger(facts, async ({ context }) => {
    const [panel, ...others] = await context.get(programmePanels)
    expect(others).toEqual([])
    expect(panel!.cuts).toEqual([{ date: 5 * DAY, what: 'the last reward', ratio: 0 }])
    expect([...panel!.uses.time].sort()).toEqual([2 * DAY, 3 * DAY, 4 * DAY])
    expect([...panel!.uses.counted]).toEqual([1, 1, 1])
    expect([...panel!.rewards.isMet]).toEqual([1, 1])
  }))
