import { amountsOf, economy, timesOf, usageEconomy, weightOf } from './economy.ts'
import { defineFeature } from './feature.ts'
import { reportedValue } from './reported-value.ts'

/** What programmes paid to or for parties of counted usage: one row a reward, programme by programme in order of time. */
export type ProgrammeRewards = {
  readonly programmes: readonly { readonly protocol: string; readonly programme: string }[]
  readonly programme: Int32Array
  /** Number of the party in the economy. */
  readonly party: Int32Array
  /** Number of the asset in the economy; −1: it moved nowhere else. */
  readonly asset: Int32Array
  /** UTC ms. */
  readonly time: Float64Array
  /** In the smallest unit of the reward's asset; NaN: not known. */
  readonly amount: Float64Array
  /** In the unit of the value measure; NaN: not known. */
  readonly value: Float64Array
}

export const programmeRewards = defineFeature({
  id: 'programme-rewards',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<ProgrammeRewards> {
    await get(usageEconomy)
    const { assets } = await get(economy)
    const { basis } = await get(reportedValue)
    const columns = await ledger.columns('programme-rewards')
    const weights = assets.map(({ chain, asset }) => weightOf(basis, chain, asset) || Number.NaN)
    const amount = amountsOf(columns)
    const asset = columns.asset_index as Int32Array
    return {
      programmes: (await ledger.rows('rewarding-programmes')).map(({ protocol, programme }) => ({
        protocol: String(protocol),
        programme: String(programme),
      })),
      programme: columns.programme_index as Int32Array,
      party: columns.wallet_index as Int32Array,
      asset,
      time: timesOf(columns.rewarded_at as BigInt64Array),
      amount,
      value: amount.map((one, row) => one * (weights[asset[row]!] ?? Number.NaN)),
    }
  },
})
