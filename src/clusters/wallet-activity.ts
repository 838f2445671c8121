import { WashboardError } from '../errors.ts'

/**
 * What clustering reads. Nodes are addresses; the first `wallets` of them are the wallets to be clustered. An inbound
 * transfer that its recipient did not initiate is told from others by its direction alone, so leave out those that cost
 * the sender nothing.
 */
export type WalletActivity = {
  readonly nodes: number
  readonly wallets: number
  /** Of each wallet, UTC ms. */
  readonly firstUse: Float64Array
  /** Of each wallet: what it moved, in any unit that all share; above 0. */
  readonly size: Float64Array
  /** Transfers, any number of edges between the same two nodes. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Kind of transfer and chain as one number below 31. */
  readonly type: Uint8Array
  readonly count: Int32Array
}

/** How many kinds of transfer and chain can be told apart. */
const TYPES = 31

/** Refuses what typed arrays and logarithms would lose without a word. */
export function checkActivity(activity: WalletActivity): void {
  const { nodes, wallets, firstUse, size, from, to, type, count } = activity
  const perWallet = [firstUse.length, size.length]
  const perEdge = [to.length, type.length, count.length]
  if (wallets > nodes || perWallet.some((n) => n !== wallets) || perEdge.some((n) => n !== from.length))
    throw new ClusterInputError('Columns of the activity differ in length.', [
      `${wallets} wallets: ${perWallet.join(', ')}. ${from.length} edges: ${perEdge.join(', ')}.`,
    ])
  for (let i = 0; i < wallets; i++)
    if (!Number.isFinite(firstUse[i]!) || !(size[i]! > 0 && size[i]! < Infinity))
      throw new ClusterInputError(`Wallet ${i} has no first use or no size.`, [`${firstUse[i]}, ${size[i]}.`])
  for (let e = 0; e < from.length; e++)
    if (from[e]! >>> 0 >= nodes || to[e]! >>> 0 >= nodes || type[e]! >= TYPES)
      throw new ClusterInputError(`Edge ${e} names a node or a type that is not there.`, [
        `From ${from[e]} to ${to[e]} of ${nodes} nodes, type ${type[e]} of ${TYPES}.`,
      ])
}

/** What was to be clustered is not a set of wallets and transfers. */
export class ClusterInputError extends WashboardError {
  override readonly name = 'ClusterInputError'

  constructor(message: string, details: readonly string[]) {
    super(message, { details, fix: 'Leave out wallets and edges of which these are not known.' })
  }
}
