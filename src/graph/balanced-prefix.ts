import { least, type MinimumTree, minimumTree, update, valueAt } from './minimum-tree.ts'

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
 * https://doi.org/10.1145/3442381.3449824, section 4.3): O(rows log nodes). `marginMillionths` is in millionths of the mean.
 */
export function balancedPrefix(trades: Trades, rows: Int32Array, marginMillionths: bigint, places: Int32Array): number {
  const window = open(trades, rows, places)
  const { payers, payees, amounts, balances } = window
  // More than all changes of `apart` are rounded by together: none of them exceeds twice what was traded.
  const rounding = 1e-15 * rows.length * Number(window.total)
  let tree: MinimumTree | undefined
  let count = rows.length
  for (; count > 1; count--) {
    const limit = (Number(marginMillionths * window.total) * (1 + 1e-9)) / (1e6 * count)
    // Where all balance, so do they on average: most trades are dropped on that alone, before a tree is grown.
    if (window.apart <= limit * balances.length + rounding) tree ??= minimumTree(Float64Array.from(balances, closeness))
    // Doubles rule out nearly all that is left, at a slack far above their rounding; whole numbers decide.
    if (tree !== undefined && -valueAt(tree, least(tree)) <= limit && areBalanced(window, count, marginMillionths))
      break
    const [payer, payee, amount] = [payers[count - 1]!, payees[count - 1]!, amounts[count - 1]!]
    window.apart += change(balances, payer, amount) + change(balances, payee, -amount)
    window.total -= amount
    if (tree === undefined) continue
    update(tree, payer, closeness(balances[payer]!))
    update(tree, payee, closeness(balances[payee]!))
  }
  return count > 1 ? count : 0
}

type Window = {
  readonly payers: Int32Array
  readonly payees: Int32Array
  readonly amounts: readonly bigint[]
  readonly balances: bigint[]
  total: bigint
  /** Sum of the absolute balances, to rounding. */
  apart: number
}

/** All trades of the rows, between nodes numbered as they come. */
function open({ from, to, amount }: Trades, rows: Int32Array, places: Int32Array): Window {
  const members: number[] = []
  const place = (node: number) => {
    if (places[node] === -1) places[node] = members.push(node) - 1
    return places[node]!
  }
  const payers = rows.map((row) => place(from[row]!))
  const payees = rows.map((row) => place(to[row]!))
  for (const node of members) places[node] = -1
  const amounts = Array.from(rows, (row) => amount(row))
  const balances = new Array<bigint>(members.length).fill(0n)
  let total = 0n
  for (let i = 0; i < rows.length; i++) {
    total += amounts[i]!
    balances[payers[i]!]! -= amounts[i]!
    balances[payees[i]!]! += amounts[i]!
  }
  const apart = balances.reduce((sum, balance) => sum - closeness(balance), 0)
  return { payers, payees, amounts, balances, total, apart }
}

/** By how much a balance lies further from 0 after `amount` is added. */
function change(balances: bigint[], member: number, amount: bigint): number {
  const before = balances[member]!
  balances[member] = before + amount
  return closeness(before) - closeness(before + amount)
}

function areBalanced({ balances, total }: Window, count: number, marginMillionths: bigint): boolean {
  const scale = BigInt(count) * 1_000_000n
  const within = (balance: bigint) => (balance < 0n ? -balance : balance) * scale <= marginMillionths * total
  return total > 0n && balances.every(within)
}

const closeness = (balance: bigint): number => -Math.abs(Number(balance))
