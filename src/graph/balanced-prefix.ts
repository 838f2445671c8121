import { least, minimumTree, update, valueAt } from './minimum-tree.ts'

/**
 * Trades of one asset between nodes, in rising order of time. Amounts are whole numbers in the asset's smallest unit, too
 * large for doubles: balances are sums of them that nearly cancel, and what balances is published, so they are exact.
 */
export type Trades = {
  readonly nodes: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  amount(row: number): bigint
}

/** A place for each node, -1 between uses. */
export const placesFor = (trades: Trades): Int32Array => new Int32Array(trades.nodes).fill(-1)

/**
 * How many of `rows`, from the first, leave every node within `margin` mean trades of where it began; the most there are,
 * 0 where that is less than two. The last trade is dropped until all balance (Victor and Weintraud 2021,
 * https://doi.org/10.1145/3442381.3449824, section 4.3): O(rows log nodes), as only the largest balance is asked for.
 * `marginMillionths` is in millionths of the mean.
 */
export function balancedPrefix(trades: Trades, rows: Int32Array, marginMillionths: bigint, places: Int32Array): number {
  const { from, to } = trades
  const members: number[] = []
  const place = (node: number) => {
    if (places[node] === -1) places[node] = members.push(node) - 1
    return places[node]!
  }
  const amounts = Array.from(rows, (row) => trades.amount(row))
  const balances: bigint[] = []
  let total = 0n
  const move = (i: number, amount: bigint) => {
    const [payer, payee] = [place(from[rows[i]!]!), place(to[rows[i]!]!)]
    balances[payer] = (balances[payer] ?? 0n) - amount
    balances[payee] = (balances[payee] ?? 0n) + amount
    total += amount
    return [payer, payee]
  }
  for (let i = 0; i < rows.length; i++) move(i, amounts[i]!)
  const tree = minimumTree(Float64Array.from(balances, closeness))
  let count = rows.length
  for (; count > 1; count--) {
    // Doubles rule nearly all out, at a slack far above their rounding; whole numbers decide.
    const largest = -valueAt(tree, least(tree))
    const near = largest * count * 1e6 <= Number(marginMillionths * total) * (1 + 1e-9)
    if (near && total > 0n && balances.every((balance) => withinMargin(balance, count))) break
    for (const member of move(count - 1, -amounts[count - 1]!)) update(tree, member, closeness(balances[member]!))
  }
  for (const node of members) places[node] = -1
  return count > 1 ? count : 0

  function withinMargin(balance: bigint, trades: number): boolean {
    return (balance < 0n ? -balance : balance) * BigInt(trades) * 1_000_000n <= marginMillionths * total
  }
}

const closeness = (balance: bigint): number => -Math.abs(Number(balance))
