import type { AnyProtocol } from '../protocols/protocol.ts'

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
  // Test chains stand in the list by the address of one's own machine.
  const url = known.rpcUrls.default.http.find((one) => !/\/\/(localhost|127\.)/.test(one)) ?? null
  return { name: known.name, url, currency: { symbol, decimals } }
}

type Chain = {
  readonly id: number
  readonly name: string
  readonly testnet?: boolean | undefined
  readonly nativeCurrency: { readonly symbol: string; readonly decimals: number }
  readonly rpcUrls: { readonly default: { readonly http: readonly string[] } }
}

/** Where a network could be read without an endpoint of one's own. Null: viem knows no such chain, or no node of it. */
export type PublicNode = {
  readonly protocol: string
  readonly chain: string
  readonly name: string | null
  readonly url: string | null
}

/** The public node of each chain of the networks. Nothing is asked of them. */
export async function publicNodes(protocols: readonly AnyProtocol[]): Promise<PublicNode[]> {
  const places = protocols.flatMap(({ id, deployments }) =>
    [...new Set(deployments.map(({ chain }) => chain))].map((chain) => ({ protocol: id, chain })),
  )
  return Promise.all(
    places.map(async (place) => {
      const known = await knownChain(place.chain)
      return { ...place, name: known?.name ?? null, url: known?.url ?? null }
    }),
  )
}

export function describePublicNode({ protocol, chain, name, url }: PublicNode): string {
  const flag = `--rpc ${chain.replace('eip155:', '')}=<url>`
  if (url === null) return `${protocol} on ${chain}: no public node of it is known. Next: pass ${flag}`
  return `${protocol} on ${chain}: would read ${url} (viem's public node of ${name}; limits unknown). Next: pass ${flag}`
}
