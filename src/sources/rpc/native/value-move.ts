import type { Transfer } from '../../../records/transfer.ts'
import type { Block } from '../answers.ts'

/** Native currency that went from one account to another. Amounts are in wei, or what the chain has in its place. */
export type ValueMove = {
  readonly txHash: string
  readonly blockNumber: number
  /** 0: by the transaction itself. Else its number, from 1, among the moves by calls of the transaction that stood. */
  readonly inner: number
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** A call that took effect, and where it stands in the transaction's tree of calls; at its root: the transaction itself. */
export type Call = Pick<ValueMove, 'from' | 'to' | 'amount'> & { readonly path: readonly number[] }

/** Moves of a range, with every header they lie in and those of both ends. */
export type MovesOfRange = {
  readonly moves: readonly ValueMove[]
  /** Moves whose status the node does not tell: before the fork that put it into receipts. */
  readonly unknown: readonly ValueMove[]
  readonly headers: ReadonlyMap<number, Block>
}

/**
 * The moves of one transaction, from its calls in order of execution. They are numbered, since nodes do not agree on the
 * address of a call: some give calls to built-in contracts a place among their siblings, and some do not.
 */
export function movesOf(
  { txHash, blockNumber }: Pick<ValueMove, 'txHash' | 'blockNumber'>,
  calls: readonly Call[],
): ValueMove[] {
  let inner = 0
  return calls
    .filter(({ amount }) => amount > 0n)
    .map(({ path, from, to, amount }) => {
      if (path.length > 0) inner += 1
      return { txHash, blockNumber, inner: path.length === 0 ? 0 : inner, from, to, amount }
    })
}

/** The row of one move. */
export function transferOf(chain: string, source: string, move: ValueMove, { timestamp }: Block): Transfer {
  return {
    chain,
    tx_hash: move.txHash,
    log_index: -1,
    trace_path: move.inner === 0 ? '' : String(move.inner),
    block_number: move.blockNumber,
    timestamp,
    from: move.from,
    to: move.to,
    asset: 'native',
    amount: move.amount,
    token_id: null,
    n: 1,
    kind: move.inner === 0 ? 'native' : 'internal',
    usage_id: null,
    source,
  }
}

/** Whether value went somewhere, and one of the wallets is a party to it. */
export function isOf(wallets: ReadonlySet<string>, { from, to, amount }: Omit<Call, 'path'>): boolean {
  return amount > 0n && (wallets.has(from) || wallets.has(to))
}

/** By block, transaction and call. The place of a transaction in its block is not known here. */
export function byPlace(a: ValueMove, b: ValueMove): number {
  if (a.blockNumber !== b.blockNumber) return a.blockNumber - b.blockNumber
  if (a.txHash !== b.txHash) return a.txHash < b.txHash ? -1 : 1
  return a.inner - b.inner
}

const ADDRESS = /^0x[0-9a-f]{40}$/i
const HASH = /^0x[0-9a-f]{64}$/i
const VALUE = /^0x[0-9a-f]{1,64}$/i

/** Lower-case; null where it is none. */
export function readAddress(value: unknown): string | null {
  return typeof value === 'string' && ADDRESS.test(value) ? value.toLowerCase() : null
}

/** Lower-case; null where it is none. */
export function readHash(value: unknown): string | null {
  return typeof value === 'string' && HASH.test(value) ? value.toLowerCase() : null
}

/** Null where it is none. Nodes leave the value of a call that carries none out, which is zero. */
export function readValue(value: unknown): bigint | null {
  if (value === undefined) return 0n
  return typeof value === 'string' && VALUE.test(value) ? BigInt(value) : null
}
