import type { Label, LabelKind, Link, Programme, Wallet, Window } from '../records/context.ts'
import type { Actor, Actors } from './actors.ts'
import { CHAINS, DAY_MS, OPENS, SOURCE } from './chain.ts'

/** What is known of wallets and programmes beside what moved. */
export type Context = {
  readonly labels: Label[]
  readonly links: Link[]
  readonly wallets: Wallet[]
  readonly programmes: Programme[]
  readonly windows: Window[]
}

export function recordContext({ address }: Actors) {
  const context: Context = { labels: [], links: [], wallets: [], programmes: [], windows: [] }
  return {
    context,
    /** What a public list says of a wallet, on every chain. */
    label(wallet: Actor, kind: LabelKind): void {
      context.labels.push({ address: address(wallet), chain: null, kind, name: null, source: SOURCE, as_of: null })
    },
    /** A smart account or contract, made on a day. */
    account(wallet: Actor, account_type: string, at: number): void {
      const created = OPENS + Math.floor(at * DAY_MS)
      const known = { chain: CHAINS[0], address: address(wallet), created, account_type }
      context.wallets.push({ ...known, code_hash: null, source: SOURCE })
    },
  }
}
