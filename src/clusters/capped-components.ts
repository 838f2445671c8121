import { find, singletons, unite } from '../graph/union-find.ts'
import type { WalletActivity } from './wallet-activity.ts'

/** Counterparties up to which an address is no service, by the usual rule. */
export const CAPPED_DEGREE = 10

/** A connected part of the graph without nodes of too many counterparties, as each wallet in it sees it. */
export type CappedComponents = {
  /** Of each wallet; the wallet itself where it was left out. */
  readonly component: Int32Array
  readonly addresses: Float64Array
  /** Wallets in it, 0 for a wallet that was left out. */
  readonly wallets: Float64Array
}

/** The usual rule of thumb: services have many counterparties, so leave out every node with more than `cap`. */
export function cappedComponents(activity: WalletActivity, degree: Int32Array, cap: number): CappedComponents {
  const { nodes, wallets, from, to } = activity
  const sets = singletons(nodes)
  const isKept = (node: number) => degree[node]! <= cap
  for (let e = 0; e < from.length; e++) if (isKept(from[e]!) && isKept(to[e]!)) unite(sets, from[e]!, to[e]!)
  const members = new Int32Array(nodes)
  for (let i = 0; i < wallets; i++) members[find(sets, i)]!++
  const component = Int32Array.from({ length: wallets }, (_, i) => find(sets, i))
  return {
    component,
    addresses: Float64Array.from(component, (root) => sets.size[root]!),
    wallets: Float64Array.from(component, (root, i) => (isKept(i) ? members[root]! : 0)),
  }
}

/** Wallets in the component times their share of its addresses. */
export function degreeCapScore({ addresses, wallets }: CappedComponents): Float64Array {
  return wallets.map((count, i) => (count * count) / addresses[i]!)
}
