/** What viem knows of a chain. */
export type KnownChain = {
  readonly name: string
  /** A node that anybody may ask, within limits that nobody states; null: none is known. */
  readonly url: string | null
  /** The symbol and decimals of the chain's own currency. */
  readonly currency: { readonly symbol: string; readonly decimals: number }
}

/** Looks a chain up in viem's list by its CAIP-2 id; null where it stands in none. Nothing is asked of any node. */
export async function knownChain(chain: string): Promise<KnownChain | null> {
  // The list is larger than all else that the program loads, and few commands want it.
  const chains: readonly Chain[] = Object.values(await import('viem/chains'))
  const found = chains.filter((one) => `eip155:${one.id}` === chain)
  const known = found.find(({ testnet }) => testnet !== true) ?? found[0]
  if (known === undefined) return null
  const { symbol, decimals } = known.nativeCurrency
  return { name: known.name, url: known.rpcUrls.default.http[0] ?? null, currency: { symbol, decimals } }
}

type Chain = {
  readonly id: number
  readonly name: string
  readonly testnet?: boolean | undefined
  readonly nativeCurrency: { readonly symbol: string; readonly decimals: number }
  readonly rpcUrls: { readonly default: { readonly http: readonly string[] } }
}
