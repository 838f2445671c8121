import { defineFeature } from './feature.ts'
import { wallets } from './wallet-graph.ts'

/** Kinds of act, as `wallet-actions.sql` numbers them. */
const ACTIONS = 6
/** Acts in a row that make one gram. */
const GRAM = 4

/**
 * What each party does in order of time, as the set of its grams of four acts: rows of wallets in compressed form, each
 * with its grams in rising order. Wallets with fewer acts have none.
 */
export type ActionGrams = { readonly offsets: Int32Array; readonly grams: Int32Array }

export const actionSequences = defineFeature({
  id: 'action-sequences',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<ActionGrams> {
    const { names } = await get(wallets)
    const columns = await ledger.columns('wallet-actions')
    return gramsOf(names.length, columns.wallet_index as Int32Array, columns.action as Int32Array)
  },
})

/** One pass over acts that come wallet by wallet, in order. A gram is a number in base 6, most recent act last. */
export function gramsOf(size: number, wallet: Int32Array, action: Int32Array): ActionGrams {
  const offsets = new Int32Array(size + 1)
  const grams = new Int32Array(wallet.length)
  const seen = new Uint8Array(ACTIONS ** GRAM)
  let used = 0
  let row = 0
  for (let start = 0; start < wallet.length; ) {
    const one = wallet[start]!
    while (row < one) offsets[++row] = used
    const first = used
    let gram = 0
    let end = start
    for (; end < wallet.length && wallet[end] === one; end += 1) {
      gram = (gram * ACTIONS + action[end]!) % ACTIONS ** GRAM
      if (end - start < GRAM - 1 || seen[gram] === 1) continue
      seen[gram] = 1
      grams[used++] = gram
    }
    const mine = grams.subarray(first, used)
    for (const found of mine) seen[found] = 0
    mine.sort()
    start = end
  }
  while (row < size) offsets[++row] = used
  return { offsets, grams: grams.slice(0, used) }
}
