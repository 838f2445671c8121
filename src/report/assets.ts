import { boundedDecimal, clipName, exactDecimal, shortAddress } from './format.ts'
import type { Report } from './report.ts'

export type AssetName = { readonly symbol: string | null; readonly decimals: number | null }

/** Finds the symbol and decimals of an asset, as far as the report holds them. */
export function assetNames(report: Report): (chain: string, asset: string | null) => AssetName {
  const names = new Map(report.reported.byAsset.map((row) => [JSON.stringify([row.chain, row.asset]), row]))
  return (chain, asset) => names.get(JSON.stringify([chain, asset])) ?? { symbol: null, decimals: null }
}

/** An exact amount with its asset: `1,000.5 DAI`, or in the smallest unit where the decimals are unknown. */
export function formatAmount(amount: string | null, asset: string | null, name: AssetName): string {
  const unit = clipName(name.symbol ?? (asset === null ? 'of an unknown asset' : shortAddress(asset)))
  if (amount === null) return `unknown amount, ${unit}`
  if (name.decimals === null) return `${boundedDecimal(amount)} smallest units, ${unit}`
  return `${boundedDecimal(exactDecimal(amount, name.decimals))} ${unit}`
}
