import type { SqlRow } from '../ledger/ledger.ts'

/** The price of one whole unit of an asset in US dollars, and who says so. */
export type Price = {
  readonly chain: string
  readonly asset: string
  /** Decimal text, such as `1` or `2315.07`. */
  readonly usd: string
  readonly source: string
  /** Where the ledger does not know them. */
  readonly decimals?: number
  readonly symbol?: string
}

/** One asset that counted usage was paid in. Amounts are in its smallest unit; null: not known. */
export type AssetTotal = {
  readonly chain: string
  readonly asset: string | null
  readonly symbol: string | null
  readonly decimals: number | null
  readonly declared: boolean
  readonly price: Price | null
  readonly usages: number
  readonly withAmount: number
  readonly overflowing: number
  readonly total: bigint
  readonly selfTotal: bigint
}

/** What a value measure counts in, and how much of an asset is one unit of it. */
export type ValueBasis =
  | {
      readonly status: 'measured'
      readonly basis: 'usd' | 'asset'
      readonly asset: string | null
      readonly weigh: Weigh
    }
  | { readonly status: 'unavailable'; readonly reason: string }

/** Value of an amount, times 10^18; null where the asset has no part in the measure. */
type Weigh = (chain: string, asset: string | null, amount: bigint) => bigint | null

export const VALUE_SCALE = 18
const HALF = 10n ** 18n

export function assetTotals(rows: readonly SqlRow[], prices: readonly Price[]): AssetTotal[] {
  return rows.map((row) => ({
    ...describeAsset(row, prices),
    usages: Number(row.usages),
    withAmount: Number(row.priced_usages),
    overflowing: Number(row.overflowing),
    total: BigInt(row.high ?? 0) * HALF + BigInt(row.low ?? 0),
    selfTotal: BigInt(row.self_high ?? 0) * HALF + BigInt(row.self_low ?? 0),
  }))
}

/** Whether an amount of the asset can be turned into dollars: declared, priced, and of known decimals. */
export function isPriced(asset: AssetTotal): boolean {
  return asset.declared && asset.price !== null && asset.decimals !== null && asset.withAmount > 0
}

/**
 * Dollars where any declared asset has a price; else the amount of the one declared asset; else no value measure.
 * An asset that nobody declares is never weighed: anybody can mint one.
 */
export function valueBasis(assets: readonly AssetTotal[]): ValueBasis {
  const priced = assets.filter(isPriced)
  if (priced.length > 0) {
    const weights = new Map(priced.map((asset) => [`${asset.chain} ${asset.asset}`, usdWeight(asset)]))
    return {
      status: 'measured',
      basis: 'usd',
      asset: null,
      weigh: (chain, asset, amount) => weights.get(`${chain} ${asset}`)?.(amount) ?? null,
    }
  }
  const declared = assets.filter((asset) => asset.declared && asset.withAmount > 0)
  const only = declared[0]
  if (declared.length === 1 && only !== undefined)
    return {
      status: 'measured',
      basis: 'asset',
      asset: only.symbol ?? only.asset,
      weigh: (chain, asset, amount) =>
        chain === only.chain && asset === only.asset ? (amount * HALF) / 10n ** BigInt(only.decimals ?? 0) : null,
    }
  if (assets.every((asset) => asset.withAmount === 0))
    return { status: 'unavailable', reason: 'no usage has an amount' }
  return {
    status: 'unavailable',
    reason:
      declared.length === 0
        ? 'no asset that usage was paid in is declared or priced'
        : 'several assets are declared and none is priced; give --prices',
  }
}

/** Dollars of an amount, times 10^18; null where the asset is not declared, has no price or its decimals are not known. */
export function inDollars(asset: Pick<AssetTotal, 'declared' | 'price' | 'decimals'>, amount: bigint): bigint | null {
  return asset.declared && asset.price !== null && asset.decimals !== null ? usdWeight(asset)(amount) : null
}

/** What a row of an asset, with the prices that the auditor gives, says of it. */
export function describeAsset(
  row: SqlRow,
  prices: readonly Price[],
): Pick<AssetTotal, 'chain' | 'asset' | 'symbol' | 'decimals' | 'declared' | 'price'> {
  const chain = String(row.chain)
  const asset = row.asset === null ? null : String(row.asset)
  const given = prices.find((price) => price.chain === chain && price.asset === asset)
  const pegged =
    row.peg === 'USD' && asset !== null ? { chain, asset, usd: '1', source: 'one US dollar by its declaration' } : null
  return {
    ...{ chain, asset },
    symbol: row.symbol === null ? (given?.symbol ?? null) : String(row.symbol),
    decimals: row.decimals === null ? (given?.decimals ?? null) : Number(row.decimals),
    declared: row.declared === true || given !== undefined,
    price: given ?? pegged,
  }
}

function usdWeight(asset: Pick<AssetTotal, 'price' | 'decimals'>): (amount: bigint) => bigint {
  const [whole = '0', fraction = ''] = (asset.price as Price).usd.split('.')
  const price = BigInt(whole + fraction)
  const scale = 10n ** BigInt((asset.decimals as number) + fraction.length)
  return (amount) => (amount * price * HALF) / scale
}

/** A scaled value as decimal text with at most `digits` decimals, cut, never rounded up. */
export function scaledText(value: bigint, digits = 6): string {
  const whole = value / HALF
  const fraction = (value % HALF).toString().padStart(VALUE_SCALE, '0').slice(0, digits).replace(/0+$/, '')
  return fraction === '' ? `${whole}` : `${whole}.${fraction}`
}

/** part / whole as a number in [0, 1], exact to 10^-15. */
export function ratio(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10n ** 15n) / whole) / 1e15
}
