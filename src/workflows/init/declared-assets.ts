import { ConfigError } from '../../errors.ts'
import type { DeclaredAsset } from '../../protocols/protocol.ts'

export type SaidOfAsset = {
  readonly chain: string
  /** A token address, or `native`. Null: an argument says it, or nobody does. */
  readonly asset: string | null
  /** The chain's own currency, where it is known. */
  readonly currency: Pick<DeclaredAsset, 'symbol' | 'decimals'> | null
  readonly decimals?: number | undefined
  readonly symbol?: string | undefined
  readonly peg?: 'USD' | undefined
}

/** What is declared of the one asset that all uses are paid in; nothing where there is not one. */
export function declaredAssets({ chain, asset, currency, peg, ...said }: SaidOfAsset): DeclaredAsset[] {
  const { symbol = currency?.symbol, decimals = currency?.decimals } = said
  if (asset === null) {
    if (said.symbol === undefined && said.decimals === undefined && peg === undefined) return []
    throw new ConfigError('A symbol, decimals or a peg are given, but not the token they are of.', {
      fix: 'Add --asset with native or the address of the token; where an argument holds it, declare its tokens in the file.',
    })
  }
  if (symbol === undefined || decimals === undefined || decimals > 38) {
    throw new ConfigError(`Amounts of ${asset} cannot be read without its symbol and its decimals, 38 at most.`, {
      fix: 'Add --symbol and --decimals, as the token itself states them.',
    })
  }
  return [{ chain, asset, symbol, decimals, ...(peg === undefined ? {} : { peg }) }]
}
