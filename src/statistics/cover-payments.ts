/** What a payer got or did, in order of time: it was granted money, gave some back, or paid. */
export type Account = {
  readonly kind: Uint8Array
  /** Number of the payer. */
  readonly payer: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  amount(row: number): bigint
}

export const GRANT = 0
export const BACK = 1
export const PAYMENT = 2

/**
 * How much of each payment is covered by what its payer was granted, each unit once: by what it had of it, else by what it
 * gets at most `windowMs` later. What is given back covers nothing. 0 for all other rows. O(rows).
 */
export function coverPayments({ kind, payer, time, amount }: Account, windowMs: bigint): bigint[] {
  const covered = new Array<bigint>(kind.length).fill(0n)
  const accounts: { held: bigint; head: number; readonly open: number[] }[] = []
  for (let row = 0; row < kind.length; row++) {
    accounts[payer[row]!] ??= { held: 0n, head: 0, open: [] }
    const account = accounts[payer[row]!]!
    if (kind[row] === BACK) account.held -= least(account.held, amount(row))
    if (kind[row] === GRANT) account.held += amount(row)
    if (kind[row] === PAYMENT) account.open.push(row)
    while (account.held > 0n && account.head < account.open.length) {
      const paid = account.open[account.head]!
      const late = time[row]! - time[paid]! > windowMs
      const part = late ? 0n : least(account.held, amount(paid) - covered[paid]!)
      covered[paid]! += part
      account.held -= part
      if (!late && covered[paid]! < amount(paid)) break
      account.head += 1
    }
  }
  return covered
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
