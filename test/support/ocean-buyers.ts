import { ocean } from '../../src/protocols/ocean.ts'
import { DATA_FARMING } from '../../src/protocols/ocean-deployments.ts'
import type { Facts } from '../../src/records/index.ts'
import type { Reward } from '../../src/records/reward.ts'
import { contextRows } from '../../src/sources/protocol-rows.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { poisson } from './draft-windows.ts'
import { payment, usageEvent } from './records.ts'

const CHAIN = 'eip155:1'
const OCEAN = '0x967da4048cd07ab37855c090aaf366e4ce1b9f48'
export const WEEK = 7 * 86_400_000
/** Week 29 of Data Farming, in which an asset was rewarded at 0.001 of its consume volume and no more at 0.0785. */
const CUT = Date.parse('2023-03-16')
const [BEFORE, AFTER] = [14, 3]
const REWARDED = 80
const OTHERS = 160
export const DROP = 0.7

/** Buyers of data over the weeks around the cut, of whom a third are rewarded for what they buy until then. */
export function buyData(): Facts {
  const random = randomStream(1, 'data farming')
  const usage_events: Facts['usage_events'] & object[] = []
  const payments: Facts['payments'] & object[] = []
  const rewards: Reward[] = []
  for (let buyer = 0; buyer < REWARDED + OTHERS; buyer++) {
    const wallet = `0x${(0xb000000 + buyer).toString(16).padStart(40, '0')}`
    const level = 4 * Math.exp(0.8 * random.normal())
    for (let week = -BEFORE; week < AFTER; week++) {
      const left = buyer < REWARDED && week >= 0 ? 1 - DROP : 1
      const spent = Math.round(1e6 * Math.exp(random.normal()))
      for (let k = poisson(random, Math.min(200, level * left)); k > 0; k--) {
        const at = CUT + (week + random.next()) * WEEK
        const datatoken = `0x${(0xd000000 + random.below(20)).toString(16).padStart(40, '0')}`
        const place = {
          ...{ chain: CHAIN, protocol: ocean.id, timestamp: Math.floor(at), block_number: Math.floor(at / 12_000) },
          ...{ tx_hash: `0x${usage_events.length.toString(16).padStart(64, '0')}`, usage_id: `${usage_events.length}` },
        }
        usage_events.push(usageEvent({ ...place, consumer: wallet, provider: datatoken, service: datatoken }))
        payments.push(
          payment({ ...place, from: wallet, to: datatoken, asset: OCEAN, amount: BigInt(spent) * 10n ** 12n }),
        )
      }
      if (buyer < REWARDED && week < 0) rewards.push(rewardOf(wallet, CUT + (week + 1) * WEEK, rewards.length))
    }
  }
  const { protocols, assets, programmes, rates } = contextRows(ocean, CHAIN)
  return { usage_events, payments, rewards, protocols, assets, programmes, rates } as Facts
}

function rewardOf(recipient: string, timestamp: number, row: number): Reward {
  return {
    ...{ chain: CHAIN, tx_hash: `0x${row.toString(16).padStart(64, 'f')}`, log_index: 0, sub_index: 0 },
    ...{ protocol: ocean.id, programme: DATA_FARMING, block_number: Math.floor(timestamp / 12_000), timestamp },
    ...{ recipient, subject: null, asset: OCEAN, amount: 10n ** 18n, epoch: null, basis: null, source: 'test' },
  }
}
