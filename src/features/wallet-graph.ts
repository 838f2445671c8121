import type { TypedColumns } from '../ledger/ledger.ts'
import { settlements } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** Every wallet that pays, is paid, sends or receives, by its number. */
export type Wallets = {
  readonly names: readonly string[]
}

/** Numbers all wallets, and keeps the transfers that settle no usage for the features below. */
export const wallets = defineFeature({
  id: 'wallets',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<Wallets> {
    await get(settlements)
    await ledger.materialize('free-transfers')
    await ledger.materialize('wallet-numbers')
    const rows = await ledger.rows('numbered-wallets')
    return { names: rows.map(({ wallet }) => String(wallet)) }
  },
})

/** For each wallet the number of another one, or −1, and when, in UTC ms. */
export type WalletLink = { readonly to: Int32Array; readonly at: BigInt64Array }

/** Who sent each wallet its first native currency; −1 where the ledger did not see it. */
export const funding = walletLink('funding', 'first-fundings', ['funder_index', 'funded_at'], true)
/** Who sent each wallet its first token. */
export const tokenFunding = walletLink('token-funding', 'first-fundings', ['funder_index', 'funded_at'], false)
/** Where the last native currency of each wallet went; −1 where it sent none. */
export const sweep = walletLink('sweep', 'last-sweeps', ['target_index', 'swept_at'], true)
/** Where the last tokens of each wallet went that paid for no usage. */
export const tokenSweep = walletLink('token-sweep', 'last-sweeps', ['target_index', 'swept_at'], false)

function walletLink(id: string, query: string, [other, time]: readonly [string, string], is_native: boolean) {
  return defineFeature({
    id,
    reads: ['usage_events', 'transfers'],
    async compute({ ledger, get }): Promise<WalletLink> {
      const { names } = await get(wallets)
      const columns = await ledger.columns(query, { is_native })
      return linkOf(names.length, columns, ['wallet_index', other, time])
    },
  })
}

/**
 * The wallet from which the funding of each comes in the end, itself where nobody funded it, and how many steps away it
 * is. Wallets that fund each other in a circle have the least number among them as their root, at depth 0.
 */
export const fundingTree = defineFeature({
  id: 'funding-tree',
  reads: ['usage_events', 'transfers'],
  async compute({ get }) {
    const { to } = await get(funding)
    return rootsOf(to)
  },
})

/** Follows each wallet to its root once, in time linear in the number of wallets. */
export function rootsOf(parent: Int32Array): { readonly root: Int32Array; readonly depth: Int32Array } {
  const root = new Int32Array(parent.length).fill(-1)
  const depth = new Int32Array(parent.length)
  const onPath = new Int32Array(parent.length).fill(-1)
  const path: number[] = []
  for (let start = 0; start < parent.length; start += 1) {
    path.length = 0
    let at = start
    while (at !== -1 && root[at] === -1 && onPath[at] !== start) {
      onPath[at] = start
      path.push(at)
      at = parent[at]!
    }
    const circle = at !== -1 && root[at] === -1 ? path.splice(path.indexOf(at)) : []
    const least = circle.reduce((a, b) => Math.min(a, b), circle[0] ?? -1)
    for (const one of circle) root[one] = least
    for (let i = path.length - 1; i >= 0; i -= 1) {
      const wallet = path[i]!
      const above = parent[wallet]!
      root[wallet] = above === -1 ? wallet : root[above]!
      depth[wallet] = above === -1 ? 0 : depth[above]! + 1
    }
  }
  return { root, depth }
}

function linkOf(
  size: number,
  columns: TypedColumns,
  [wallet, other, time]: readonly [string, string, string],
): WalletLink {
  const to = new Int32Array(size).fill(-1)
  const at = new BigInt64Array(size)
  const wallets = columns[wallet] as Int32Array
  for (let i = 0; i < wallets.length; i += 1) {
    to[wallets[i]!] = (columns[other] as Int32Array)[i]!
    at[wallets[i]!] = (columns[time] as BigInt64Array)[i]!
  }
  return { to, at }
}
