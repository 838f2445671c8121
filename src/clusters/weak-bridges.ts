import { find, singletons, unite } from '../graph/union-find.ts'
import { cutEdges } from './cut-edges.ts'
import { type Links, strongestFirst } from './links.ts'

/** A link without which a component of so many wallets falls apart is weak below this probability. */
export type BridgeRule = {
  readonly below: number
  readonly component: number
  /** It may still join where one side has fewer wallets than this. */
  readonly side: number
}

/**
 * Weak links that alone hold two large parts together: 1 for each such link. One wrong link between two groups makes one of
 * them, so that it must be surer than those within. Of weak links in one component the surest join first. A pair must not
 * be linked twice.
 */
export function weakBridges(wallets: number, links: Links, { below, component, side }: BridgeRule): Uint8Array {
  const { first, second, probability } = links
  const whole = singletons(wallets)
  for (let link = 0; link < first.length; link += 1) unite(whole, first[link]!, second[link]!)
  const isCut = cutEdges(wallets, links)
  const isWeak = isCut.map((cut, link) =>
    Number(cut === 1 && probability[link]! < below && whole.size[find(whole, first[link]!)]! >= component),
  )
  const sets = singletons(wallets)
  for (let link = 0; link < first.length; link += 1) if (isWeak[link] === 0) unite(sets, first[link]!, second[link]!)
  const bridges = new Uint8Array(first.length)
  for (const link of strongestFirst(links)) {
    if (isWeak[link] === 0) continue
    const sizes = [first[link]!, second[link]!].map((wallet) => sets.size[find(sets, wallet)]!)
    if (sizes.every((size) => size >= side)) bridges[link] = 1
    else unite(sets, first[link]!, second[link]!)
  }
  return bridges
}
