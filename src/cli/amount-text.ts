import { compactDecimal, exactDecimal } from '../report/format.ts'
import type { Reward } from '../workflows/incentives/describe-span.ts'

/** In whole units where the decimals are known. */
export function amountText({ asset }: Pick<Reward, 'asset'>, amount: string): string {
  return compactDecimal(exactDecimal(amount, asset.decimals))
}

export function assetText({ asset }: Pick<Reward, 'asset'>): string {
  return asset.symbol ?? asset.asset ?? 'of an asset that no record names'
}
