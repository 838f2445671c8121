import { amountsOf, economy, timesOf, weightOf } from './economy.ts'
import { defineFeature } from './feature.ts'
import { reportedValue } from './reported-value.ts'

/** What incentive programmes paid to wallets. */
export type RewardTotals = {
  /** By wallet, in the unit of the value measure; NaN: something was paid that has no known value. */
  readonly value: Float64Array
  /** UTC ms of the last reward to anybody; null: there is none. */
  readonly lastAt: number | null
}

export const rewardTotals = defineFeature({
  id: 'reward-totals',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<RewardTotals> {
    const { names, assets } = await get(economy)
    const { basis } = await get(reportedValue)
    const columns = await ledger.columns('reward-amounts')
    const wallet = columns.wallet_index as Int32Array
    const weights = assets.map(({ chain, asset }) => weightOf(basis, chain, asset) || Number.NaN)
    const amounts = amountsOf(columns)
    const value = new Float64Array(names.length)
    wallet.forEach((one, row) => {
      value[one]! += amounts[row]! * (weights[(columns.asset_index as Int32Array)[row]!] ?? Number.NaN)
    })
    const times = timesOf(columns.rewarded_at as BigInt64Array)
    return { value, lastAt: times.length === 0 ? null : times.reduce((last, time) => Math.max(last, time)) }
  },
})
